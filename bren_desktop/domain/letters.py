"""A letter to a pareltje (consultatievraag): what is asked for, and what is then ready to be laid out.

`LetterRequest` is the `letter.json` of the exchange format. `Letter` holds whole sentences and nothing that its
recipient may not see.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from bren_desktop.domain.dutch import long_date
from bren_desktop.domain.letter_texts import HEADINGS, phrase
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


class LetterRequest(BaseModel):
    """What somebody fills in for one letter. What is left out is composed from the case and the expert where it can be.

    `blokken` replaces the text of any block by its name; an empty text leaves the block out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    vragen: Annotated[tuple[Annotated[str, Field(max_length=2000)], ...], BeforeValidator(_questions)] = ()
    niet_gevraagd: Text = ""
    aanleiding: Text = ""
    waarom_deze_expert: Text = ""
    inzetvorm: Annotated[Line, BeforeValidator(_form_of_help)] = ""
    uren: Annotated[Line, BeforeValidator(_hours)] = ""
    termijn: Annotated[Line, BeforeValidator(_term)] = ""
    identificerend: Flag = False
    strafrechtelijk_opnemen: Flag = False
    strafrechtelijk_reden: Text = ""
    uw_kenmerk: Line = ""
    bijlagen: Items = ()
    blokken: dict[str, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _with_reason_and_known_blocks(self) -> Self:
        if self.strafrechtelijk_opnemen and not self.strafrechtelijk_reden:
            raise PydanticCustomError("veld", "Noem de reden om strafrechtelijke gegevens op te nemen.")
        if not set(self.blokken) <= set(EDITABLE):
            raise PydanticCustomError("veld", "Een van de blokken bestaat niet in deze brief.")
        _questions(self.blokken.get("vragen"))
        return self


def parse_request(raw: object) -> LetterRequest:
    """The request in parsed JSON. Raises InvalidInputError with the field and the reason, never the value."""
    try:
        return LetterRequest.model_validate({} if raw is None else raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])[:_LONGEST_KEY] if first["loc"] else ""
        template = "{veld}: {reden}" if field else "De brief kan zo niet worden gemaakt. {reden}"
        raise InvalidInputError(template, field=field, veld=field, reden=dutch_reason(first)) from None


ADDRESS, REFERENCE = "adresblok", "referentie"
MANDATORY = frozenset(
    {ADDRESS, REFERENCE, "aanleiding", "vragen", "waarom_deze_expert", "schets", "knelpunten", "inzet", "toestemming"}
)
EDITABLE = tuple(name for name in HEADINGS if name not in (ADDRESS, REFERENCE))


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the letter: running `text` or a list of `items`. `gap` names what is still to be filled in."""

    name: str
    text: str = ""
    items: tuple[str, ...] = ()
    numbered: bool = False
    gap: str = ""

    @property
    def heading(self) -> str:
        return HEADINGS[self.name]

    @property
    def mandatory(self) -> bool:
        return self.name in MANDATORY

    @property
    def plain(self) -> str:
        """The content as text to edit: the items a line each."""
        return "\n".join(self.items) if self.items else self.text


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to be laid out. `concept` until somebody releases it; `case` and `expert` are entities."""

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

    @property
    def concept(self) -> bool:
        return not self.released_by

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the mandatory blocks that are empty or incomplete, in the order of the letter."""
        first = [] if self.recipient else [ADDRESS]
        return (*first, *(block.name for block in self.blocks if block.mandatory and block.gap))

    @property
    def subject(self) -> str:
        return phrase("betreft", kenmerk=self.kenmerk)

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
            ("Bijlage(n)", ", ".join(self.enclosures)),
        )
        return tuple(row for row in rows if row[1])


def missing_headings(names: tuple[str, ...]) -> tuple[str, ...]:
    """The Dutch headings of blocks by name."""
    return tuple(HEADINGS[name] for name in names)


def content(letter: Letter) -> Mapping[str, Any]:
    """What is kept with the filed document: everything that the letter says, as plain JSON values."""
    return {**asdict(letter), "date": letter.date.isoformat()}
