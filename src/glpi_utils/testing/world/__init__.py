"""What is true: the rows, the rules around every write, who may do what, who has been let in."""
