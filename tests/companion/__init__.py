"""One client, both APIs: the legacy session that a client of the High-Level API opens by itself."""
