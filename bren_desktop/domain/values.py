"""Types of values that come from people and files: bounded, normalised, and refused with a clear sentence."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from bren_desktop.domain.vocabulary import vocabulary

LONGEST_TEXT = 200_000
"""Characters in one field; a longer paste is refused with a sentence, never cut."""
LONGEST_LINE = 500
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""A date outside these is a typing error; nothing in the program has to reckon with it."""
OLDEST = 27
"""Ages run from 0 up to and including this (requirements 0.6)."""

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udfff]"
    r"|[\u202a-\u202e\u2066-\u2069]"
    r"|[\xad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Signs of control, those that make a line read otherwise than it is written, and those that nobody sees."""
_LATIN = r"\x00-\u036f\u1e00-\u1eff"
_JOINERS = re.compile(rf"(?<![^{_LATIN}])[\u200c\u200d]+|[\u200c\u200d]+(?![^{_LATIN}])")
"""Signs that join or part letters of other scripts and parts of an emoji; beside our letters they only hide a word."""
_MARKS = re.compile(r"[\u061c\u200e\u200f]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""The letters that marks of direction are for."""
_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})[-/.](?P<m2>\d{1,2})[-/.](?P<y2>\d{4})")
_TIME = re.compile(r"[T ](?:00:00|(?:0?[3-9]|1\d|2[01]):[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?$")
"""A time of day behind a date. One around midnight may be another day where the clock of the other system is ours."""
_TRUE, _FALSE = {"ja", "j", "true", "waar", "1", "yes"}, {"nee", "n", "false", "onwaar", "0", "no"}


def clean_text(value: object) -> object:
    """Text in NFC with newlines as line ends, without signs that nobody sees; other values as they are."""
    if not isinstance(value, str):
        return value
    text = _composed(value)
    if not text.isprintable():
        text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        text = text if text.isascii() else _without_idle_signs(_composed(text))
    return text.strip()


def _without_idle_signs(text: str) -> str:
    """`text` without what joins letters or turns a line where it does neither."""
    marked = text if _RIGHT_TO_LEFT.search(text) else _MARKS.sub("", text)
    return _composed(_JOINERS.sub("", marked))


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _line(value: object) -> object:
    if isinstance(value, bool | int | float):
        value = str(value)
    text = clean_text("" if value is None else value)
    return " ".join(text.split()) if isinstance(text, str) else text


def _lines_apart(value: object) -> object:
    return "; ".join(filter(None, map(str.strip, value.splitlines()))) if isinstance(value, str) else value


def _block(value: object) -> object:
    return clean_text("" if value is None else value)


def parse_day(value: object) -> object:
    """A date from `2011-03-04`, `4-3-2011`, `04/03/2011` or a date; empty is None. Impossible dates are refused."""
    if value is None or value == "":
        return None
    day = date(value.year, value.month, value.day) if isinstance(value, date) else _read_day(str(value).strip())
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError(
            "datum", f"Dit jaartal kan niet kloppen. Gebruik een datum van {FIRST_YEAR} tot en met {LAST_YEAR}."
        )
    return day


def _read_day(text: str) -> date:
    found = _DAY.fullmatch(_TIME.sub("", text))
    if found:
        parts = found.groupdict()
        try:
            return date(int(parts["y"] or parts["y2"]), int(parts["m"] or parts["m2"]), int(parts["d"] or parts["d2"]))
        except ValueError:
            pass
    raise PydanticCustomError("datum", "Dit is geen bestaande datum. Gebruik bijvoorbeeld 22-11-2026.")


def _yes_no(value: object) -> object:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        word = value.strip().casefold()
        if word in _TRUE or word in _FALSE:
            return word in _TRUE
    return value


def _number(value: object) -> object:
    if isinstance(value, bool):
        raise PydanticCustomError("veld", "Dit moet een heel getal zijn.")
    return None if isinstance(value, str) and not value.strip() else value


def _words(value: object) -> object:
    if value is None or value == "":
        return ()
    items = re.split(r"[|;]", value) if isinstance(value, str) else value
    if not isinstance(items, list | tuple | set | frozenset):
        return items
    cleaned = [_line(item) for item in items]
    if not all(isinstance(item, str) for item in cleaned):
        return tuple(items)
    return tuple(dict.fromkeys(item for item in cleaned if item))


Line = Annotated[str, Field(max_length=LONGEST_LINE), BeforeValidator(_line)]
"""One line of text; white space folded; empty when absent."""
Named = Annotated[Line, BeforeValidator(_lines_apart)]
"""Who something is for; names that were pasted below each other stay apart, so that it shows that they are several."""
Text = Annotated[str, Field(max_length=LONGEST_TEXT), BeforeValidator(_block)]
"""Running text over several lines; empty when absent."""
Day = Annotated[date | None, BeforeValidator(parse_day)]
"""A date, or None."""
YesNo = Annotated[bool | None, BeforeValidator(_yes_no)]
"""Yes, no, or not known (None)."""
Whole = Annotated[Annotated[int, Field(ge=0, le=100_000)] | None, BeforeValidator(_number)]
"""A whole number from 0, or None."""
Age = Annotated[Annotated[int, Field(ge=0, le=OLDEST)] | None, BeforeValidator(_number)]
"""Years of age, or None."""
Words = Annotated[tuple[Annotated[str, Field(max_length=LONGEST_LINE)], ...], BeforeValidator(_words)]
"""Codes or words, each once, in the order given; read from a list or from text joined by `|` or `;`."""


def entry_day(info: ValidationInfo) -> date | None:
    """The day on which a record is being entered, or None where it is only read back.

    Rules over several fields hold at the door; what is in the store already, merged or grown older, is shown as it is.
    """
    day = (info.context or {}).get("today")
    return day if isinstance(day, date) else None


def coded(value: object, name: str) -> tuple[str, str]:
    """The code in list `name` for what somebody wrote, and the text itself where it is still to be coded."""
    text = str(value).strip()
    code = vocabulary(name).find(text)
    return (code, "") if code else (text, text)


def dutch_reason(error: dict[str, Any] | Any) -> str:
    """The Dutch sentence for one error of pydantic's `errors()`. It never repeats the value."""
    sentences = {
        "string_too_long": "De tekst is te lang: ten hoogste {max_length} tekens.",
        "int_parsing": "Dit moet een heel getal zijn.",
        "int_parsing_size": "Dit moet een heel getal zijn.",
        "finite_number": "Dit moet een heel getal zijn.",
        "int_type": "Dit moet een heel getal zijn.",
        "int_from_float": "Dit moet een heel getal zijn.",
        "greater_than_equal": "Het getal moet {ge} of hoger zijn.",
        "less_than_equal": "Het getal mag niet hoger zijn dan {le}.",
        "bool_parsing": "Vul ja of nee in.",
        "bool_type": "Vul ja of nee in.",
        "string_type": "Dit moet tekst zijn.",
        "tuple_type": "Dit moet een lijst zijn.",
        "list_type": "Dit moet een lijst zijn.",
        "too_long": "De lijst is te lang: ten hoogste {max_length}.",
        "missing": "Dit veld is verplicht.",
        "extra_forbidden": "Dit veld is hier niet bekend.",
    }
    if error["type"] in ("datum", "veld"):
        return str(error["msg"])
    return sentences.get(error["type"], "Deze waarde past hier niet.").format(**error.get("ctx", {}))
