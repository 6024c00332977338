"""`bren worklist`: what waits, for people, for scripts and for a calendar; never with a name."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

Bren = Callable[..., Any]
_TODAY = date.today()  # noqa: DTZ011 - the command goes by the date of this computer too


@pytest.fixture
def number(bren: Bren, tmp_path: Path) -> str:
    """The number of a case that came in three weeks ago, in the profile of a secretaris."""
    assert bren("init", "--team", "JZ24", "--name", "Anouk", "--role", "secretaris").code == 0
    case = {
        "roepnaam": "Zonnedauw",
        "achternaam": "Berkenbos",
        "geboortedatum": (_TODAY.replace(day=1) - timedelta(days=12 * 365)).isoformat(),
        "omschrijving": "Verzonnen.",
        "datum_aanmelding": (_TODAY - timedelta(days=21)).isoformat(),
        "verwijzer": "VW-GI",
        "verwijzer_naam": "Mw. Verzonnen",
        "hulpvraag": "Wie denkt mee?",
        "vastloopredenen": ["VR-1"],
        "toestemming_status": "TS-JA",
        "regio": "JZ24",
    }
    (tmp_path / "casus.json").write_text(json.dumps(case), "utf-8")
    answer = bren("case", "new", "--file", tmp_path / "casus.json", "--json")
    return str(answer.value["nummer"])


def test_it_lists_what_is_due_by_code_and_number(bren: Bren, number: str) -> None:
    answer = bren("worklist", "--json")
    assert answer.code == 0
    assert [(each["code"], each["case"], each["section"]) for each in answer.value] == [
        ("TM-ONTVANGST", number, "late"),
        ("TM-TRIAGE", number, "late"),
    ]
    assert all(date.fromisoformat(each["due"]) < _TODAY for each in answer.value)
    assert "Berkenbos" not in answer.out


def test_a_calendar_holds_numbers_and_days_only(bren: Bren, number: str, tmp_path: Path) -> None:
    target = tmp_path / "termijnen.ics"
    answer = bren("worklist", "--ics", target, "--json")
    assert answer.value == {"path": str(target.resolve()), "deadlines": 2}
    events = Calendar.from_ical(target.read_bytes()).events
    assert {str(each["SUMMARY"]) for each in events} == {f"Ontvangstbevestiging · {number}", f"Triage · {number}"}
    text = target.read_text("utf-8")
    assert not any(word in text for word in ("Zonnedauw", "Berkenbos", "Verzonnen", "DESCRIPTION"))
    again = tmp_path / "again.ics"
    bren("worklist", "--ics", again)
    uids = [{str(each["UID"]) for each in Calendar.from_ical(file.read_bytes()).events} for file in (target, again)]
    assert uids[0] == uids[1]


def test_a_calendar_that_cannot_be_written_says_so(bren: Bren, number: str, tmp_path: Path) -> None:
    answer = bren("worklist", "--ics", tmp_path / "geen" / "map.ics")
    assert answer.code == 1
    assert answer.err.strip()
