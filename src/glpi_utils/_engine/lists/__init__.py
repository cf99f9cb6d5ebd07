"""Reading whole lists: how they are cut, at which pace, and what proves that all rows came."""
