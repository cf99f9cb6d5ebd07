"""What the library promises, one suite for every place: {sync, async} x {HL, legacy} x {embedded, real}."""
