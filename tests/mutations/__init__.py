"""Each protection of a walk is taken away once; the test named in `table` must then fail."""
