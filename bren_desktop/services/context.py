"""What every service works with: the opened store, the clock, and who is writing."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.moments import moment_of
from bren_desktop.domain.vocabulary import Vocabulary
from bren_desktop.oplog.operations import Author
from bren_desktop.services.knowing import Knowing
from bren_desktop.services.ports import Clock, Reader, Store
from bren_desktop.services.rows import ReadEntry


@dataclass(frozen=True, slots=True)
class Context:
    """The store and the clock of one unlocked profile, and the thesaurus that is in force there."""

    store: Store
    clock: Clock
    knowing: Knowing = field(default_factory=Knowing, compare=False)

    def today(self) -> date:
        """The local calendar date."""
        return local_day(self.clock.now_ms())

    def listed(self, name: str) -> Vocabulary:
        """The list called `name`; that of concepts as it was when the store was last looked into."""
        return self.knowing.last.listed(name)

    def read(self, actor: Actor) -> AbstractContextManager[Reader]:
        """A view of what `actor` may see (`ports.Store.read`)."""
        return self.store.read(author(actor))

    def read_entry(self, actor: Actor, action: str, kind: Kind, entity: str, detail: str = "") -> ReadEntry:
        """A line for the read log, now."""
        now = self.clock.now_ms()
        return ReadEntry(now, actor.person, actor.name, actor.role.value, actor.device, action, kind, entity, detail)

    def log_read(self, actor: Actor, action: str, kind: Kind, entity: str = "", detail: str = "") -> None:
        """Log one reading in a transaction of its own."""
        with self.store.write(author(actor)) as writer:
            writer.log_read([self.read_entry(actor, action, kind, entity, detail)])


def author(actor: Actor) -> Author:
    """How `actor` signs operations."""
    return Author(actor.person, actor.name, actor.role.value)


def local_day(now_ms: int) -> date:
    """The local calendar date at `now_ms` (milliseconds since 1970, UTC)."""
    return moment_of(now_ms).astimezone().date()
