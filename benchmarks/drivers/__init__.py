"""One small program per client: each runs in a process of its own and prints what it measured, as JSON."""
