"""What is known of GLPI's itemtypes: names, paths, parents. Data, and how to look it up."""
