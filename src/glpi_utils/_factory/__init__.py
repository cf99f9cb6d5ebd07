"""How a client is put together: options, settings, the parts of each API."""
