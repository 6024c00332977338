"""Four laptops and a space that three of them are members of."""

from __future__ import annotations

import pytest

from bren_desktop.domain.actors import Role
from tests.sync.members.spaces import Laptop, Space


@pytest.fixture
def anna() -> Laptop:
    """The founder, voorzitter."""
    return Laptop("anna", Role.VOORZITTER, "AA")


@pytest.fixture
def bram() -> Laptop:
    """The second admin."""
    return Laptop("bram", Role.PLAATSVERVANGER, "AB")


@pytest.fixture
def cato() -> Laptop:
    """A member without rights over others."""
    return Laptop("cato", Role.LID, "AC")


@pytest.fixture
def mallory() -> Laptop:
    """Nobody yet; would be voorzitter."""
    return Laptop("mallory", Role.VOORZITTER, "AZ")


@pytest.fixture
def space(anna: Laptop, bram: Laptop, cato: Laptop) -> Space:
    """Anna founded it, then let in Bram and Cato, one after the other."""
    made = Space()
    made.found(anna)
    made.admit(anna, bram)
    made.admit(anna, cato)
    return made
