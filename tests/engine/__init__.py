"""The engine without a network: what is decided, what is waited for, what is shared."""
