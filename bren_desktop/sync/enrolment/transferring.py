"""Move one case with all that hangs below it into another space, under new ids; where it was, it is closed."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bren_desktop.domain import renaming
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import NETWORK_KINDS, Kind, Values, build, flatten, wanted
from bren_desktop.domain.states import State
from bren_desktop.domain.transitions import Transition
from bren_desktop.oplog.clock import milliseconds
from bren_desktop.oplog.registers import top_values
from bren_desktop.services import said
from bren_desktop.services.context import author, local_day
from bren_desktop.services.numbers import KEPT_BY_PROGRAM, numbered
from bren_desktop.services.ports import Writer
from bren_desktop.services.sync_ports import HeldSpace, SyncRows
from bren_desktop.sync.enrolment import moving
from bren_desktop.sync.format.names import text_id

_REASON = "De casus gaat verder in een ruimte van zichzelf."
_NUMBER, _EARLIER, _STATUS, _EXTERN = ("nummer", ""), ("eerder_kenmerk", ""), ("status", ""), ("extern_id", "")
_CASE = ("casus", "")
_ID = re.compile("[a-z2-7]{26}")
_BELOW = tuple(kind for kind in Kind if kind not in NETWORK_KINDS | {Kind.CASE, Kind.TEAM})


@dataclass(frozen=True, slots=True)
class _Transfer:
    rows: SyncRows
    writer: Writer
    actor: Actor
    target: HeldSpace
    names: Mapping[str, str]

    def put(self, kind: Kind, entity: str, values: Values) -> None:
        """Write an entity anew, with every version that stands beside it."""
        registers, new = self.writer.registers(kind, entity), self.names[entity]
        for version in (values, *moving.beside(registers)):
            followed = renaming.followed(_without_file(version), self.names)
            self.rows.write_in(self.target.id, author(self.actor), kind, new, followed)


def transfer(rows: SyncRows, actor: Actor, case: str, source: HeldSpace, target: HeldSpace) -> str:
    """Write `case` anew in `target` and close it in `source`; its new entity."""
    writer = rows.writer(author(actor))
    parts = [(Kind.CASE, case), *_parts_below(writer, case)]
    names = {name: text_id(secrets.token_bytes(16)) for name in _all_names(writer, parts)}
    records = ((kind, entity, top_values(writer.registers(kind, entity))) for kind, entity in parts)
    names |= moving.plan_names(records, names)
    work = _Transfer(rows, writer, actor, target, names)
    team = rows.entity_for(source.id, Kind.TEAM, actor.team)
    for kind, entity in parts:
        values = top_values(writer.registers(kind, entity))
        work.put(kind, entity, _renumbered(writer, actor, values, team) if kind is Kind.CASE else values)
    _close(writer, actor, case, local_day(milliseconds(rows.clock())))
    return names[case]


def _close(writer: Writer, actor: Actor, case: str, day: date) -> None:
    """Say that the case goes on elsewhere."""
    here = str(top_values(writer.registers(Kind.CASE, case)).get(_STATUS, ""))
    step = Transition(
        casus=case,
        van=here,
        naar=State.TRANSFERRED.value,
        op=day,
        door=actor.name,
        besluit=actor.name,
        reden=_REASON,
    )
    writer.write(Kind.TRANSITION, text_id(secrets.token_bytes(16)), flatten(step))
    writer.write(Kind.CASE, case, {_STATUS: step.naar})


def _parts_below(writer: Writer, case: str) -> Iterator[tuple[Kind, str]]:
    """What is about this case, oldest first; a link that another case has to it stays with that one."""
    for kind in _BELOW:
        for child in reversed(writer.children(kind, case)):
            if top_values(writer.registers(kind, child)).get(_CASE) == case:
                yield kind, child


def _all_names(writer: Writer, parts: list[tuple[Kind, str]]) -> Iterator[str]:
    """What may not be the same in two spaces: the entities and the rows in them."""
    for kind, entity in parts:
        yield entity
        yield from (key for _, key in writer.registers(kind, entity) if _ID.fullmatch(key))


def _renumbered(writer: Writer, actor: Actor, values: Values, team: str) -> dict[tuple[str, str], Any]:
    """The case under a number of its own; the one it had is kept."""
    entering = {name: value for name, value in values.items() if name != _NUMBER}
    if values.get(_NUMBER):
        entering[_EARLIER] = values[_NUMBER]
    case = numbered(writer, actor, build(Case, entering), team)
    given = {name: value for name, value in wanted({}, case, KEPT_BY_PROGRAM).items() if value is not None}
    return {**entering, **given}


def _without_file(values: Values) -> Values:
    """Without what ties it to an import file: the record in the team answers to that."""
    return {name: value for name, value in values.items() if name != _EXTERN and name[0] != said.FIELD}
