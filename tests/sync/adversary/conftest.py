"""A team that was enrolled and has worked, copied for every attack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bren_desktop.domain.entities import Kind
from tests.sync.adversary.arena import Arena
from tests.sync.world import Frozen, enrolled, plant, profile_files, team_of, tree

NAMES = ("noor", "ali", "bo", "pia", "lia")


@dataclass
class Worked:
    """A team that has worked: its files, and what was said."""

    frozen: Frozen
    said: list[tuple[str, str, object, str]]
    notes: dict[str, Any]


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Worked:
    """Everybody has read what everybody wrote, and every chain has a few segments."""
    base = tmp_path_factory.mktemp("team")
    frozen = enrolled(base / "made", NAMES)
    arena = Arena(base / "share", {})
    plant(arena.root, frozen.share)
    with team_of(frozen, base, arena.share, NAMES) as arena.laptops:
        work(arena)
    after = Frozen(tree(arena.root), {name: profile_files(base / name) for name in NAMES})
    return Worked(after, arena.said, arena.notes)


@pytest.fixture
def arena(worked: Worked, tmp_path: Path, cheap_words: None) -> Iterator[Arena]:
    """That team, copied."""
    arena = Arena(tmp_path / "share", {}, said=list(worked.said), notes=dict(worked.notes))
    plant(arena.root, worked.frozen.share)
    with team_of(worked.frozen, tmp_path, arena.share, NAMES) as arena.laptops:
        arena.later(400)
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
    arena.rounds(3)
