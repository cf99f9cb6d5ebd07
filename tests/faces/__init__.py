"""The public clients as Python objects: made, used by threads and loops, left early."""
