"""What a client learns from the server itself while it works."""
