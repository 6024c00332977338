"""Reading what records mention, a little at a time, so that search knows concepts and not only words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.services import asking, profiling
from bren_desktop.services.context import Context, author
from bren_desktop.services.knowledge import Knowledge, Shares
from bren_desktop.services.loading import described
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.rereading import Change, change, kept_change, own_of, with_own
from bren_desktop.services.rows import Unread

_READ_WITH = "begrippen/gelezen met"
"""The local setting that says with what knowledge records were read."""
_OWN = "begrippen/eigen toen gelezen"
"""What of that did not come with the program."""
_CHANGED = "begrippen/veranderd sinds gelezen"
"""What is different since, for records that are still to be looked at; empty where they must be read anyhow."""
LOOKED_AT = 10
"""So many records are looked at in the time of reading one."""


class Understanding:
    """Keeps the concepts of records up to date. The program itself reads, whoever is at work; nobody sees it here."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def catch_up(self, actor: Actor, most: int) -> int:
        """Read the newest `most` of what is unread; how many wait after that. Nothing while somebody else writes.

        What another thesaurus says otherwise is read again, and everything after another version of the program.
        """
        with self._context.read(actor) as reader:
            knowledge = self._context.knowing.now(reader)
            is_outdated = reader.local(_READ_WITH) != knowledge.mark
        if is_outdated and not self._context.store.is_writing:
            with self._context.store.write(author(actor)) as writer:
                self._leave_unread(writer, knowledge)
        return self._read_on(actor, knowledge, most)

    def _leave_unread(self, writer: Writer, knowledge: Knowledge) -> None:
        changed = self._since_read(writer, knowledge)
        if changed is None or changed.is_in_words:
            writer.leave_all_unread(surely=changed is None)
        if changed is not None:
            writer.leave_unread(changed.speaks)
        writer.set_local(_CHANGED, changed.model_dump_json() if changed and changed.is_in_words else "")
        writer.set_local(_OWN, own_of(knowledge, self._context.knowing.start))
        writer.set_local(_READ_WITH, knowledge.mark)

    def _since_read(self, reader: Reader, knowledge: Knowledge) -> Change | None:
        """What changed since any record was read; None where that cannot be told, or is too much."""
        before = with_own(self._context.knowing.start, reader.local(_OWN) or "")
        if before is None or before.mark != reader.local(_READ_WITH):
            return None
        changed = change(before, knowledge)
        earlier = kept_change(reader.local(_CHANGED) or "") if reader.count_unread() else None
        return changed.after(earlier) if changed is not None and earlier is not None else changed

    def _read_on(self, actor: Actor, knowledge: Knowledge, most: int) -> int:
        with self._context.store.read() as reader:
            waiting = reader.count_unread()
            changed = kept_change(reader.local(_CHANGED) or "") if waiting else None
            at_once = most if changed is None else most * LOOKED_AT
            unread = [] if self._context.store.is_writing else reader.unread(at_once)
            found = list(_found(knowledge, reader, unread, changed, most))
        if found:
            with self._context.store.write(author(actor)) as writer:
                for record, concepts in found:
                    writer.keep_mentions(record, concepts)
                if len(found) == waiting:
                    writer.set_local(_CHANGED, "")
        return waiting - len(found)


def _found(
    knowledge: Knowledge, reader: Reader, unread: Iterable[Unread], changed: Change | None, most: int
) -> Iterator[tuple[Unread, Shares | None]]:
    """What records mention, None where that is what it was, until as much is done as reading `most` of them."""
    left = most * LOOKED_AT
    for record in unread:
        if left <= 0:
            return
        concepts = _concepts(knowledge, reader, record, None if record.changed else changed)
        left -= 1 if concepts is None else LOOKED_AT
        yield record, concepts


def _concepts(knowledge: Knowledge, reader: Reader, record: Unread, changed: Change | None) -> Shares | None:
    if changed is not None and not changed.touches_record(record.values):
        return None
    if record.kind is Kind.CASE:
        return asking.found_by(knowledge, described(Kind.CASE, Case, record.values))
    row = reader.expert_row(record.entity)
    return profiling.found_by(knowledge, row) if row else {}
