"""Reading what records mention, a little at a time, so that search knows concepts and not only words."""

from __future__ import annotations

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.services import asking, profiling
from bren_desktop.services.context import Context, author
from bren_desktop.services.knowledge import Knowledge, Shares
from bren_desktop.services.loading import built
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import Unread

_READ_WITH = "begrippen/gelezen met"
"""The local setting that says with what knowledge records were read."""


class Understanding:
    """Keeps the concepts of records up to date. The program itself reads, whoever is at work; nobody sees it here."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def catch_up(self, actor: Actor, most: int) -> int:
        """Read the newest `most` of what is unread; how many wait after that. Nothing while somebody else writes.

        What was read with another thesaurus, or by another version of the program, is read again.
        """
        with self._context.read(actor) as reader:
            knowledge = self._context.knowing.now(reader)
            is_outdated = reader.local(_READ_WITH) != knowledge.mark
        if is_outdated and not self._context.store.is_writing:
            with self._context.store.write(author(actor)) as writer:
                writer.leave_all_unread()
                writer.set_local(_READ_WITH, knowledge.mark)
        return self._read_on(actor, knowledge, most)

    def _read_on(self, actor: Actor, knowledge: Knowledge, most: int) -> int:
        with self._context.store.read() as reader:
            waiting = reader.count_unread()
            unread = [] if self._context.store.is_writing else reader.unread(most)
            found = [(record, _concepts(knowledge, reader, record)) for record in unread]
        if found:
            with self._context.store.write(author(actor)) as writer:
                for record, concepts in found:
                    writer.keep_mentions(record, concepts)
        return waiting - len(found)


def _concepts(knowledge: Knowledge, reader: Reader, record: Unread) -> Shares:
    if record.kind is Kind.CASE:
        return asking.found_by(knowledge, built(Kind.CASE, Case, record.registers))
    row = reader.expert_row(record.entity)
    return profiling.found_by(knowledge, row) if row else {}
