"""What both APIs have in common."""
