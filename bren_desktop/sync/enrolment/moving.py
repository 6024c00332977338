"""Bring the records of a profile that was alone into the spaces of its network, under new ids; all of it or nothing.

A role that one gave oneself counts for nothing there: what the new role may not say comes along as it is told.
"""

from __future__ import annotations

import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from bren_desktop.domain import renaming
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.changing import may_change, withheld
from bren_desktop.domain.dutch import capitalised
from bren_desktop.domain.entities import MODELS, NETWORK_KINDS, Kind, Values, build, flatten, wanted
from bren_desktop.domain.field_words import in_words
from bren_desktop.domain.fields import notes
from bren_desktop.domain.growing_up import plan_entity
from bren_desktop.domain.records import ContactMoment
from bren_desktop.oplog.registers import Registers, top_values
from bren_desktop.services.bulk import many_records
from bren_desktop.services.context import author
from bren_desktop.services.numbers import KEPT_BY_PROGRAM, is_lasting, make_lasting, numbered
from bren_desktop.services.rows import ReadEntry
from bren_desktop.services.sync_ports import SyncRows
from bren_desktop.sync.enrolment import same_file
from bren_desktop.sync.format.names import text_id

_TAKE_OVER = (
    "Deze casus kwam mee uit het eigen profiel van {name}. Wat daar is besloten, geldt hier pas als de voorzitter van "
    "dit team het overneemt:\n{lines}"
)
_TELLING, _SILENT = frozenset({"naar", "op"}), frozenset({"vrijgegeven_stempel"})
"""What says which step a decision was about, and what says nothing to a reader."""
_CASE, _NUMBER, _EARLIER, _TEAM = ("casus", ""), ("nummer", ""), ("eerder_kenmerk", ""), ("team", "")
_KEPT = frozenset((name, "") for name in KEPT_BY_PROGRAM)
_MOST_READINGS = 10_000


@dataclass(frozen=True, slots=True)
class Way:
    """Out of which spaces, and where to. Without `team` the records of a team stay where they are."""

    sources: frozenset[str]
    network: str
    team: str = ""
    renumbered: bool = True
    """Whether the cases come into a team that has numbers of its own, and settings too."""
    salvaged: bool = False
    """Whether these spaces were the network's own, whose weighing is kept. Who comes in takes that of the network."""

    def target(self, kind: Kind) -> str:
        """The space that records of `kind` go to; empty where they stay."""
        return self.network if kind in NETWORK_KINDS else self.team


def forbidden(rows: SyncRows, actor: Actor, way: Way) -> frozenset[Kind]:
    """The kinds of which something would have to move that the role of `actor` may not write there at all."""
    leaving = _Mover(rows, actor, way).leaving()
    return frozenset(kind for kind, _, _ in leaving if not may_change(actor.role, kind, ()))


def move(rows: SyncRows, actor: Actor, way: Way, day: date) -> None:
    """Write everything anew as `actor` on `day`; the targets are home by now. The sources may be dropped afterwards."""
    with many_records():
        _Mover(rows, actor, way).run(day)


class _Mover:
    """One move, within one transaction."""

    def __init__(self, rows: SyncRows, actor: Actor, way: Way) -> None:
        self._rows = rows
        self._actor = actor
        self._way = way
        self._author = author(actor)
        self._writer = rows.writer(self._author)
        self._readings: list[ReadEntry] = []
        self._told: defaultdict[str, list[str]] = defaultdict(list)

    def run(self, day: date) -> None:
        for kind, entity, values in list(self._all()):
            if self._moves(kind):
                self._note(kind, entity, values)
                self._write(kind, entity, self._allowed(kind, values))
            else:
                self._follow(kind, entity, values)
        self._tell(day)
        self._writer.log_read(self._readings)
        self._move_drafts()

    def leaving(self) -> Iterator[tuple[Kind, str, Values]]:
        """Every record that moves, with its values."""
        return ((kind, entity, values) for kind, entity, values in self._all() if self._moves(kind))

    def _allowed(self, kind: Kind, values: Values) -> Values:
        """What the actor may write of a record there."""
        left = withheld(self._actor.role, kind, {field for field, _ in values})
        return {name: value for name, value in values.items() if name[0] not in left}

    def _note(self, kind: Kind, entity: str, values: Values) -> None:
        """Remember what a record says that the actor may not say there; to whom a case was assigned says no more."""
        left = {field for field, key in values.keys() - self._allowed(kind, values).keys() if not key}
        if left:
            self._told[str(values.get(_CASE) or entity)].append(_said(kind, values, left))

    def _tell(self, day: date) -> None:
        """A contact moment in each case of which somebody there has to take something over."""
        for case, lines in sorted(self._told.items()):
            text = _TAKE_OVER.format(name=self._actor.name, lines="\n".join(f"- {line}" for line in lines))
            values = flatten(ContactMoment(casus=self._names[case], datum=day, tekst=text))
            entity = text_id(secrets.token_bytes(16))
            self._rows.write_in(self._way.target(Kind.CONTACT), self._author, Kind.CONTACT, entity, values)

    def _moves(self, kind: Kind) -> bool:
        return bool(self._way.target(kind)) and kind not in self._left_behind

    @cached_property
    def _left_behind(self) -> frozenset[Kind]:
        """What is settled where it goes."""
        settled = {
            Kind.TEAM: self._way.renumbered,
            Kind.CONCEPT: not may_change(self._actor.role, Kind.CONCEPT, ()),
            Kind.WEIGHING: not self._way.salvaged,
        }
        return frozenset(kind for kind, is_settled in settled.items() if is_settled)

    def _all(self) -> Iterator[tuple[Kind, str, Values]]:
        for kind in Kind:
            for entity in self._rows.entities_in(self._way.sources, kind):
                yield kind, entity, top_values(self._writer.registers(kind, entity))

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The new name of everything that moves."""
        names = {entity: self._new_name(kind, values) for kind, entity, values in self.leaving()}
        return {**names, **plan_names(self.leaving(), names)}

    def _new_name(self, kind: Kind, values: Values) -> str:
        extern_id = values.get(("code" if kind is Kind.TEAM else "extern_id", ""))
        if isinstance(extern_id, str) and extern_id:
            return self._rows.entity_for(self._way.target(kind), kind, extern_id)
        return text_id(secrets.token_bytes(16))

    def _write(self, kind: Kind, entity: str, values: Values) -> None:
        new = self._names[entity]
        mine = renaming.followed(values, self._names)
        theirs = top_values(self._writer.registers(kind, new))
        if theirs:
            self._meet(kind, new, mine, theirs)
        elif kind is Kind.CASE:
            self._enter(entity, new, mine)
        else:
            self._put(kind, new, entity, mine)
        self._move_readings(kind, entity, new)

    def _put(self, kind: Kind, new: str, old: str, values: Values) -> None:
        target = self._way.target(kind)
        for version in (values, *beside(self._writer.registers(kind, old))):
            said = self._allowed(kind, renaming.followed(version, self._names))
            if said:
                self._rows.write_in(target, self._author, kind, new, said)

    def _enter(self, old: str, new: str, values: Values) -> None:
        """A case that the team does not have yet gets its number there."""
        number = str(values.get(_NUMBER, ""))
        if not self._way.renumbered:
            self._put(Kind.CASE, new, old, values)
            return
        entering = {name: value for name, value in values.items() if name != _NUMBER}
        entering.update({_EARLIER: number, _TEAM: self._actor.team} if number else {_TEAM: self._actor.team})
        case = numbered(self._writer, self._actor, build(Case, entering), self._team)
        given = {name: value for name, value in wanted({}, case, KEPT_BY_PROGRAM).items() if value is not None}
        self._put(Kind.CASE, new, old, {**entering, **given})
        if is_lasting(number):
            make_lasting(self._writer, self._actor, new, self._team, _year(number))

    @cached_property
    def _team(self) -> str:
        return self._rows.entity_for(self._way.team, Kind.TEAM, self._actor.team)

    def _meet(self, kind: Kind, entity: str, mine: Values, theirs: Values) -> None:
        """A record that colleagues have too: what only a file said gives way, what people wrote on both sides stays."""
        ours = same_file.met({name: value for name, value in mine.items() if name not in _KEPT}, theirs)
        if kind is Kind.CASE and not theirs.get(_EARLIER):
            ours.replacing.update(_earlier(mine, theirs))
        self._writer.write(kind, entity, ours.replacing)
        if ours.beside:
            self._rows.write_in(self._way.target(kind), self._author, kind, entity, ours.beside)

    def _follow(self, kind: Kind, entity: str, values: Values) -> None:
        """A record that stays refers to what moved by its new name."""
        after = renaming.followed(values, self._names)
        changed: dict[tuple[str, str], Any] = {name: None for name in values if name not in after}
        changed.update({name: value for name, value in after.items() if values.get(name) != value})
        if changed:
            self._writer.write(kind, entity, changed)

    def _move_readings(self, kind: Kind, old: str, new: str) -> None:
        if kind is Kind.CASE:
            entries = reversed(self._writer.read_log(old, _MOST_READINGS))
            self._readings += [replace(entry, entity=new) for entry in entries]

    def _move_drafts(self) -> None:
        for draft in reversed(self._writer.drafts()):
            key, body = (renaming.renamed(text, self._names) for text in (draft.key, draft.body))
            if (key, body) != (draft.key, draft.body):
                self._writer.drop_draft(draft.key)
                self._writer.put_draft(key, body)


def _said(kind: Kind, values: Values, left: AbstractSet[str]) -> str:
    """Fields of a record with their labels, as a line."""
    told = [(name, note) for name, note in notes(MODELS[kind]).items() if name in (left | _TELLING) - _SILENT]
    parts = [f"{note.label}: {in_words(note, values[name, ''])}" for name, note in told if (name, "") in values]
    return f"{capitalised(kind.value)}. {'; '.join(parts)}"


def plan_names(records: Iterable[tuple[Kind, str, Values]], names: Mapping[str, str]) -> dict[str, str]:
    """The new names of the plans among `records`: they follow from the new names of their cases."""
    cases = {entity: str(values.get(_CASE)) for kind, entity, values in records if kind is Kind.FUTURE_PLAN}
    return {entity: plan_entity(names.get(case, case)) for entity, case in cases.items()}


def beside(registers: Registers) -> Iterator[Values]:
    """The versions that stand beside the one on top: they go along, so that a person settles them there."""
    for name, register in registers.items():
        for version in register.versions:
            if version != register.top and version.value is not None:
                yield {name: version.value}


def _earlier(mine: Values, theirs: Values) -> dict[tuple[str, str], Any]:
    """A lasting number that the case had with us, for where the team's own stands."""
    number = mine.get(_EARLIER) or mine.get(_NUMBER)
    return {_EARLIER: number} if is_lasting(str(number or "")) and number != theirs.get(_NUMBER) else {}


def _year(number: str) -> int:
    found = re.search(r"-(\d{4})-", number)
    return int(found[1]) if found else 0
