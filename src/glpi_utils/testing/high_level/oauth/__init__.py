"""Who gets in, by which grant, and what a token says."""
