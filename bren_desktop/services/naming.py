"""What lists call a record, for whoever may read it: the number of a case, the name of a pareltje."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.rights import Right, may
from bren_desktop.services.context import Context
from bren_desktop.services.ports import Reader
from bren_desktop.services.share_door import Trouble


class Naming:
    """Names records by their entity."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of_troubles(self, actor: Actor, troubles: Iterable[Trouble]) -> Mapping[str, str]:
        """The records that troubles are about, by entity: those that are here and that the actor may read."""
        entities = {trouble.record for trouble in troubles if trouble.record}
        with self._context.read(actor) as reader:
            named = {entity: _name(reader, actor, entity) for entity in entities}
        return {entity: name for entity, name in named.items() if name}


def _name(reader: Reader, actor: Actor, entity: str) -> str:
    case = reader.case_row(entity) if may(actor, Right.READ_CASE) else None
    if case is not None:
        return f"casus {case.nummer or case.id}"
    expert = reader.expert_row(entity) if may(actor, Right.READ_POOL) else None
    return f"pareltje {expert.naam}" if expert is not None else ""
