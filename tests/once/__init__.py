"""Creating once: keys and what carries them, lost answers, other writers, killed programs."""
