"""One request: signed, sent, repeated, its answer read."""
