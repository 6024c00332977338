"""`bren clock`: the hand-made dates through the real command, and one sentence for what cannot be answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Bren = Callable[..., Any]
Question = dict[str, Any]
GOOD: Question = {"id": "goed", "rule": "werkdagen_na", "input": {"van": "2026-11-23", "n": 2}}
PAUSE = {"van": "2026-11-23", "n": 1}


@pytest.fixture
def asked(bren: Bren, tmp_path: Path) -> Callable[[object], Any]:
    """What `bren clock` says to questions, or to the bytes of a file."""

    def ask(questions: object) -> Any:
        path = tmp_path / "vragen.json"
        path.write_bytes(questions if isinstance(questions, bytes) else json.dumps(questions).encode())
        return bren("clock", "--file", path, "--json")

    return ask


def _question(rule: str, **given: object) -> Question:
    return {"id": "vraag-7", "rule": rule, "input": given}


def test_every_hand_made_date_comes_out_of_the_command(bren: Bren, project: Path) -> None:
    path = project / "tests" / "clocks" / "cases.json"
    answer = bren("clock", "--file", path, "--json")
    expected = [{"id": case["id"], "result": case["result"]} for case in json.loads(path.read_text("utf-8"))]
    assert (answer.code, answer.value) == (0, expected)


def test_it_needs_no_profile_and_makes_none(
    asked: Callable[[object], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BREN_PASSPHRASE_FILE")
    assert asked([GOOD]).value == [{"id": "goed", "result": "2026-11-25"}]
    assert not (tmp_path / "profile").exists()


def test_for_people_it_is_indented_as_other_commands_do(bren: Bren, tmp_path: Path) -> None:
    path = tmp_path / "vragen.json"
    path.write_text(json.dumps([GOOD]), "utf-8")
    assert bren("clock", "--file", path).out == '[\n  {\n    "id": "goed",\n    "result": "2026-11-25"\n  }\n]\n'


def test_nothing_asked_is_nothing_answered(asked: Callable[[object], Any]) -> None:
    assert asked([]).value == []
    assert asked([_question("plus_maanden", van="2026-11-22", maanden=[])]).value == [{"id": "vraag-7", "result": []}]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (_question("werkdagen_voor", van="2026-11-23", n=2), ": deze rule is niet bekend"),
        ({"id": "vraag-7", "input": {}}, ": deze rule is niet bekend"),
        ({**GOOD, "id": "vraag-7", "rule": ["werkdagen_na"]}, ": deze rule is niet bekend"),
        ({"id": "vraag-7", "rule": "werkdagen_na"}, ", input: "),
        ({"id": "vraag-7", "rule": "werkdagen_na", "input": [1]}, ", input: "),
        (_question("werkdagen_na", n=2), ", van: Dit veld is verplicht."),
        (_question("werkdagen_na", van="2026-11-23", n=2, goedevrijdag="vrij"), ", goedevrijdag: Dit veld"),
        (_question("werkdagen_na", van="2026-02-29", n=2), ", van: Geef een bestaande datum"),
        (_question("werkdagen_na", van="20261123", n=2), ", van: Geef een bestaande datum"),
        (_question("werkdagen_na", van="2026-11-23T00:00", n=2), ", van: Geef een bestaande datum"),
        (_question("werkdagen_na", van="1899-12-31", n=2), ", van: Geef een bestaande datum"),
        (_question("werkdagen_na", van=20261123, n=2), ", van: Geef een bestaande datum"),
        (_question("werkdagen_na", van=None, n=2), ", van: Geef een bestaande datum"),
        (_question("werkdagen_na", van="2026-11-23", n=-1), ", n: Het getal moet 0 of hoger zijn."),
        (_question("werkdagen_na", van="2026-11-23", n=10**9), ", n: Het getal mag niet hoger zijn dan 5000."),
        (_question("werkdagen_na", van="2026-11-23", n=10**400), ", n: "),
        (_question("werkdagen_na", van="2026-11-23", n=1.5), ", n: Dit moet een heel getal zijn."),
        (_question("werkdagen_na", van="2026-11-23", n=True), ", n: Dit moet een heel getal zijn."),
        (_question("werkdagen_na", van="2026-11-23", n="2"), ", n: Dit moet een heel getal zijn."),
        (_question("werkdagen_na", van="2026-11-23", n=2, bevrijdingsdag=True), ", bevrijdingsdag: Geef"),
        (_question("werkdagen_na", van="2026-11-23", n=2, goede_vrijdag=["vrij"]), ", goede_vrijdag: "),
        (_question("werkdagen_na", van="1950-11-23", n=2), ": De feestdagen zijn bekend van 1966 tot en"),
        (_question("werkdagen_na", van="2100-12-30", n=9), ": De feestdagen zijn bekend van"),
        (_question("werkdagen_na_met_pauze", **PAUSE), ", pauzes: Dit veld is verplicht."),
        (_question("werkdagen_na_met_pauze", **PAUSE, pauzes={}), ", pauzes: Dit moet een lijst zijn."),
        (
            _question("werkdagen_na_met_pauze", **PAUSE, pauzes=[{"van": "2026-11-25", "tot": "2026-11-25"}] * 1001),
            ", pauzes: De lijst is te lang: ten hoogste 1000.",
        ),
        (_question("werkdagen_na_met_pauze", **PAUSE, pauzes=[{"van": "2026-11-24"}]), ", pauzes: Dit veld is"),
        (
            _question("werkdagen_na_met_pauze", **PAUSE, pauzes=[{"van": "2026-11-25", "tot": "2026-11-24"}]),
            ", pauzes: Een pauze eindigt niet voordat zij begint.",
        ),
        (_question("plus_maanden", van="2026-11-23", maanden="6"), ", maanden: Dit moet een heel getal zijn."),
        (_question("plus_maanden", van="2026-11-23", maanden=[6, -6]), ", maanden: "),
        (_question("plus_maanden", van="2026-11-23", maanden=10**6), ", maanden: Het getal mag niet"),
        (_question("verjaardag", geboortedatum="2010-06-15", leeftijd=17.25), ", leeftijd: Geef een hele of"),
        (_question("verjaardag", geboortedatum="2010-06-15", leeftijd=-1), ", leeftijd: Geef een"),
        (_question("verjaardag", geboortedatum="2010-06-15", leeftijd=10**400), ", leeftijd: Geef een"),
        (_question("verjaardag", geboortedatum="2010-06-15", leeftijd="18"), ", leeftijd: Geef een"),
        (_question("verjaardag", geboortedatum="2010-06-15", leeftijd=True), ", leeftijd: Geef een"),
        (_question("verjaardag", geboortedatum="2010-06-15", leeftijd=float("nan")), ", leeftijd: Geef een"),
        (_question("vergadercadans", start="2026-11-24", interval_dagen=0, aantal=3), ", interval_dagen: "),
        (_question("vergadercadans", start="2026-11-24", interval_dagen=14, aantal=0), ", aantal: "),
        (_question("vergadercadans", start="2026-11-24", interval_dagen=14, aantal=10**9), ", aantal: "),
        (_question("vergadercadans", start="2026-11-24", interval_dagen=3660, aantal=1000), ": De feestdagen"),
        (_question("agenda_en_set", vergadering="1966-01-03"), ": De feestdagen zijn bekend van"),
    ],
)
def test_one_bad_question_gives_one_sentence_with_its_id_and_no_answers(
    asked: Callable[[object], Any], question: object, said: str
) -> None:
    answer = asked([GOOD, question])
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"Bij vraag-7{said}")
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({**GOOD}, "Het id goed komt twee keer voor."),
        ({"rule": "werkdagen_na", "input": GOOD["input"]}, "Vraag 2 van het bestand heeft geen bruikbaar id."),
        ({**GOOD, "id": "wis\x1b[2J"}, "Vraag 2 van het bestand heeft geen bruikbaar id."),
        ({**GOOD, "id": 7}, "Vraag 2 van het bestand heeft geen bruikbaar id."),
        ({**GOOD, "id": "x" * 1000}, "Vraag 2 van het bestand heeft geen bruikbaar id."),
        ("vraag", "Vraag 2 van het bestand heeft geen bruikbaar id."),
    ],
)
def test_every_question_has_an_id_of_its_own(asked: Callable[[object], Any], question: object, said: str) -> None:
    answer = asked([GOOD, question])
    assert (answer.code, answer.out) == (1, "")
    assert said in answer.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "geen leesbare JSON"),
        (b"[{", "geen leesbare JSON"),
        (b"[" * 100_000, "geen leesbare JSON"),
        (b"\xff\xfe[]", "geen leesbare JSON"),
        (b'[{"n":' + b"9" * 5000 + b"}]", "geen leesbare JSON"),
        (b"{}", "moet"),
        (b"null", "moet"),
        (b" " * 2_000_001, "te groot"),
        (json.dumps([{**GOOD, "id": str(number)} for number in range(5001)]).encode(), "hooguit 5.000 vragen"),
    ],
    ids=["empty", "cut off", "deep", "UTF-16", "long number", "object", "null", "large", "many"],
)
def test_a_file_that_is_no_list_of_questions_is_refused(
    asked: Callable[[object], Any], content: bytes, said: str
) -> None:
    answer = asked(content)
    assert (answer.code, answer.out) == (1, "")
    assert said in answer.err


def test_a_file_that_is_not_there_is_refused(bren: Bren, tmp_path: Path) -> None:
    assert bren("clock", "--file", tmp_path / "weg.json").code == 1
    assert bren("clock").code == 2
