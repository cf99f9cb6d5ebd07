"""How the two APIs speak: pure functions from intent to request, and from answer to meaning."""
