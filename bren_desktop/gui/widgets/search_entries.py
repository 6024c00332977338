"""What was found, as rows below the search box: a head for each group, the group with the best hit first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import needs_emergency
from bren_desktop.gui.commands import BEGUN, Command, worth
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.kept_filters import KeptFilter
from bren_desktop.gui.widgets.facet_list import kind_titles
from bren_desktop.gui.widgets.search_results import Entry
from bren_desktop.services.candidates import CANDIDATES
from bren_desktop.services.facets import KIND
from bren_desktop.services.filters import SEARCHES
from bren_desktop.services.numbers import is_lasting
from bren_desktop.services.rows import Found

KINDS = (Kind.CASE, Kind.EXPERT, Kind.DISCUSSION, Kind.DOCUMENT)
_ICONS = {Kind.CASE: "cases", Kind.EXPERT: "pool", Kind.DISCUSSION: "calendar", Kind.DOCUMENT: "documents"}
_Group = tuple[float, list[Entry]]
"""Rows below a head, with what the best of them is worth."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("SearchBox", text)


def hits(found: Found) -> list[Entry]:
    """The records that were found."""
    return _ranked(found, _kinds(found))


def everything(found: Found, kept: Sequence[KeptFilter], commands: Iterable[Command], typed: str) -> list[Entry]:
    """The records, what somebody kept by name, and commands."""
    return _ranked(found, [*_kinds(found), _kept(kept), _commands(commands, typed)])


def emergency(desk: Desk, typed: str) -> list[Entry]:
    """A way to a case that was typed by its number and may be hidden; whether it is there, is not told here."""
    number = typed.strip().upper()
    if not (is_lasting(number) and needs_emergency(desk.workspace.actor)):
        return []
    text = _tr("Is dit een casus van een ander? Open haar met noodtoegang…")
    command = Command(text, "", lambda: desk.navigator.open_emergency(number))
    return _under(_tr("Niets gevonden bij uw casussen"), [Entry(text, number, "lock", command)])


def nothing(*, narrowed: bool) -> Entry:
    """That nothing was found, at all or of what was chosen."""
    if narrowed:
        return Entry(_tr("Niets gevonden van wat u koos. Haal een keuze weg, of typ iets anders."))
    return Entry(_tr("Niets gevonden. Probeer een deel van een woord."))


def _ranked(found: Found, groups: Iterable[_Group]) -> list[Entry]:
    entries = [entry for _, group in sorted(groups, key=lambda group: -group[0]) for entry in group]
    if found.meant and found.hits:
        entries.insert(0, Entry(_tr("Gezocht naar '{text}'").format(text=found.meant)))
    return entries


def _kinds(found: Found) -> list[_Group]:
    return [(found.best.get(kind, 0.0), _of_kind(found, kind)) for kind in KINDS]


def _of_kind(found: Found, kind: Kind) -> list[Entry]:
    entries = [Entry(hit.title, hit.snippet, _ICONS[kind], hit) for hit in found.hits if hit.kind == kind]
    return _under(_counted(found, kind, len(entries)), entries)


def _counted(found: Found, kind: Kind, shown: int) -> str:
    """The head of a group, with how many there are where not all are shown."""
    title, count = kind_titles()[kind], found.facets.get(KIND, {}).get(kind, 0)
    if kind in found.more and count >= CANDIDATES:
        return _tr("{soort} · {n} van meer dan {m}").format(soort=title, n=shown, m=CANDIDATES)
    return title if count == shown else _tr("{soort} · {n} van {m}").format(soort=title, n=shown, m=count)


def _kept(kept: Sequence[KeptFilter]) -> _Group:
    return BEGUN, _under(_tr("Bewaarde filters"), [_filter(each) for each in kept])


def _filter(kept: KeptFilter) -> Entry:
    where = kind_titles().get(kept.kind, _tr("Zoekvraag"))
    return Entry(kept.name, where, "search" if kept.kind == SEARCHES else "filter", kept)


def _commands(commands: Iterable[Command], typed: str) -> _Group:
    found = sorted(((worth(each, typed), each) for each in commands), key=lambda each: -each[0])
    entries = [Entry(command.text, command.keys, "command", command) for value, command in found if value]
    return max((value for value, _ in found), default=0.0), _under(_tr("Opdrachten"), entries)


def _under(head: str, entries: list[Entry]) -> list[Entry]:
    return [Entry(head), *entries] if entries else []
