"""Reading what records mention, a little at a time, so that search knows concepts and not only words."""

from __future__ import annotations

from collections.abc import Mapping

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.services import asking, profiling
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import built
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import Unread


class Understanding:
    """Keeps the concepts of records up to date. The program itself reads, whoever is at work; nobody sees it here."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def catch_up(self, actor: Actor, most: int) -> int:
        """Read the newest `most` of what is unread; how many wait after that. Nothing while somebody else writes."""
        with self._context.store.read() as reader:
            waiting = reader.count_unread()
            unread = [] if self._context.store.is_writing else reader.unread(most)
            found = [(record, _concepts(reader, record)) for record in unread]
        if found:
            with self._context.store.write(author(actor)) as writer:
                for record, concepts in found:
                    writer.keep_mentions(record, concepts)
        return waiting - len(found)


def _concepts(reader: Reader, record: Unread) -> Mapping[str, float]:
    if record.kind is Kind.CASE:
        return asking.concepts_of(built(Kind.CASE, Case, record.registers))
    row = reader.expert_row(record.entity)
    return profiling.concepts_of(row) if row else {}
