"""What a dialect can do, by subject: the engine asks for a capability, never which API it speaks."""
