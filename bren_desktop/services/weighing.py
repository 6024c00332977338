"""How much each criterion of matching counts: as delivered, or as the network settled it (decision 0017)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeGuard

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.records import SharesRow, Team, WeighingRecord
from bren_desktop.domain.rights import Right, require
from bren_desktop.errors import InvalidInputError
from bren_desktop.matching.ranking import WEIGHTS
from bren_desktop.services import undo
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import built, last_change
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import Changes
from bren_desktop.services.team import read_team

WHOLE = 100
DELIVERED: Mapping[str, int] = {name: round(WHOLE * weight) for name, weight in WEIGHTS.items() if weight}
"""The shares in percent of what a network may settle; a warning weighs nothing and always counts."""
_ID = "matching"
"""What the one record of a network is known by, and the one row in it."""


class Source(StrEnum):
    """Where the shares that hold come from."""

    PROGRAM = "programma"
    TEAM = "team"
    NETWORK = "netwerk"
    NO_WHOLE = "geen geheel"
    """The network settled what does not make a whole, so those delivered hold."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The shares that hold, in percent by criterion, and who settled those of the network last and when."""

    shares: Mapping[str, int]
    source: Source
    who: str = ""
    when_ms: int = 0


class Weighing:
    """What one network settled about matching."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def in_force(self, actor: Actor) -> InForce:
        """What holds for the actor's team, and why that."""
        with self._context.read(actor) as reader:
            return in_force(reader, self._context, actor)

    def settle(self, actor: Actor, shares: Mapping[str, int]) -> Changes:
        """Settle the shares for every team of the network. Raises InvalidInputError where they make no whole."""
        require(actor, Right.WEIGH)
        must_be_whole(shares)
        record = WeighingRecord(extern_id=_ID, gewichten=(SharesRow(id=_ID, **shares),))
        with self._context.store.write(author(actor)) as writer:
            writer.write(Kind.WEIGHING, _entity(self._context), flatten(record))
            return writer.changes

    def undo(self, actor: Actor) -> Changes:
        """Take back the actor's last change of the shares. Raises InvalidInputError where there is none."""
        require(actor, Right.WEIGH)
        with self._context.store.write(author(actor)) as writer:
            undo.compensate(writer, Kind.WEIGHING, _entity(self._context), actor.person, ())
            return writer.changes


def in_force(reader: Reader, context: Context, actor: Actor) -> InForce:
    """What holds: the network's set, else what the team settled before networks could, else those delivered."""
    entity = _entity(context)
    record = built(Kind.WEIGHING, WeighingRecord, reader.registers(Kind.WEIGHING, entity))
    settled = next((row.model_dump(exclude={"id"}) for row in record.gewichten if row.id == _ID), None)
    if settled is None:
        return _of_team(read_team(reader, context, actor))
    if not _is_whole(settled):
        return InForce(DELIVERED, Source.NO_WHOLE, *last_change(reader, entity))
    return InForce(settled, Source.NETWORK, *last_change(reader, entity))


def weights_of(shares: Mapping[str, int]) -> Mapping[str, float]:
    """The same as ranking asks for them."""
    return {name: shares.get(name, 0) / WHOLE for name in WEIGHTS}


def must_be_whole(shares: Mapping[str, int]) -> None:
    """Raise InvalidInputError for anything but a share of every criterion, together 100."""
    if not _is_whole(shares):
        raise InvalidInputError(
            "De gewichten moeten samen 100 procent zijn, en geen ervan mag onder nul zijn. Er is niets opgeslagen.",
            field="gewichten",
        )


def _of_team(team: Team) -> InForce:
    settled = {row.id: row.aandeel for row in team.gewichten}
    return InForce(settled, Source.TEAM) if _is_whole(settled) else InForce(DELIVERED, Source.PROGRAM)


def _entity(context: Context) -> str:
    return context.store.entity_for(Kind.WEIGHING, _ID)


def _is_whole(shares: Mapping[str, int | None]) -> TypeGuard[Mapping[str, int]]:
    counts = [share for share in shares.values() if share is not None and share >= 0]
    return shares.keys() == DELIVERED.keys() and len(counts) == len(DELIVERED) and sum(counts) == WHOLE
