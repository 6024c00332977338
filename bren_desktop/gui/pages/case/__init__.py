"""One case: its header, its tabs and what can be done with it."""
