"""What waiting means: block a thread, or give way to an event loop. The only floor with network, clock, threads, loop."""
