"""Files that people took into a case: kept in the encrypted store, and given out only where somebody asks for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.attachments import Attachment
from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.entities import Kind, wanted
from bren_desktop.domain.file_kinds import OPEN_FORMATS, FileKind, plain_name, recognised
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.traces.removing import cleaned
from bren_desktop.errors import InvalidInputError, NotAllowedError, NotFoundError
from bren_desktop.services import below
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import children, load
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.rows import Changes
from bren_desktop.services.team import read_team

_KB = 1024


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """An attachment with its bytes. `reference` names it in the read log: never by the name of the file."""

    name: str
    kind: FileKind
    data: bytes
    reference: str


class Attachments:
    """The attachments of the cases of one profile."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, actor: Actor, case: str, name: str, data: bytes) -> str:
        """Take a file into a case. Raises InvalidInputError for what a case may not hold. Returns its entity."""
        require(actor, Right.EDIT_CASE)
        kind = recognised(name, data)
        with self._context.store.write(author(actor)) as writer:
            attachment = kept(writer, actor, name, kind, data).model_copy(update={"datum": self._context.today()})
            if any(each.bestand == attachment.bestand for _, each in _shown(writer, case)):
                raise InvalidInputError("Dit bestand hangt al bij deze casus. Er is niets toegevoegd.", field="bestand")
            return below.file_in(writer, self._context, Kind.ATTACHMENT, case, attachment)

    def of(self, actor: Actor, case: str) -> Sequence[tuple[str, Attachment]]:
        """The attachments of a case, newest first, each with its entity."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return _shown(reader, case)

    def open(self, actor: Actor, entity: str, *, to_save: bool = False) -> OpenedFile:
        """The bytes of an attachment, judged again: a colleague's laptop sent them. The reading is logged.

        `to_save`: to be kept outside the store, which a team may close for what others can go on writing in.
        """
        require(actor, Right.READ_CASE)
        with self._context.store.write(author(actor)) as writer:
            attachment = load(writer, Kind.ATTACHMENT, Attachment, entity)
            data = writer.attachment(attachment.bestand)
            reference = _reference(attachment)
            is_shut = to_save and read_team(writer, self._context, actor).geen_open_bestanden is True
            entry = self._context.read_entry(actor, "bijlage lezen", Kind.CASE, attachment.casus, reference)
            writer.log_read([entry])
        if data is None:
            raise NotFoundError("Deze bijlage staat nog niet op deze computer. Synchroniseer en probeer het opnieuw.")
        kind, left = given_out(attachment.naam, data)
        if is_shut and kind in OPEN_FORMATS:
            raise NotAllowedError(
                "Uw team laat Word-bestanden en e-mailberichten niet naar buiten. Er is niets opgeslagen."
            )
        return OpenedFile(plain_name(attachment.naam, kind), kind, left, reference)

    def set_aside(self, actor: Actor, entity: str) -> Changes:
        """Show an attachment no more; it stays in the store until its case is erased."""
        require(actor, Right.EDIT_CASE)
        with self._context.store.write(author(actor)) as writer:
            attachment = load(writer, Kind.ATTACHMENT, Attachment, entity)
            aside = wanted({}, attachment.model_copy(update={"weggelegd_op": self._context.today()}), ("weggelegd_op",))
            for each in {entity, *_same_file(writer, attachment)}:
                writer.write(Kind.ATTACHMENT, each, aside)
            return writer.changes

    def total(self, actor: Actor) -> int:
        """Bytes of all files that this profile keeps: attachments, letters and logos."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return reader.attached()


def kept(writer: Writer, actor: Actor, name: str, kind: FileKind, data: bytes) -> Attachment:
    """Keep the bytes of a file that was judged, a photo without its traces; what is filed about it."""
    photo = cleaned(kind, data)
    return Attachment(
        naam=plain_name(name, kind),
        soort=kind.label,
        grootte=-(-len(photo.data) // _KB),
        door=actor.name,
        bestand=writer.put_attachment(photo.data),
        sporen=photo.traces,
    )


def given_out(name: str, data: bytes) -> tuple[FileKind, bytes]:
    """A file as it may leave the store: judged again, for a colleague's laptop sent it. Raises InvalidInputError."""
    kind = recognised(name, data)
    return kind, cleaned(kind, data).data


def _shown(reader: Reader, case: str) -> Sequence[tuple[str, Attachment]]:
    """What was not set aside. A file that both cases of a merge had is shown once: as it was taken in first."""
    below_case = children(reader, Kind.ATTACHMENT, Attachment, case)
    last = {each.bestand: entity for entity, each in below_case if each.weggelegd_op is None}
    return [(entity, each) for entity, each in below_case if last.get(each.bestand) == entity]


def _same_file(reader: Reader, attachment: Attachment) -> Iterator[str]:
    """Every record of one file with its case."""
    below_case = children(reader, Kind.ATTACHMENT, Attachment, attachment.casus)
    return (entity for entity, each in below_case if each.bestand == attachment.bestand and each.weggelegd_op is None)


def _reference(attachment: Attachment) -> str:
    day = f" van {short_date(attachment.datum)}" if attachment.datum else ""
    return f"bijlage{day}: {attachment.soort}"
