"""Leaving a walk early though every page hangs: how fast, and what stays behind. See `measuring`."""
