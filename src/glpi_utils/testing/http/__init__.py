"""What both APIs share: one request, one answer, the web server in front of them, what it has seen."""
