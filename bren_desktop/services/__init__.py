"""Use cases. Every one takes the acting person and checks the right."""
