"""The records of a judged set in an encrypted store, asked through the calls that the window makes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.entities import Kind
from bren_desktop.exchange.files import read_table
from bren_desktop.services.context import Context
from bren_desktop.services.importing import Importing
from bren_desktop.services.matchmaking import Matchmaking
from bren_desktop.services.search import Search
from bren_desktop.services.understanding import Understanding
from bren_desktop.storage.store import EncryptedStore
from tests.quality.judgements import path, rows

NOON = 1_795_345_200_000
"""22 November 2026, the day on which the sets were judged (milliseconds since 1970)."""
KINDS = {"experts": [Kind.EXPERT], "cases": [Kind.CASE], "all": [Kind.CASE, Kind.EXPERT]}
CHAIR = Actor("judge", "Vera Voorbeeld", Role.VOORZITTER, "QLT", "JZ24")
SHOWN = 20
AT_ONCE = 500


class JudgedDay:
    """The clock of the judged sets."""

    def now_ms(self) -> int:
        return NOON


class Ours:
    """The program with a judged set in it. `close` when done."""

    def __init__(self, judged: str, folder: Path) -> None:
        self._judged = judged
        self._store = EncryptedStore.create(folder, b"q" * 32, clock=JudgedDay())
        context = Context(self._store, JudgedDay())
        self._importing = Importing(context, read_table)
        self._take(Kind.EXPERT)
        self._take(Kind.CASE)
        files = (Kind.CASE, "cases"), (Kind.EXPERT, "experts")
        self._ids = {
            self._store.entity_for(kind, row["id"]): row["id"] for kind, name in files for row in rows(judged, name)
        }
        self._entities = {given: entity for entity, given in self._ids.items()}
        self._matching, self._search = Matchmaking(context), Search(context)
        while Understanding(context).catch_up(CHAIR, AT_ONCE):
            pass
        self._pool = sum(1 for _ in rows(judged, "experts"))

    def match(self, case: str) -> list[str]:
        """Every expert for a case, in the order that is proposed."""
        found = self._matching.match(CHAIR, self._entities[case], self._pool)
        return [self._ids[match.entity] for match in found]

    def search(self, scope: str, text: str) -> list[str]:
        """What the search box shows for `text`."""
        return [self._ids[hit.entity] for hit in self._search.find(CHAIR, text, KINDS[scope], SHOWN)]

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def _take(self, kind: Kind) -> None:
        table = self._importing.read(path(self._judged, "cases" if kind is Kind.CASE else "experts"))
        preview = self._importing.preview(CHAIR, table, self._importing.propose(CHAIR, table, kind))
        self._importing.take(CHAIR, preview)


def lived_experience(judged: str) -> frozenset[str]:
    """The experts who have a slot of their own and are judged apart."""
    return frozenset(row["id"] for row in rows(judged, "experts") if row["soort"] in ("SE-ERVJ", "SE-ERVO"))


def without(found: Sequence[str], others: frozenset[str]) -> list[str]:
    """`found` less `others`."""
    return [one for one in found if one not in others]
