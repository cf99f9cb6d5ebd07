"""What start-up costs, measured: `make bench` writes RESULTS.md beside this file."""
