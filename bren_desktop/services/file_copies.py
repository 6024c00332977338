"""The copy of a file that a family asks for (inzage): reading it through, keeping what is black, and making it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.blackening import (
    BLACK,
    SAFETY,
    Passage,
    blackened,
)
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.file_copy import CopiedChapter, CopiedField, CopiedRecord, FileCopy
from bren_desktop.domain.records import Team
from bren_desktop.domain.requests import MaskRow, Request, Sort
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError
from bren_desktop.services.attachments import given_out
from bren_desktop.services.audit import COPIED
from bren_desktop.services.below import amend_in
from bren_desktop.services.context import Context, author
from bren_desktop.services.doubles import absorbed
from bren_desktop.services.gathering import FILE, Chapter
from bren_desktop.services.loading import children, load, present, resolve
from bren_desktop.services.ports import Reader
from bren_desktop.services.reading_through import Reading, read_through, stamp_of
from bren_desktop.services.readlog import ReadLog, Sighting
from bren_desktop.services.seen_lines import seen_line, seen_passage
from bren_desktop.services.team import TeamSettings

_NAME = "naam"
_READ = ("zwart", "doorgelezen_op", "doorgelezen_door", "doorgelezen_stempel")
_ABOUT = (
    "Dit is een kopie van alles wat het expertteam over deze jeugdige bewaart, met onderaan wie het heeft gezien.",
    "Wat leeg is, staat er niet bij. Waar [zwart gemaakt] staat, is tekst weggelaten. De reden staat erbij.",
    "Is iemands veiligheid in het geding, dan is een heel onderdeel weggelaten.",
)
_NOT_READ = (
    "Niemand heeft deze kopie doorgelezen. Alleen namen van anderen en contactgegevens die het programma herkent, "
    "zijn zwart gemaakt. Lees haar eerst door voordat u haar geeft."
)
_WITH_FILES = "Bijlagen gaan mee als eigen bestand, met hun nummer in de naam. In die bestanden is niets zwart gemaakt."
_LACKS_FILES = (
    "Deze bijlagen staan nog niet op deze laptop en gaan niet mee: {welke}. Werk bij en maak de kopie opnieuw."
)
_NOT_READ_AGAIN = "gewijzigd en nog niet opnieuw doorgelezen"
_CHANGED_SINCE = (
    "Sinds deze kopie is doorgelezen, is het dossier gewijzigd. Wat daarna is veranderd, heeft niemand doorgelezen. "
    "Lees haar opnieuw door voordat u haar geeft."
)


class CopyRenderer(Protocol):
    """What turns a copy into PDF."""

    def file_copy(self, copy: FileCopy, team: Team) -> bytes: ...


@dataclass(frozen=True, slots=True)
class MadeCopy:
    """The files, named after the `kenmerk`. `read_by` is who read it through; empty for nobody.

    `attached` are the attachments, by what follows the kenmerk in their name.
    """

    kenmerk: str
    pdf: bytes
    json: bytes
    read_by: str
    attached: Mapping[str, bytes]

    @property
    def files(self) -> Mapping[str, bytes]:
        """Every file, by what follows the kenmerk in its name."""
        return {".pdf": self.pdf, ".json": self.json, **self.attached}


class FileCopies:
    """Copies of files in one profile."""

    def __init__(self, context: Context, renderer: CopyRenderer, team: TeamSettings, readlog: ReadLog) -> None:
        self._context = context
        self._renderer = renderer
        self._team = team
        self._readlog = readlog

    def read(self, actor: Actor, request: str) -> Reading:
        """The file that a request is about, to read through."""
        require(actor, Right.HANDLE_REQUEST)
        require(actor, Right.READ_LOG)
        with self._context.read(actor) as reader:
            asked = load(reader, Kind.REQUEST, Request, request)
        looked = self._looked(actor, asked.casus)
        with self._context.read(actor) as reader:
            reading = read_through(reader, asked.casus, asked, looked)
            seen = present(reader, Kind.REQUEST, request)
        self._context.log_read(actor, "lezen", Kind.CASE, asked.casus)
        return replace(reading, seen=seen)

    def keep(self, actor: Actor, request: str, masks: Iterable[MaskRow], reading: Reading) -> None:
        """Keep what is black, and that the actor read all of `reading`. Every mask has a reason."""
        require(actor, Right.HANDLE_REQUEST)
        require(actor, Right.READ_LOG)
        chosen = tuple(mask.model_copy(update={"id": f"{mask.plek}:{mask.van}-{mask.tot}"}) for mask in masks)
        if not all(mask.reden in vocabulary("redenen_zwart") for mask in chosen):
            raise InvalidInputError("Kies bij elke passage waarom zij zwart is. Er is niets vastgelegd.", field="reden")
        with self._context.store.write(author(actor)) as writer:
            read = load(writer, Kind.REQUEST, Request, request).model_copy(
                update={
                    "zwart": chosen,
                    "doorgelezen_op": self._context.today(),
                    "doorgelezen_door": actor.name,
                    "doorgelezen_stempel": stamp_of(reading.chapters),
                }
            )
            amend_in(writer, self._context, Kind.REQUEST, request, read, _READ, reading.seen)

    def make(self, actor: Actor, name: str, request: str = "", *, to_give: bool = True) -> MadeCopy:
        """The copy of the case called `name`: with what was made black for `request`, else what is proposed.

        Without `request` it is the one that waits, or else the newest. Where several wait, InvalidInputError: what is
        black for a parent differs from what is black for the jeugdige. A copy to give is logged as one, and waits for
        the decision on its request.
        """
        require(actor, Right.HANDLE_REQUEST)
        require(actor, Right.READ_LOG)
        with self._context.read(actor) as reader:
            case = resolve(reader, Kind.CASE, name)
            asked = load(reader, Kind.REQUEST, Request, request) if request else _asked(reader, case)
        if to_give:
            _must_be_granted(asked)
        looked = self._looked(actor, case)
        with self._context.read(actor) as reader:
            reading = read_through(reader, case, asked, looked)
            files = dict(_files(reader, reading))
        team = self._team.get(actor)
        copy = _written(actor, team, self.kenmerk(actor, case), self._context.today(), asked, reading, looked)
        copy = copy.model_copy(update={"toelichting": (*copy.toelichting, *_about_files(files))})
        if to_give:
            self._context.log_read(actor, COPIED, Kind.CASE, case, copy.kenmerk)
        data = copy.model_dump_json(indent=2).encode()
        attached = {ending: file for ending, file in files.items() if file is not None}
        return MadeCopy(copy.kenmerk, self._renderer.file_copy(copy, team), data, copy.doorgelezen_door, attached)

    def kenmerk(self, actor: Actor, name: str) -> str:
        """What a copy of the case called `name` that is made today is called."""
        require(actor, Right.HANDLE_REQUEST)
        with self._context.read(actor) as reader:
            case = resolve(reader, Kind.CASE, name)
            number = load(reader, Kind.CASE, Case, case).nummer or reader.shown_id(Kind.CASE, case)
        return f"{number}/INZ-{self._context.today():%Y%m%d}"

    def _looked(self, actor: Actor, case: str) -> Sequence[Sighting]:
        """Who has seen a case, and what was merged into it; the newest day first."""
        with self._context.read(actor) as reader:
            merged = (case, *absorbed(reader, case))
        return sorted((each for one in merged for each in self._readlog.seen(actor, one)), key=_newest_first)


def _written(
    actor: Actor,
    team: Team,
    kenmerk: str,
    today: date,
    asked: Request,
    reading: Reading,
    looked: Sequence[Sighting],
) -> FileCopy:
    masks: defaultdict[str, list[MaskRow]] = defaultdict(list)
    for mask in reading.masks:
        masks[mask.plek].append(mask)
    return FileCopy(
        kenmerk=kenmerk,
        gemaakt_op=today,
        gemaakt_door=actor.name,
        team=team.naam,
        verzoek_ontvangen_op=asked.ontvangen_op,
        doorgelezen_op=asked.doorgelezen_op if reading.read else None,
        doorgelezen_door=asked.doorgelezen_door if reading.read else "",
        toelichting=_ABOUT if reading.read else (*_ABOUT, _CHANGED_SINCE if asked.doorgelezen_op else _NOT_READ),
        hoofdstukken=tuple(filter(_holds_anything, (_copied(each, reading, masks) for each in reading.chapters))),
        gezien=tuple(seen_line(each, reading.masks) for each in looked if not _is_hidden(seen_passage(each), masks)),
    )


def _asked(reader: Reader, case: str) -> Request:
    """The request to see the file that waits, or else the newest; an empty one where nobody asked."""
    found = [each for _, each in children(reader, Kind.REQUEST, Request, case) if each.soort == Sort.SEE]
    waiting = [each for each in found if each.is_open]
    if len(waiting) > 1:
        raise InvalidInputError(
            "Er wachten {aantal} verzoeken om inzage in deze casus. Maak de kopie in het venster, bij het verzoek "
            "waarvoor zij is: wat zwart is, verschilt per verzoek.",
            aantal=len(waiting),
        )
    return next(iter([*waiting, *found]), Request())


def _must_be_granted(asked: Request) -> None:
    """Raise InvalidInputError for a request on which nobody decided, or that was refused or withdrawn."""
    if asked.soort and not asked.is_granted:
        raise InvalidInputError(
            "Dit verzoek om inzage is niet toegewezen. De kopie is niet gemaakt. Bekijken kan al wel; geven kan pas na "
            "het besluit.",
            field="besluit",
        )


def _files(reader: Reader, reading: Reading) -> Iterator[tuple[str, bytes | None]]:
    """The attachments that nobody made black, by the end of their name; None where only colleagues have the bytes."""
    black = {mask.plek for mask in reading.masks} | reading.changed
    for entry in (entry for chapter in reading.chapters for entry in chapter.entries):
        told = {passage.field: passage for passage in reversed(entry.passages)}
        file = told.get(FILE)
        if file and file.place not in black:
            data = reader.attachment(file.place.partition("/")[0])
            ending, left = _leaving(told[_NAME].text if _NAME in told else "", data)
            yield f"-{file.text.replace(' ', '-')}{ending}", left


def _leaving(name: str, data: bytes | None) -> tuple[str, bytes | None]:
    """With the ending of its kind; of no kind where a colleague's laptop sent something that no case may hold."""
    if data is None:
        return "", None
    try:
        kind, left = given_out(name, data)
    except InvalidInputError:
        return ".bin", data
    return f".{kind.endings[0]}", left


def _about_files(files: Mapping[str, bytes | None]) -> Iterator[str]:
    if any(files.values()):
        yield _WITH_FILES
    lacking = [ending.strip("-").replace("-", " ") for ending, data in files.items() if data is None]
    if lacking:
        yield _LACKS_FILES.format(welke=", ".join(lacking))


def _is_hidden(passage: Passage, masks: Mapping[str, Sequence[MaskRow]]) -> bool:
    """Whether nobody may read that it is there: all of it is black for somebody's safety."""
    mine = [mask for mask in masks.get(passage.place, ()) if mask.reden == SAFETY]
    return blackened(passage, mine) == BLACK


def _holds_anything(chapter: CopiedChapter) -> bool:
    return bool(chapter.onderdelen)


def _copied(chapter: Chapter, reading: Reading, masks: Mapping[str, Sequence[MaskRow]]) -> CopiedChapter:
    records = tuple(
        CopiedRecord(
            titel=entry.title,
            velden=tuple(_field(each, masks.get(each.place, ()), reading) for each in entry.passages),
        )
        for entry in chapter.entries
        if not all(_is_hidden(each, masks) for each in entry.passages)
    )
    return CopiedChapter(soort=chapter.kind.value, titel=chapter.title, onderdelen=records)


def _field(passage: Passage, masks: Sequence[MaskRow], reading: Reading) -> CopiedField:
    is_changed = passage.place in reading.changed
    reasons = dict.fromkeys(vocabulary("redenen_zwart").label(mask.reden) for mask in masks)
    return CopiedField(
        veld=passage.field,
        label=passage.label,
        waarde=BLACK if is_changed else blackened(passage, masks),
        codes=() if masks or is_changed else passage.codes,
        zwart=(_NOT_READ_AGAIN,) if is_changed else tuple(reasons),
    )


def _newest_first(seen: Sighting) -> int:
    return -seen.day.toordinal()
