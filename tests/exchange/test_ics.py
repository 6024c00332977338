"""The calendar file, read back with a library: whole days, hostile text, long lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bren_desktop.exchange.ics import calendar_file, write_calendar
from bren_desktop.services.calendar import Appointment

NOW = 1_795_345_200_000
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\x85"), max_size=200)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def _read(data: bytes) -> list[tuple[str, date, date, str]]:
    events = Calendar.from_ical(data).events
    return [(str(each["UID"]), each.start, each.end, str(each["SUMMARY"])) for each in events]


def test_it_reads_back_as_whole_days(tmp_path: Path) -> None:
    write_calendar(tmp_path / "t.ics", [Appointment("a1", date(2026, 12, 31), "Triage · BREN-HGL-2026-AA0147")], NOW)
    (event,) = _read((tmp_path / "t.ics").read_bytes())
    assert event == ("a1", date(2026, 12, 31), date(2027, 1, 1), "Triage · BREN-HGL-2026-AA0147")


def test_without_deadlines_it_is_an_empty_calendar() -> None:
    assert _read(calendar_file([], NOW)) == []


@given(st.lists(st.tuples(st.uuids().map(str), DAYS, TEXTS), max_size=5))
def test_whatever_stands_in_it_comes_back_and_no_line_is_too_long(found: list[tuple[str, date, str]]) -> None:
    data = calendar_file([Appointment(*each) for each in found], NOW)
    assert [(uid, day, text) for uid, day, _, text in _read(data)] == found
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.endswith(b"END:VCALENDAR\r\n")


def test_text_adds_no_lines_of_its_own() -> None:
    hostile = "Triage\r\nATTENDEE:mailto:x@example.test\nEND:VEVENT; a, b\\"
    (event,) = _read(calendar_file([Appointment("u", date(2026, 1, 1), hostile)], NOW))
    assert event[3] == hostile.replace("\r", "")
