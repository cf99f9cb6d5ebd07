"""One file a topic: what the recorded server held, and what is special about single exchanges."""
