"""Fictional records, made once, and an unlocked profile to fill."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.experts import Expert
from bren_desktop.fiction.cases import case
from bren_desktop.fiction.experts import expert
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Founder, Profile


@pytest.fixture(scope="package")
def cases() -> Sequence[Case]:
    """The first 500 cases of seed 1."""
    return [case(1, number) for number in range(1, 501)]


@pytest.fixture(scope="package")
def experts() -> Sequence[Expert]:
    """The first 300 pareltjes of seed 1."""
    return [expert(1, number) for number in range(1, 301)]


@pytest.fixture
def new_workspace(tmp_path: Path) -> Iterator[Callable[[], Workspace]]:
    """Makes unlocked empty profiles; each is locked at the end."""
    made: list[Workspace] = []

    def make() -> Workspace:
        folder = tmp_path / f"profiel{len(made)}"
        profile = Profile(folder, KeyVault(folder, work=Argon2Work(1, 8 * 1024, 1)))
        made.append(
            profile.found("een lange zin om te oefenen", Founder("Robin Voorbeeld", Role.VOORZITTER, "JZ24"))[0]
        )
        return made[-1]

    yield make
    for workspace in made:
        workspace.lock()
