"""What each route does that is like no other, one file for each kind of route."""
