"""The clock cases stand as they were worked out by hand, before the clocks: nobody mends them to suit the code."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DATES = {"van", "tot", "geboortedatum", "start", "vergadering"}
RULES = {
    "agenda_en_set",
    "plus_maanden",
    "vergadercadans",
    "verjaardag",
    "werkdagen_na",
    "werkdagen_na_met_pauze",
}


def _cases() -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))
    return cases


def _dates(value: object) -> list[str]:
    """Every date of an input: by its key, also within the pauses."""
    if isinstance(value, list):
        return [found for each in value for found in _dates(each)]
    if not isinstance(value, dict):
        return []
    return [each for key, each in value.items() if key in DATES] + _dates(list(value.values()))


def test_the_cases_are_the_frozen_cases() -> None:
    digest = hashlib.sha256((HERE / "cases.json").read_bytes()).hexdigest()
    assert (HERE / "FROZEN.sha256").read_text(encoding="ascii") == f"{digest}  cases.json\n"


def test_each_case_has_its_own_id_and_its_working() -> None:
    cases = _cases()
    assert all(list(case) == ["id", "rule", "input", "result", "why"] and case["why"] for case in cases)
    assert len({case["id"] for case in cases}) == len(cases) >= 75


def test_every_rule_has_ten_cases() -> None:
    counts = Counter(case["rule"] for case in _cases())
    assert counts.keys() == RULES
    assert min(counts.values()) >= 10


def test_dates_are_iso() -> None:
    for case in _cases():
        result = case["result"] if isinstance(case["result"], list) else [case["result"]]
        assert result
        for text in result + _dates(case["input"]):
            assert date.fromisoformat(text).isoformat() == text, case["id"]
