"""A calendar file (RFC 5545) of whole days, as Outlook and others take in.

Written by hand: the library for it brings 6 MB of time zones, which whole days have no use for (decision 0014).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bren_desktop.exchange.target import writing
from bren_desktop.services.calendar import Appointment

_LONGEST_LINE = 75
"""In bytes, without the end of the line."""
_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r": ""})


def write_calendar(path: Path, appointments: Sequence[Appointment], now_ms: int) -> None:
    """Write these appointments to `path`, all or nothing."""
    with writing(path) as file:
        file.write(calendar_file(appointments, now_ms))


def calendar_file(appointments: Sequence[Appointment], now_ms: int) -> bytes:
    """The bytes of the file, made at `now_ms`."""
    stamp = f"{datetime.fromtimestamp(now_ms / 1000, tz=UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//BREN Desktop//NL", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for each in appointments:
        lines += _event(each, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(b"\r\n ".join(_folded(line)) + b"\r\n" for line in lines)


def _event(appointment: Appointment, stamp: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{appointment.uid.translate(_ESCAPED)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{appointment.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{appointment.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{appointment.summary.translate(_ESCAPED)}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _folded(line: str) -> Iterator[bytes]:
    """The parts of a line, each short enough with the space that a part after the first begins with."""
    part, room = b"", _LONGEST_LINE
    for character in line:
        encoded = character.encode()
        if len(part) + len(encoded) > room:
            yield part
            part, room = b"", _LONGEST_LINE - 1
        part += encoded
    yield part
