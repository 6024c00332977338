"""What is in a package between teams (docs/formats.md): JSON about one case, and behind it the bytes of attachments.

Hostile until parsed: bounded, every key known, every record read as an import file is. Both sides read it this way:
a package that the receiver could not take is not made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from bren_desktop.crypto.packages import NoPackageError
from bren_desktop.domain.attachments import LARGEST
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import MODELS, Kind
from bren_desktop.domain.fields import Shape, notes
from bren_desktop.domain.handing_over import BELOW, Way, portable, way_of
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Text, dutch_reason
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import UnreadableFileError
from bren_desktop.services.parsing import FieldProblem, parse_record

MOST_ATTACHED = 96 * 1024 * 1024
"""Bytes of all attachments together."""
_LONGEST_TEXT = 16 * 1024 * 1024
_LENGTH = 4
_FEW, _SOME, _MANY = 100, 500, 2_000

Raw = dict[str, Any]


class UnfitPackageError(UnreadableFileError):
    """A package with something in it that this version does not take: mostly one of a newer version."""

    def __init__(self, problem: FieldProblem) -> None:
        super().__init__(
            "In dit bestand staat iets dat deze versie van BREN Desktop niet kent of niet aanneemt ({veld}: {reden}) "
            "Er is niets overgenomen. Werk het programma bij. Blijft dit zo, bel dan het andere team.",
            veld=problem.field if problem.field in _FIELDS else "een onbekend veld",
            reden=problem.reason,
        )
        self.problem = problem


class Told(Record):
    """A piece of the history of the case, as people read it."""

    titel: Line = ""
    tekst: Text = ""


class Enclosed(Record):
    """An attachment; its bytes stand behind the JSON in the same order."""

    naam: Line
    grootte: Annotated[int, Field(ge=1, le=LARGEST)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Package(Record):
    """Where a case comes from, for whom it is and why, and what goes along. `pakket` is its id."""

    pakket: Annotated[str, Field(pattern="^[a-z2-7]{26}$")]
    van_team: Line
    naar_team: Line
    nummer: Annotated[Line, Field(max_length=100)]
    dag: Day
    door: Line
    contact: Line = ""
    reden: Text = ""
    grond: Text = ""
    strafrechtelijk_reden: Text = ""
    datum_aanmelding: Day = None
    status: Line = ""
    casus: Raw
    hieronder: Annotated[dict[str, tuple[Raw, ...]], Field(max_length=len(BELOW))] = Field(default_factory=dict)
    verhaal: Annotated[tuple[Told, ...], Field(max_length=_MANY)] = ()
    bijlagen: Annotated[tuple[Enclosed, ...], Field(max_length=_FEW)] = ()

    @property
    def sender(self) -> str:
        """The name of the team that hands over, from our own list: it says nothing of itself."""
        return vocabulary("teams").label(self.van_team)

    @field_validator("van_team")
    @classmethod
    def _is_a_team(cls, code: str) -> str:
        if code not in vocabulary("teams"):
            raise PydanticCustomError("veld", "Dit expertteam staat niet in de lijst.")
        return code

    @field_validator("dag")
    @classmethod
    def _has_a_day(cls, day: date | None) -> date:
        if day is None:
            raise PydanticCustomError("veld", "Dit veld is verplicht.")
        return day


@dataclass(frozen=True, slots=True)
class Contents:
    """A package that was read. `files` are the bytes of `package.bijlagen`."""

    package: Package
    case: Case
    below: Sequence[tuple[Kind, BaseModel]]
    files: Sequence[bytes]


def packed(said: Mapping[str, Any], files: Sequence[bytes]) -> bytes:
    """The content of a package, as `unpacked` takes it. Raises UnfitPackageError."""
    package = _fitting(said)
    text = package.model_dump_json(exclude_defaults=True).encode()
    return b"".join((len(text).to_bytes(_LENGTH, "big"), text, *files))


def unpacked(content: bytes, today: date) -> Contents:
    """What is in a package. Raises a UserFacingError for whatever is not as it should be."""
    try:
        return _unpacked(content, today)
    except RecursionError:
        raise NoPackageError from None


def _unpacked(content: bytes, today: date) -> Contents:
    end = _LENGTH + int.from_bytes(content[:_LENGTH], "big")
    if not _LENGTH < end <= min(len(content), _LONGEST_TEXT):
        raise NoPackageError
    package = _package(content[_LENGTH:end])
    files = tuple(_files(package.bijlagen, content[end:]))
    return Contents(package, _read(Kind.CASE, package.casus, today), tuple(_below(package, today)), files)


def _package(text: bytes) -> Package:
    try:
        return _fitting(json.loads(text))
    except ValueError:
        raise NoPackageError from None


def _fitting(said: object) -> Package:
    try:
        return Package.model_validate(said)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        raise UnfitPackageError(FieldProblem(name, dutch_reason(first))) from None


def _files(enclosed: Sequence[Enclosed], data: bytes) -> Iterator[bytes]:
    if sum(each.grootte for each in enclosed) != len(data) or len(data) > MOST_ATTACHED:
        raise NoPackageError
    at = 0
    for each in enclosed:
        file = data[at : at + each.grootte]
        if hashlib.sha256(file).hexdigest() != each.sha256:
            raise NoPackageError
        at += each.grootte
        yield file


def _below(package: Package, today: date) -> Iterator[tuple[Kind, BaseModel]]:
    for name, records in package.hieronder.items():
        if name not in BELOW or len(records) > _FEW:
            raise UnfitPackageError(FieldProblem("hieronder", "klopt niet."))
        yield from ((Kind(name), _read(Kind(name), raw, today)) for raw in records)


def _read(kind: Kind, raw: Mapping[str, Any], today: date) -> Any:
    """A record of which every key may go; rows that named something elsewhere get ids by what they say."""
    known = [name for name in notes(MODELS[kind]) if way_of(kind, name, criminal=True) is Way.FIELD]
    strange = next((name for name in raw if name not in known), None)
    if strange is not None:
        raise UnfitPackageError(FieldProblem(strange, "mag hier niet staan."))
    for name, note in notes(MODELS[kind]).items():
        if note.shape is not Shape.SINGLE and not _is_short_list(raw.get(name, []), note.shape):
            raise UnfitPackageError(FieldProblem(name, f"dit moet een lijst zijn van ten hoogste {_SOME}."))
    return _parsed(kind, portable(kind, _parsed(kind, raw, today), criminal=True), today)


def _is_short_list(value: object, shape: Shape) -> bool:
    """Whether it is a list of rows or of words, and not one that holds longer ones."""
    each = str if shape is Shape.SET else dict
    return isinstance(value, list | tuple) and len(value) <= _SOME and all(isinstance(part, each) for part in value)


def _parsed(kind: Kind, raw: Mapping[str, Any], today: date) -> BaseModel:
    parsed = parse_record(MODELS[kind], raw, today=today)
    if parsed.record is None:
        raise UnfitPackageError(parsed.problems[0])
    return parsed.record


_FIELDS = {*Package.model_fields, *(name for kind in (Kind.CASE, *BELOW) for name in notes(MODELS[kind]))}
