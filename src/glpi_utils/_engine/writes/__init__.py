"""Writes: what is checked before, what happens once, what is held against the answer."""
