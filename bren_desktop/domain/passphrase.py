"""What a passphrase must be at least, for every door that asks one."""

SHORTEST = 10
"""Characters, spaces at the ends not counted."""
