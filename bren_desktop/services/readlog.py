"""Who has seen this: the read log of a case."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.rights import Right, require
from bren_desktop.services.context import Context
from bren_desktop.services.rows import ReadEntry


class ReadLog:
    """The readings of cases on this laptop."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def entries(self, actor: Actor, entity: str, limit: int = 500) -> Sequence[ReadEntry]:
        """Who read, printed or exported a case, newest first."""
        require(actor, Right.READ_LOG)
        with self._context.store.read() as reader:
            return reader.read_log(entity, limit)
