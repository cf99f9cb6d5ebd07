"""Names of items: what a text means where an item is meant."""
