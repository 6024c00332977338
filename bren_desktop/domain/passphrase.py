"""What a passphrase must be at least, for every door that asks one."""

from __future__ import annotations

SHORTEST = 10
"""Characters, spaces at the ends not counted."""
