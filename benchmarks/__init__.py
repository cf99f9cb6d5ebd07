"""What the clients cost, measured: `make bench` writes RESULTS.md beside this file and the pictures of the docs."""
