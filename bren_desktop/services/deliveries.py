"""How far a change came: only on this laptop, on the share, or received by so many colleagues."""

from __future__ import annotations

from dataclasses import dataclass

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, require
from bren_desktop.oplog.operations import Dot
from bren_desktop.services.context import Context
from bren_desktop.services.share_door import ShareStatus
from bren_desktop.services.sync_ports import Standing

_RIGHTS = {Kind.CASE: Right.READ_CASE, Kind.EXPERT: Right.READ_POOL}


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where a change is. `colleagues` counts those who have it; of what a colleague wrote nobody is counted."""

    shared: bool
    colleagues: int = 0


class Deliveries:
    """The changes of a record by name, without a look at what they say."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def last(self, actor: Actor, kind: Kind, entity: str) -> Dot | None:
        """The last change of a case or pareltje, or of what hangs below it."""
        require(actor, _RIGHTS[kind])
        with self._context.read(actor) as reader:
            return reader.last_change(entity)


def delivery(status: ShareStatus | None, change: Dot | None) -> Delivery | None:
    """Where a change is by the picture that this laptop has of the share; None where there is no share.

    What this laptop did not write came from there.
    """
    if status is None or status.standing != Standing.MEMBER or change is None:
        return None
    if change.device not in status.sealed:
        return Delivery(shared=True)
    reached = [stretch.colleagues for stretch in status.sealed[change.device] if change.counter <= stretch.counter]
    return Delivery(shared=True, colleagues=reached[0]) if reached else Delivery(shared=False)
