"""The knowledge in force in one store: that of the program, with what its network changed."""

from __future__ import annotations

from bren_desktop.domain.entities import Kind
from bren_desktop.language.overlay import overlaid
from bren_desktop.services.concept_records import own_of
from bren_desktop.services.knowledge import Knowledge, shipped_knowledge
from bren_desktop.services.ports import Reader


class Knowing:
    """Follows the records of concepts; what it last found can be asked for without reading."""

    def __init__(self, start: Knowledge | None = None) -> None:
        self._start = start
        self._version: int | None = None
        self._laid: Knowledge | None = None

    @property
    def start(self) -> Knowledge:
        """What comes with the program."""
        return self._start or shipped_knowledge()

    @property
    def last(self) -> Knowledge:
        """What was in force when the store was last looked into."""
        return self._laid or self.start

    def now(self, reader: Reader) -> Knowledge:
        """What is in force now. Not for a writer that wrote concepts: what is not kept must not be remembered."""
        version = reader.version()
        if version != self._version:
            if self._version is None or reader.changed_since(Kind.CONCEPT, self._version):
                self._laid = self._lay(reader)
            self._version = version
        return self.last

    def _lay(self, reader: Reader) -> Knowledge | None:
        own = own_of(reader)
        if not own.concepts and not own.left_out:
            return None
        laid = overlaid(self.start.thesaurus, own.concepts)
        return Knowledge(laid.thesaurus, (*own.left_out, *laid.left_out))
