"""From what people and spreadsheets write to codes; what no list knows is kept apart, to be coded by a person."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from hashlib import blake2b

from bren_desktop.domain.values import LONGEST_LINE, clean_text
from bren_desktop.domain.vocabulary import CONCEPTS, TO_CODE, folded, vocabulary

_TO_CODE_LABEL = folded("overig, te coderen")
_CONCEPT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""The id of a concept: another network may know it."""


def line(value: object) -> str:
    """`value` as one clean line; empty for None."""
    text = clean_text("" if value is None else str(value))
    return " ".join(str(text).split())


def stable_id(*parts: str) -> str:
    """An id that equal parts always get: 26 characters, as long as a random one."""
    return blake2b("\x1f".join(parts).encode(errors="replace"), digest_size=13).hexdigest()


def code_for(name: str, text: str) -> str | None:
    """The code that `text` means in list `name`, or None. A text longer than any label means nothing."""
    return _code_for(name, text) if len(text) <= LONGEST_LINE else None


@lru_cache(maxsize=16_384)
def _code_for(name: str, text: str) -> str | None:
    if text == TO_CODE:
        return TO_CODE
    found = vocabulary(name).find(text)
    if not found and name == CONCEPTS and _CONCEPT.fullmatch(text):
        return text
    return found or (TO_CODE if folded(text) == _TO_CODE_LABEL else None)


def pieces(value: object) -> object:
    """The elements of a list as a file gives it: a list, JSON of a list, or text joined by `|`, `;` or line ends."""
    if isinstance(value, str):
        parsed = json_in(value) if value.lstrip().startswith("[") else None
        return parsed if isinstance(parsed, list) else re.split(r"[|;\r\n]", value)
    return value


def json_in(text: str) -> object:
    """What the JSON in `text` holds, or None where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def codes_for(name: str, text: str) -> tuple[str, ...]:
    """The codes that `text` means in list `name`: one, or several behind commas if each is known; else none."""
    code = code_for(name, text)
    if code:
        return (code,)
    codes = [code_for(name, part.strip()) for part in text.split(",")] if "," in text else []
    return tuple(code for code in codes if code) if codes and all(codes) else ()


def known_place(text: str) -> str | None:
    """The gemeente that `text` means, spelt as the lists spell it, or None."""
    return _places().get(folded(text)) if len(text) <= LONGEST_LINE else None


@cache
def _places() -> Mapping[str, str]:
    regions: Iterable[str] = (place for term in vocabulary("jeugdregios") for place in term.extra["gemeenten"])
    return {folded(place): place for place in regions}
