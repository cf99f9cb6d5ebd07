"""What becomes of calls when things go wrong, seen from both ends: the client's and the server's."""
