"""The read log as rows under headers: for a family to read, or with the fields of NEN 7513 for who checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime

from bren_desktop.domain.dutch import short_date
from bren_desktop.services.audit import AuditEvent
from bren_desktop.services.readlog import Sighting

_READABLE = ("Dag", "Tijd", "Wie", "Rol", "Wat", "Waarover", "Hoe vaak", "Laptop", "Noodtoegang")


@dataclass(frozen=True, slots=True)
class LogTable:
    """A table ready for a file or a page."""

    headers: tuple[str, ...]
    rows: tuple[Mapping[str, object], ...]


def readable(seen: Sequence[Sighting]) -> LogTable:
    """Who has seen a case, for who was written about: a line a day, in plain words."""
    return LogTable(_READABLE, tuple(dict(zip(_READABLE, _cells(one), strict=True)) for one in seen))


def normative(events: Sequence[AuditEvent]) -> LogTable:
    """Every event apart, under the names of the norm."""
    headers = tuple(field.name for field in fields(AuditEvent))
    return LogTable(headers, tuple(dict(zip(headers, astuple(event), strict=True)) for event in events))


def hours(seen: Sighting) -> str:
    """When on the day, such as `09.12` or `09.12 – 11.40`."""
    first, last = _clock(seen.first_ms), _clock(seen.last_ms)
    return first if first == last else f"{first} – {last}"


def _cells(one: Sighting) -> tuple[object, ...]:
    who = short_date(one.day), hours(one), one.name, one.role, one.what, one.detail
    return *who, one.times, one.laptop, "ja" if one.emergency else ""


def _clock(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, tz=UTC).astimezone().strftime("%H.%M")
