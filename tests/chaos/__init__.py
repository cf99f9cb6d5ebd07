"""Whole lists read again and again while rows come and go and answers break; see `runs` for one run."""
