"""A named witness in the place of the second person that something asks, in a team of one laptop only."""

from __future__ import annotations

from collections.abc import Iterable

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.witnesses import witness_fault
from bren_desktop.errors import InvalidInputError
from bren_desktop.services.share_door import Device


def works_alone(actor: Actor, devices: Iterable[Device]) -> bool:
    """Whether the actor's is the only laptop of the team."""
    return not any(each.team == actor.team for each in devices if not (each.mine or each.away))


def checked(witness: str, actor: Actor, case: Case) -> str:
    """The name of a witness who may be one. Raises InvalidInputError for who may not."""
    name = " ".join(witness.split())
    if fault := witness_fault(name, actor.name, case):
        raise InvalidInputError("{reden}", field="getuige", reden=fault)
    return name
