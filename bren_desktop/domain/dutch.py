"""Dutch as letters write it: dates, ages, lists of words, sentences, and shortening at the end of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

CUT_MARK, SHEET_MARK = "… [ingekort]", "… zie dossier"
"""What stands where text was left out: for who has only this paper, and for who has the file beside it."""

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[.!?…][\"”’)])\s+|\n+")


def long_date(day: date) -> str:
    """`22 november 2026`, as in letters."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """`22-11-2026`, as in tables."""
    return f"{day:%d-%m-%Y}"


def counted(count: int) -> str:
    """A number as `10.400`."""
    return f"{count:,}".replace(",", ".")


def euros(amount: int) -> str:
    """`€ 12.500,00`."""
    return f"€ {counted(amount)},00"


def listing(words: Sequence[str]) -> str:
    """`a, b en c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} en {words[-1]}"


def capitalised(text: str) -> str:
    """`text` with a capital at its start; the rest is left alone."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """`text` with a capital and a full stop, where it has neither; empty stays empty."""
    stripped = text.strip()
    if not stripped:
        return ""
    return capitalised(stripped if stripped[-1] in ".!?…" else f"{stripped}.")


def first_sentences(text: str, count: int) -> str:
    """The first `count` sentences of `text`, on one line."""
    return " ".join(_sentences(text)[:count])


def asked_in(text: str) -> str:
    """The first question in `text`, on one line; where it asks nothing, its first sentence."""
    said = _sentences(text)
    return next((each for each in said if each.rstrip("\"'”’)").endswith("?")), "".join(said[:1]))


def _sentences(text: str) -> list[str]:
    """The sentences of a text, each on one line; of a text of many pages those of the first."""
    parts = (" ".join(part.split()) for part in _SENTENCE_END.split(text[:20_000]))
    return [part for part in parts if part]


def shortened(text: str, limit: int, mark: str = CUT_MARK) -> str:
    """`text` of at most `limit` characters plus the mark, cut at the end of a sentence or else of a word."""
    if len(text) <= limit:
        return text
    text = text.removesuffix(mark).rstrip()
    if len(text) <= limit:
        return f"{text} {mark}"
    ends = [found.start() for found in _SENTENCE_END.finditer(text[: limit + 1])]
    if ends and ends[-1] > limit // 4:
        return f"{text[: ends[-1]].rstrip()} {mark}"
    head, space, _ = text[:limit].rpartition(" ")
    kept = head if space and len(head) > limit // 2 else text[:limit]
    return f"{kept.rstrip()} {mark}".lstrip()
