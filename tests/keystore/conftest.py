"""A keyring in memory, keyrings that fail, and a vault whose derivation is cheap."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.keystore.ring import Ring
from bren_desktop.keystore.vault import KeyVault


class Memory:
    """A keyring backend that works."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


class Locked:
    """A keyring backend whose prompt is dismissed every time."""

    def get_password(self, service: str, username: str) -> str | None:
        raise PermissionError("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PermissionError("locked")

    def delete_password(self, service: str, username: str) -> None:
        raise PermissionError("locked")


@pytest.fixture
def entries(working: Memory) -> dict[tuple[str, str], str]:
    """What the keyring in memory holds."""
    return working.entries


@pytest.fixture
def working() -> Memory:
    return Memory()


@pytest.fixture
def memory_ring(working: Memory) -> Ring:
    return Ring([working])


@pytest.fixture
def locked_ring() -> Ring:
    return Ring([Locked()])


@pytest.fixture
def no_ring() -> Ring:
    return Ring([])


@pytest.fixture
def make_vault(tmp_path: Path) -> Callable[[Ring], KeyVault]:
    """A vault on the same folder each time, on a computer with this keyring."""
    return lambda ring: KeyVault(tmp_path / "profiel", work=Argon2Work(1, 8 * 1024, 1), find_ring=lambda: ring)
