"""Searching by name: options, criteria, filters, rows."""
