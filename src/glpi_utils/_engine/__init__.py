"""What the library does, written once as coroutines that wait only through a runtime's verbs."""
