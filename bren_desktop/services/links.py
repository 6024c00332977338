"""Cases that belong together. Each shows the other to who may see both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.doubles import MERGED
from bren_desktop.domain.entities import Kind, wanted
from bren_desktop.domain.links import Link
from bren_desktop.domain.rights import Right, require
from bren_desktop.errors import InvalidInputError, NotAssignedError
from bren_desktop.services import below
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import load, resolve
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import CaseRow, Changes


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """A case that another one belongs together with: the link, what they are to each other, and the case."""

    link: str
    words: str
    row: CaseRow


class Links:
    """The links between the cases of one profile."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, actor: Actor, case: str) -> Sequence[LinkedCase]:
        """The cases that belong together with a case, as far as the actor may see them."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return [*_linked(reader, case)]

    def add(self, actor: Actor, case: str, other: str, kind: str) -> str:
        """Link a case to the one called `other` (id, entity or nummer), which is its `kind`. Returns the link."""
        require(actor, Right.EDIT_CASE)
        if not kind:
            raise InvalidInputError("Kies hoe de casussen bij elkaar horen.", field="soort")
        if kind == MERGED:
            raise InvalidInputError(
                "Zo verbindt u alleen casussen die apart blijven. Is het dezelfde jeugdige, dan voegt de "
                "voorzitter ze samen.",
                field="soort",
            )
        with self._context.store.write(author(actor)) as writer:
            found = resolve(writer, Kind.CASE, other)
            if found == case:
                raise InvalidInputError("Een casus hoort niet bij zichzelf. Kies een andere casus.", field="andere")
            if any(each.row.entity == found for each in _linked(writer, case)):
                raise InvalidInputError("Deze casussen zijn al verbonden. Er is niets veranderd.", field="andere")
            return below.file_in(writer, self._context, Kind.LINK, case, Link(andere=found, soort=kind))

    def end(self, actor: Actor, link: str) -> Changes:
        """Link two cases no more; neither shows it from now on."""
        require(actor, Right.EDIT_CASE)
        with self._context.store.write(author(actor)) as writer:
            ended = load(writer, Kind.LINK, Link, link).model_copy(update={"verbroken_op": self._context.today()})
            writer.write(Kind.LINK, link, wanted({}, ended, ("verbroken_op",)))
            return writer.changes


def _linked(reader: Reader, case: str) -> Iterator[LinkedCase]:
    """Each other case once, though two colleagues may have linked it at the same time."""
    seen: set[str] = set()
    for entity in reader.children(Kind.LINK, case):
        with suppress(NotAssignedError):
            link = load(reader, Kind.LINK, Link, entity)
            row = None if link.verbroken_op else reader.case_row(link.other(case))
            if row is not None and row.entity not in seen:
                seen.add(row.entity)
                yield LinkedCase(entity, link.words(case), row)
