"""Writes that mean what was meant: each rule, and the harm that it prevents."""
