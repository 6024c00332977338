"""`bren request`: a copy of a file, and its destruction, without a screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from bren_desktop.domain.clocks.months import plus_months
from bren_desktop.domain.requests import Request
from bren_desktop.services.file_copies import FileCopies
from bren_desktop.wiring import Profile

Bren = Callable[..., Any]
CASE = {
    "id": "c1",
    "omschrijving": "Woont thuis, bij Wilhelmus Krekelveld.",
    "betrokkenen": [{"naam": "Wilhelmus Krekelveld", "relatie": "stiefvader"}],
}


@pytest.fixture
def case(founded: Bren, tmp_path: Path) -> str:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE), "utf-8")
    return str(founded("case", "new", "--file", path).value["id"])


def test_a_copy_is_two_files_and_says_that_nobody_read_it(
    founded: Bren, tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = founded("request", case, "inzage", "--out", tmp_path)
    assert answer.code == 0
    assert answer.value["doorgelezen_door"] is None
    assert answer.value["let_op"].startswith("Niemand heeft deze kopie doorgelezen")
    pdf, written = (Path(path) for path in answer.value["bestanden"])
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert "Woont thuis" in text
    assert "Krekelveld" not in text + written.read_text("utf-8")
    assert json.loads(written.read_text("utf-8"))["formaat"] == "bren-inzage"

    monkeypatch.delattr(FileCopies, "make")
    again = founded("request", case, "inzage", "--out", tmp_path)
    assert (again.code, again.out) == (1, "")
    assert "Er staat al een bestand" in again.err, "and no copy was made or logged"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("request", "c1", "inzage", "--out", "nergens"), "bestaat niet"),
        (("request", "onbekend", "inzage", "--out", "."), "Controleer het nummer"),
        (("request", "onbekend", "vernietig", "--out", "."), "Controleer het nummer"),
        (("request", "c1", "vernietig", "--out", "."), "doet nog niet mee aan een netwerk"),
        (("request", "c1", "verleng", "--reason", "Veel", "--how", "brief"), "geen verzoek waarvan de termijn"),
        (("request", "c1", "verleng", "--reason", "Veel", "--how", "duif"), "Kies een waarde uit de lijst"),
        (("request", "c1", "verleng", "--reason", "Veel", "--how", "brief", "--request", "x"), "dit kenmerk"),
    ],
)
@pytest.mark.usefixtures("case")
def test_what_cannot_be_is_refused_with_a_sentence(
    founded: Bren, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    answer = founded(*words)
    assert (answer.code, answer.out) == (1, "")
    assert told in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_term_is_extended(founded: Bren, tmp_path: Path, case: str, passphrase_file: Path) -> None:
    workspace = Profile(tmp_path / "profile").unlock(passphrase_file.read_text("utf-8").strip())
    actor, today = workspace.actor, workspace.context.today()
    asked = Request(soort="VZ-INZ", door="Sam", ontvangen_op=today)
    entity = workspace.cases.open(actor, case).entity
    names = [workspace.requests.add(actor, entity, asked) for _ in range(2)]
    workspace.lock()
    words = ("request", case, "verleng", "--reason", "Er is veel.", "--how", "brief")
    several = founded(*words)
    assert several.code == 1
    assert all(name in several.err for name in names)
    due = plus_months(today, 3).isoformat()
    assert founded(*words, "--request", names[1]).value == {"id": names[1], "uiterlijk": due}
    assert founded(*words).value == {"id": names[0], "uiterlijk": due}


def test_a_case_that_must_be_kept_stays(founded: Bren, tmp_path: Path, case: str) -> None:
    founded("case", "set", case, "bewaarplicht_reden", "Er loopt een rechtszaak.")
    for words in (("request", case, "vernietig", "--out", tmp_path), ("erase", case)):
        answer = founded(*words)
        assert answer.code == 1
        assert "moet langer worden bewaard" in answer.err
