"""Fictional data: seeded cases and pareltjes that feel real and name nobody."""
