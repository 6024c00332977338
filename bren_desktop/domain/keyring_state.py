"""What a user is told about the keyring, and what making a profile's key gives back."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class KeyringState:
    """Whether the keyring guards this profile; `backend` names it, `reason` says in Dutch why not."""

    usable: bool
    backend: str
    reason: str


@dataclass(frozen=True)
class Created:
    """A new key with its recovery code, shown once. Neither may appear in a log, so neither is in the repr."""

    key: bytes = field(repr=False)
    recovery_code: str = field(repr=False)
    keyring: KeyringState
