"""A document of a case (letter, form): what is asked for, and what is then ready to be laid out.

`LetterRequest` is the `letter.json` of the exchange format. `Letter` holds whole sentences and nothing that its
recipient may not see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from bren_desktop.domain.dutch import long_date
from bren_desktop.domain.letter_address import MOST_LINES
from bren_desktop.domain.letter_texts import CONSULTATION, Texts
from bren_desktop.domain.values import Line, Text, clean_text, dutch_reason, parse_day
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError

MOST_QUESTIONS = 3
_LONGEST_KEY = 40
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}[.)]|[-•*])\s+")


def items(value: object) -> object:
    """The items of a list, or the lines of a text; white space folded, numbering and bullets taken off."""
    parts = value.split("\n") if isinstance(value, str) else value
    if value is None or not isinstance(parts, list | tuple):
        return () if value is None else value
    lines = (" ".join(_NUMBERING.sub("", str(clean_text(str(part)))).split()) for part in parts)
    return tuple(line for line in lines if line)


def _questions(value: object) -> object:
    asked = items(value)
    if isinstance(asked, tuple) and len(asked) > MOST_QUESTIONS:
        raise PydanticCustomError("veld", "Stel ten hoogste drie vragen in één brief.")
    return asked


def _form_of_help(value: object) -> object:
    text = clean_text("" if value is None else value)
    return (vocabulary("inzetvormen").find(text) or text) if isinstance(text, str) else text


def _hours(value: object) -> object:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    text = f"{value:g}".replace(".", ",") if is_number else clean_text("" if value is None else value)
    return f"{text} uur" if isinstance(text, str) and re.fullmatch(r"\d+(?:,\d+)?", text) else text


def _term(value: object) -> object:
    if isinstance(value, date):
        return long_date(value)
    text = clean_text("" if value is None else value)
    try:
        day = parse_day(text)
    except PydanticCustomError:
        return text
    return long_date(day) if isinstance(day, date) else text


def _false(value: object) -> object:
    words = {"ja": True, "nee": False, "": False, None: False}
    return words.get(value.strip().casefold(), value) if isinstance(value, str) else value or False


Flag = Annotated[bool, BeforeValidator(_false)]
Items = Annotated[tuple[Annotated[str, Field(max_length=2000)], ...], BeforeValidator(items)]


class PaperRequest(BaseModel):
    """What somebody fills in for one document. What is left out is composed from the case where it can be.

    `blokken` replaces the text of any block by its name; an empty text leaves the block out. `ontvanger` holds the
    lines of the address, `aanhef` the salutation.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    identificerend: Flag = False
    strafrechtelijk_opnemen: Flag = False
    strafrechtelijk_reden: Text = ""
    uw_kenmerk: Line = ""
    bijlagen: Items = ()
    ontvanger: Text = ""
    aanhef: Line = ""
    blokken: dict[str, Text] = Field(default_factory=dict)

    @field_validator("ontvanger")
    @classmethod
    def _in_the_window(cls, text: str) -> str:
        if len([line for line in text.split("\n") if line.strip()]) > MOST_LINES:
            raise PydanticCustomError("veld", "Een adres telt ten hoogste zes regels.")
        return text

    @model_validator(mode="after")
    def _with_reason(self) -> Self:
        if self.strafrechtelijk_opnemen and not self.strafrechtelijk_reden:
            raise PydanticCustomError("veld", "Noem de reden om strafrechtelijke gegevens op te nemen.")
        return self


class LetterRequest(PaperRequest):
    """What somebody fills in for one consultatievraag. What is left out is composed from the case and the expert.

    `blokken` replaces the text of any block by its name; an empty text leaves the block out.
    """

    vragen: Annotated[tuple[Annotated[str, Field(max_length=2000)], ...], BeforeValidator(_questions)] = ()
    niet_gevraagd: Text = ""
    aanleiding: Text = ""
    waarom_deze_expert: Text = ""
    inzetvorm: Annotated[Line, BeforeValidator(_form_of_help)] = ""
    uren: Annotated[Line, BeforeValidator(_hours)] = ""
    termijn: Annotated[Line, BeforeValidator(_term)] = ""

    @model_validator(mode="after")
    def _with_few_questions_and_known_blocks(self) -> Self:
        if not set(self.blokken) <= set(Texts(CONSULTATION).headings):
            raise PydanticCustomError("veld", "Een van de blokken bestaat niet in deze brief.")
        _questions(self.blokken.get("vragen"))
        return self


Request = TypeVar("Request", bound=PaperRequest)


def parse_request(raw: object) -> LetterRequest:
    """The request for a consultatievraag in parsed JSON."""
    return parse_paper_request(raw, LetterRequest)


def parse_paper_request(raw: object, model: type[Request]) -> Request:
    """The request in parsed JSON. Raises InvalidInputError with the field and the reason, never the value."""
    try:
        return model.model_validate({} if raw is None else raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])[:_LONGEST_KEY] if first["loc"] else ""
        template = "{veld}: {reden}" if field else "De brief kan zo niet worden gemaakt. {reden}"
        raise InvalidInputError(template, field=field, veld=field, reden=dutch_reason(first)) from None


ADDRESS, ADDRESS_HEADING = "adresblok", "Adres"


class Marks(StrEnum):
    """What stands before the items of a block."""

    BULLETS = "punten"
    NUMBERS = "nummers"
    BOXES = "hokjes"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document: running `text` or a list of `items`. `gap` names what is still to be filled in.

    `under` stands on a line of its own below each item.
    """

    name: str
    heading: str
    mandatory: bool = False
    text: str = ""
    items: tuple[str, ...] = ()
    marks: Marks = Marks.BULLETS
    gap: str = ""
    under: str = ""

    @property
    def plain(self) -> str:
        """The content as text to edit: the items a line each."""
        return "\n".join(self.items) if self.items else self.text


@dataclass(frozen=True, slots=True)
class Letter:
    """A document ready to be laid out. `concept` until somebody releases it; `case` and `expert` are entities.

    `addressed`: whether it cannot go without an address. `signatures`: who signs it by hand, a line each.
    """

    case: str
    expert: str
    kenmerk: str
    date: date
    recipient: tuple[str, ...]
    at_home: bool
    salutation: str
    blocks: tuple[Block, ...]
    made_by: str
    role: str
    team: str
    contact: str
    your_reference: str = ""
    enclosures: tuple[str, ...] = ()
    identifying: bool = False
    criminal_reason: str = ""
    released_by: str = ""
    kind: str = CONSULTATION
    title: str = "Consultatievraag"
    addressed: bool = True
    keeping: str = ""
    closing: str = ""
    signatures: tuple[str, ...] = ()
    pages: int = 2

    @property
    def concept(self) -> bool:
        return not self.released_by

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the blocks in which something is still to be filled in, in the order of the letter."""
        first = [ADDRESS] if self.addressed and not self.recipient else []
        return (*first, *(block.name for block in self.blocks if block.gap))

    @property
    def missing_headings(self) -> tuple[str, ...]:
        """The same as people call them."""
        return self.headings_of(self.missing)

    def headings_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """What people call these blocks."""
        headings = {ADDRESS: ADDRESS_HEADING, **{block.name: block.heading for block in self.blocks}}
        return tuple(headings[name] for name in names)

    @property
    def subject(self) -> str:
        """Neutral: the kind of document and the kenmerk, never a person."""
        return f"{self.title[:1].lower()}{self.title[1:]}, kenmerk {self.kenmerk}"

    @property
    def reference(self) -> tuple[tuple[str, str], ...]:
        """The rows of the reference block that hold something."""
        rows = (
            ("Datum", long_date(self.date)),
            ("Ons kenmerk", self.kenmerk),
            ("Uw kenmerk", self.your_reference),
            ("Behandeld door", self.made_by),
            ("Telefoon/e-mail", self.contact),
            ("Betreft", self.subject),
            ("Bijlage(n)", " · ".join(self.enclosures)),
        )
        return tuple(row for row in rows if row[1])


def content(letter: Letter) -> Mapping[str, Any]:
    """What is kept with the filed document: everything that the letter says, as plain JSON values."""
    return {**asdict(letter), "date": letter.date.isoformat()}


def _from_content(kept: Mapping[str, Any]) -> Letter:
    """The letter that `content` kept."""
    known = {each.name for each in fields(Letter)}
    values = {name: value for name, value in kept.items() if name in known}
    tuples = {name: tuple(values.get(name, ())) for name in ("recipient", "enclosures", "signatures")}
    blocks = tuple(_block(each) for each in kept["blocks"])
    return Letter(**{**values, **tuples, "blocks": blocks, "date": date.fromisoformat(kept["date"])})


def kept_letter(text: str) -> Letter:
    """The letter in the content of a filed document. Raises InvalidInputError for what a colleague's version wrote."""
    try:
        return _from_content(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidInputError(
            "De tekst van dit document is hier niet te lezen: het is met een andere versie gemaakt. De pdf wel.",
            field="inhoud",
        ) from error


def request_of(letter: Letter, editable: Iterable[str]) -> Mapping[str, object]:
    """What to ask to get the same document again, as a draft holds it. What was unfinished is composed anew."""
    said = {block.name: block.plain for block in letter.blocks if not block.gap}
    unfinished = {block.name for block in letter.blocks if block.gap}
    return {
        "blokken": {name: said.get(name, "") for name in editable if name not in unfinished},
        "ontvanger": "\n".join(letter.recipient),
        "aanhef": letter.salutation,
        "uw_kenmerk": letter.your_reference,
        "bijlagen": "\n".join(letter.enclosures),
        "identificerend": letter.identifying,
        "strafrechtelijk_opnemen": bool(letter.criminal_reason),
        "strafrechtelijk_reden": letter.criminal_reason,
    }


def _block(kept: Mapping[str, Any]) -> Block:
    marks = Marks(kept.get("marks", Marks.BULLETS))
    return Block(**{**kept, "items": tuple(kept["items"]), "marks": marks})
