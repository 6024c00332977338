"""`bren consent`: what a network may check without a screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Bren = Callable[..., Any]
CASE = {"id": "c1", "omschrijving": "Woont thuis.", "geboortedatum": "2016-05-01", "gezag": "beide ouders"}
GIVEN = {
    "doelen": ["TD-A", "consult door een pareltje"],
    "gevers": ["TG-OUDER1", "TG-OUDER2"],
    "gegeven_op": "2026-01-10",
    "vorm": "schriftelijk",
}


@pytest.fixture
def case(bren: Bren, tmp_path: Path) -> str:
    bren("init", "--team", "HGL", "--name", "Vera", "--role", "voorzitter")
    return str(bren("case", "new", "--file", written(tmp_path / "case.json", CASE)).value["id"])


def written(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return path


def states(bren: Bren, case: str) -> dict[str, str]:
    return {each["doel"]: each["stand"] for each in bren("consent", case, "list").value["doelen"]}


def test_a_consent_is_recorded_listed_and_withdrawn(bren: Bren, tmp_path: Path, case: str) -> None:
    until = {"geldig_tot": "2030-01-01", "langer_reden": "Het onderzoek duurt drie jaar."}
    added = bren("consent", case, "add", "--file", written(tmp_path / "f.json", {**GIVEN, **until}))
    assert [(each["doel"], each["mag"]) for each in added.value["doelen"]] == [("TD-A", True), ("TD-C", True)]
    assert states(bren, case)["TD-C"] == "geldig"
    [listed] = bren("consent", case, "list").value["toestemmingen"]
    assert (listed["vastgelegd_door"], listed["geldig_vandaag"]) == ("Vera", True)

    bren("consent", case, "withdraw", listed["id"], "--by", "moeder")
    assert states(bren, case)["TD-C"] == "ingetrokken"
    assert bren("consent", case, "list").value["doelen"][2]["uitleg"].startswith("De toestemming is ingetrokken op")
    assert bren("consent", case, "withdraw", "onzin", "--by", "moeder").code == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"gegeven_op": "2199-01-01"}, "ligt in de toekomst"),
        ({"gevers": ["oma"]}, "Gegeven door: Kies een waarde uit de lijst"),
        ({"gevers": ["TG-JEUGD"]}, "niet komen van: jeugdige"),
        ({"doelen": ["TD-Z"]}, "Waarvoor: Kies een waarde uit de lijst"),
        ({"geldig_tot": "2029-01-01"}, "langer dan twaalf maanden"),
        ({"vorm": ""}, "in welke vorm"),
        ({"gegeven_op": "morgen"}, "geen bestaande datum"),
        ({"geheim": "x"}, "geheim: Dit veld is hier niet bekend"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    bren: Bren, tmp_path: Path, case: str, change: dict[str, object], words: str
) -> None:
    answer = bren("consent", case, "add", "--file", written(tmp_path / "f.json", {**GIVEN, **change}))
    assert (answer.code, answer.out) == (1, "")
    assert words in answer.err
    assert bren("consent", case, "list").value["toestemmingen"] == []


def test_an_export_for_a_purpose_holds_only_what_may_be_shared_for_it(bren: Bren, tmp_path: Path, case: str) -> None:
    bren("case", "new", "--file", written(tmp_path / "other.json", {**CASE, "id": "c2"}))
    research = {**GIVEN, "doelen": ["TD-D"], "geldig_tot": "2030-01-01", "langer_reden": "Het duurt drie jaar."}
    bren("consent", case, "add", "--file", written(tmp_path / "f.json", research))
    answer = bren("export", "cases", tmp_path / "uit.jsonl", "--purpose", "TD-D")
    assert (answer.value["exported"], answer.value["left_out"]) == (1, 1)
    [row] = [json.loads(line) for line in (tmp_path / "uit.jsonl").read_text("utf-8").splitlines()]
    assert row["id"] == "c1"
    assert bren("export", "experts", tmp_path / "uit2.jsonl", "--purpose", "TD-D").code == 1
