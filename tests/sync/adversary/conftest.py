"""A team that was enrolled and has worked, copied for every attack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bren_desktop.domain.entities import Kind
from tests.sync.adversary.arena import Arena
from tests.sync.world import Frozen, enrolled, plant, team_of

NAMES = ("noor", "ali", "bo", "pia", "lia")


@pytest.fixture(scope="session")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Frozen:
    return enrolled(tmp_path_factory.mktemp("team") / "made", NAMES)


@pytest.fixture
def arena(frozen: Frozen, tmp_path: Path) -> Iterator[Arena]:
    """Everybody has read what everybody wrote, and every chain has a few segments."""
    arena = Arena(tmp_path / "share", {})
    plant(arena.root, frozen.share)
    with team_of(frozen, tmp_path, arena.share, NAMES) as laptops:
        arena.laptops = laptops
        work(arena)
        yield arena


def work(arena: Arena) -> None:
    """Cases with what hangs below them, attachments, the pool, a conflict: over three rounds."""
    case = arena.write("bo", Kind.CASE, "", roepnaam="Saar", hulpvraag="eerste")
    other = arena.write("noor", Kind.CASE, "", roepnaam="Joris", hulpvraag="andere")
    child = arena.write("noor", Kind.CONTACT, "", casus=other, notitie="gebeld")
    arena.notes |= {"case": case, "other case": other, "child of other": child}
    arena.write("bo", Kind.EXPERT, "", naam="Ada Parel", titel="psycholoog")
    arena.rounds(1)
    for number in range(2):
        with arena.laptops["bo"].store.write(arena.laptops["bo"].author) as writer:
            digest = writer.put_attachment(b"%PDF een brief " * 40 + bytes([number]))
            entity = arena.laptops["bo"].store.new_entity()
            writer.write(Kind.DOCUMENT, entity, {("casus", ""): case, ("pdf", ""): digest})
    arena.write("ali", Kind.CASE, case, hulpvraag="versie van ali eerst")
    arena.write("noor", Kind.CASE, other, urgentie_reden="spoed")
    arena.rounds(1)
    arena.write("bo", Kind.CASE, case, omschrijving="derde")
    arena.write("ali", Kind.EXPERT, "", naam="Bas Parel", titel="pedagoog")
    arena.said = [row for row in arena.said if row[1:] != ("hulpvraag", "eerste")]
    arena.rounds(3)
