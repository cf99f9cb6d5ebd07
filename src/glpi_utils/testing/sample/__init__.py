"""A believable service desk, the same in every run."""
