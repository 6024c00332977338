"""Dates as people type them between two phone calls: `3-4`, `morgen`, `+14d`, `22-11-2026`, `ma`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from bren_desktop.domain.ages import birthday
from bren_desktop.domain.dutch import MONTHS
from bren_desktop.domain.values import parse_day

_NAMED = {"vandaag": 0, "v": 0, "morgen": 1, "m": 1, "overmorgen": 2, "gisteren": -1, "g": -1, "eergisteren": -2}
_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_SHORT_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_STEP = re.compile(r"(?P<sign>[+-])\s*(?P<n>\d{1,4})\s*(?P<unit>[dwmj]?)")
_SHORT = re.compile(r"(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})(?:[-/. ](?P<y>\d{2}))?")
_DIGITS = re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4}|\d{2})")
_AGO = frozenset({"vandaag", "gisteren", "eergisteren"})
_MONTH = re.compile(r"(?P<month>[a-z]{3,9})\.?(?: (?P<y>\d{4}))?")
_HALF_A_YEAR = timedelta(days=182)
"""What is nearest to half a year ago lies in the year up to today."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORDED = re.compile(r"(?P<d>\d{1,2})[- ](?P<month>[a-z]{3,9})\.?(?:[- ](?P<y>\d{4}))?")


def understood(text: str, today: date) -> str:
    """The ISO date that `text` means, or `text` itself where it means none: parsing it then says so."""
    word = " ".join(text.casefold().split())
    found = _relative(word, today) or _written(word, today)
    if found is None and word:
        try:
            found = _plain(word)
        except ValueError:
            return text
    return found.isoformat() if found else text


def span_in(text: str, today: date) -> tuple[date, date] | None:
    """The first and last day of the day, month (`maart`, `mrt 2026`) or year that `text` names.

    Without a year it is the last one: what is looked for has been.
    """
    word = " ".join(text.casefold().split())
    day = _relative(word, today) if word in _AGO else _day_in(word, today - _HALF_A_YEAR)
    if day:
        return day, day
    if _YEAR.fullmatch(word):
        return date(int(word), 1, 1), date(int(word), 12, 31)
    found = _MONTH.fullmatch(word)
    named = next((n for n, name in enumerate(MONTHS, 1) if found and _is_named(found, name)), 0)
    first = _dated(1, named, found["y"], today - _HALF_A_YEAR) if found and named else None
    return (first, first.replace(day=monthrange(first.year, first.month)[1])) if first else None


def _day_in(word: str, today: date) -> date | None:
    try:
        return _written(word, today) or _plain(word)
    except ValueError:
        return None


def shown(raw: str) -> str:
    """An ISO date as people read it, `22-11-2026`; anything else as it is."""
    try:
        return date.fromisoformat(raw).strftime("%d-%m-%Y")
    except ValueError:
        return raw


def _relative(word: str, today: date) -> date | None:
    if word in _NAMED:
        return today + timedelta(days=_NAMED[word])
    if len(word) >= 2 and word.isalpha():
        for number, name in enumerate(_WEEKDAYS):
            if name.startswith(word):
                return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    step = _STEP.fullmatch(word)
    return _stepped(step, today) if step else None


def _stepped(step: re.Match[str], today: date) -> date | None:
    count = int(step["sign"] + step["n"])
    try:
        if step["unit"] == "m":
            year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
            return _last_possible(year, month + 1, today.day)
        if step["unit"] == "j":
            return birthday(today, count)
        return today + timedelta(days=count * 7 if step["unit"] == "w" else count)
    except (OverflowError, ValueError):
        return None


def _last_possible(year: int, month: int, day: int) -> date:
    """The day, or the last day of a shorter month."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            if day <= 28:
                raise
            day -= 1


def _written(word: str, today: date) -> date | None:
    named = _WORDED.fullmatch(word)
    if named:
        month = next((n for n, name in enumerate(_SHORT_MONTHS, 1) if _is_month(named["month"], name)), 0)
        return _dated(int(named["d"]), month, named["y"], today)
    found = _SHORT.fullmatch(word) or _DIGITS.fullmatch(word)
    return _dated(int(found["d"]), int(found["m"]), found["y"], today) if found else None


def _is_month(word: str, name: str) -> bool:
    return word.startswith((name, "maart" if name == "mrt" else name))


def _is_named(found: re.Match[str], name: str) -> bool:
    """Whether a month is meant; without a year by its whole name only, for `jan` may be somebody."""
    if not found["y"]:
        return found["month"] == name
    return _is_month(found["month"], _SHORT_MONTHS[MONTHS.index(name)])


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    """The date; without a year the nearest such day, with two digits of a year one that has been or is near."""
    try:
        if year and len(year) == 4:
            return date(int(year), month, day)
        if year:
            full = today.year // 100 * 100 + int(year)
            return date(full if full <= today.year + 10 else full - 100, month, day)
        near = [_in_year(today.year + step, month, day) for step in (-1, 0, 1)]
        return min((found for found in near if found), key=lambda found: abs(found - today), default=None)
    except ValueError:
        return None


def _in_year(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _plain(word: str) -> date | None:
    found = parse_day(word)
    return found if isinstance(found, date) else None
