"""Every command of `bren`, through the door that scripts use: words in; JSON, a sentence and an exit code out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from bren_desktop import __version__

Bren = Callable[..., Any]

EXPERT = {
    "id": "e1",
    "naam": "Dr. A. Zandstorm",
    "functie": "kinder- en jeugdpsychiater",
    "organisatie": "De Lage Boog",
    "soort": "pareltje",
    "regio": "JZ24",
    "expertise": ["EX-EET"],
    "domeinen": ["DM-JGGZ"],
    "leeftijd_van": 12,
    "leeftijd_tot": 23,
    "beschikbaarheid": "direct",
    "uren_per_maand": 8,
    "raamovereenkomst": True,
    "talen": ["Nederlands"],
    "profiel": "Behandelt ernstige eetstoornissen.",
    "adres": "Dorpsweg 1, 1234 SS Nergenshuizen",
}
CASE = {
    "id": "c1",
    "regio": "Haaglanden",
    "gemeente": "Delft",
    "roepnaam": "Noor",
    "achternaam": "Lindewater",
    "geboortedatum": "2010-02-03",
    "hulpvraag": "Noor eet bijna niets meer en valt af.",
    "omschrijving": "Noor woont bij haar moeder.",
    "knelpunten": ["KP-SGGZ"],
    "domeinen": ["DM-JGGZ"],
}
LETTER = {
    "vragen": ["Welke behandeling past nu?"],
    "inzetvorm": "telefonisch consult",
    "uren": 4,
    "termijn": "2026-12-15",
}


def written(path: Path, *values: object) -> Path:
    path.write_text("\n".join(json.dumps(value, ensure_ascii=False) for value in values), "utf-8")
    return path


@pytest.fixture
def filled(founded: Bren, tmp_path: Path) -> Bren:
    """A profile with one expert and one case."""
    assert founded("import", "experts", written(tmp_path / "e.jsonl", EXPERT)).code == 0
    assert founded("case", "new", "--file", written(tmp_path / "c.json", CASE)).code == 0
    return founded


def test_init_shows_the_recovery_code_once(bren: Bren, tmp_path: Path) -> None:
    answer = bren("init", "--team", "JZ24", "--name", "Robin", "--role", "secretaris", "--json")
    assert answer.code == 0
    assert answer.value["profile"] == str(tmp_path / "profile")
    assert len(answer.value["recovery_code"].split("-")) == 9
    assert answer.value["keyring"]["usable"] is False
    assert answer.out.count("\n") == 1
    again = bren("init", "--team", "JZ24", "--name", "Robin", "--role", "secretaris")
    assert (again.code, again.out) == (1, "")
    assert "al een profiel" in again.err


def test_doctor_says_locked_without_a_passphrase_and_checks_with_one(
    founded: Bren, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert founded("doctor").value["store"] == "ok"
    assert founded("doctor").value["integrity"] == []
    monkeypatch.delenv("BREN_PASSPHRASE_FILE")
    answer = founded("doctor", "--json")
    assert (answer.code, answer.value["store"]) == (0, "locked")


def test_a_case_is_made_shown_and_changed(filled: Bren) -> None:
    shown = filled("case", "show", "c1").value
    assert {key: shown[key] for key in CASE} == {**CASE, "regio": "JZ24"}
    assert filled("case", "set", "c1", "knelpunten", '["Wlz", "KP-SGGZ"]').code == 0
    assert filled("case", "set", "c1", "urgentie", "spoed").code == 0
    unlisted = filled("case", "set", "c1", "besproken_in", "het kerstoverleg")
    assert unlisted.value["te_coderen"] == [{"field": "besproken_in", "value": "het kerstoverleg"}]
    assert "te_coderen" not in filled("case", "set", "c1", "besproken_in", "").value
    after = filled("case", "show", "CONCEPT-AA0001").value
    assert (after["knelpunten"], after["urgentie"]) == (["KP-SGGZ", "KP-WLZ"], "UR-SPOED")


def test_lists_hold_initials_and_no_names(filled: Bren) -> None:
    answer = filled("case", "list", "--json")
    assert answer.value[0]["initialen"] == "N. L."
    assert "Noor" not in answer.out
    assert "Lindewater" not in answer.out


def test_a_new_case_tells_what_no_list_knows_and_gets_no_number_of_a_team_that_is_none(
    founded: Bren, tmp_path: Path
) -> None:
    complete = {**CASE, "id": "c7", "team": "ZZZ"}
    refused = founded("case", "new", "--file", written(tmp_path / "c.json", complete))
    assert (refused.code, refused.out) == (1, "")
    assert "expertteam staat niet in de lijst" in refused.err
    known = {**complete, "team": "TWE", "regio": "Nergenshuizen"}
    answer = founded("case", "new", "--file", written(tmp_path / "c.json", known)).value
    assert answer["te_coderen"] == [{"field": "regio", "value": "Nergenshuizen"}]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("case", "show", "c9"), "geen casus"),
        (("case", "set", "c1", "geboortedatum", "2010-02-31"), "geen bestaande datum"),
        (("case", "set", "c1", "knelpunten", "[kapot"), "JSON"),
        (("case", "set", "c1", "bsn", "123"), "geen veld «bsn»"),
        (("case", "set", "c1", "nummer", "1"), "nummer kan niet"),
        (("case", "new", "--file", "/nergens.json"), "niet worden gelezen"),
        (("letter", "c1", "--expert", "e9", "--out", "x.pdf"), "geen pareltje"),
        (("import", "cases", "/nergens.csv"), "bestand"),
        (("export", "cases", "x.docx"), "csv"),
    ],
)
def test_a_known_failure_is_one_sentence_and_exit_1(filled: Bren, words: tuple[str, ...], part: str) -> None:
    answer = filled(*words)
    assert (answer.code, answer.out) == (1, "")
    assert part.casefold() in answer.err.casefold()
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Dit ontbreekt nog: OPDRACHT."),
        (("case",), "Dit ontbreekt nog: {list,show,"),
        (("match",), "Een hiervan is nodig: CASUS --file."),
        (("export", "cases"), "Dit ontbreekt nog: BESTAND."),
        (
            ("search", "x", "--in", "dieren"),
            "--in klopt niet. 'dieren' bestaat hier niet. Kies uit 'experts', ",
        ),
        (("import", "dieren", "x.csv"), "SOORT klopt niet. 'dieren' bestaat hier niet. Kies uit 'experts', "),
        (("device", "role", "x", "baas"), "ROL klopt niet. 'baas' bestaat hier niet. Kies uit 'secretaris', "),
        (("demo", "--cases", "-1"), "--cases klopt niet. Geef een getal van 0 tot en met 1000000."),
        (("demo", "--cases", "veel"), "--cases klopt niet. 'veel' is geen heel getal."),
        (("demo", "--seed"), "--seed klopt niet. Geef er een waarde bij."),
        (("case", "list", "--weg"), "Dit hoort niet bij deze opdracht: --weg."),
        (("case", "list", "--json=ja"), "--json klopt niet. De waarde 'ja' hoort er niet bij."),
        (("case", "list", "--p", "x"), "--p kan meer betekenen: --profile, --passphrase-file."),
    ],
)
def test_wrong_usage_is_a_dutch_sentence_and_exit_2(bren: Bren, words: tuple[str, ...], told: str) -> None:
    answer = bren(*words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert not re.search("usage|error|argument|invalid|option|require|unrecogni|expected|choose", answer.err)


def test_help_is_dutch(bren: Bren) -> None:
    told = bren("case", "--help").out
    assert told.startswith("gebruik: bren case")
    assert not re.search("usage|argument|options|show this|exit", told)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in lists, not in a mode")
def test_a_passphrase_file_that_others_can_read_is_refused(founded: Bren, passphrase_file: Path) -> None:
    passphrase_file.chmod(0o644)
    answer = founded("case", "list")
    assert answer.code == 1
    assert "Anderen" in answer.err


def test_what_is_wrong_with_the_file_of_the_recovery_code_is_said_of_that_file(founded: Bren, tmp_path: Path) -> None:
    code = tmp_path / "code"
    code.touch(0o600)
    answer = founded("case", "list", "--recovery-code-file", code)
    assert (answer.code, answer.err) == (1, "Het bestand met de herstelcode is leeg.\n")


def test_the_right_expert_is_found_with_reasons(filled: Bren, tmp_path: Path) -> None:
    [match] = filled("match", "c1", "--limit", "1").value
    assert match["id"] == "e1"
    assert 0.5 < match["score"] <= 1
    assert {reason["verdict"] for reason in match["reasons"]} <= {"match", "mismatch", "unknown"}
    loose = written(tmp_path / "loose.json", {"omschrijving": "Meisje van 15 met anorexia, eet niets meer."})
    assert filled("match", "--file", loose).value[0]["id"] == "e1"


def test_search_finds_cases_and_experts(filled: Bren) -> None:
    assert [hit["id"] for hit in filled("search", "lindew", "--in", "cases").value] == ["c1"]
    assert [hit["id"] for hit in filled("search", "zandst eetst", "--in", "experts", "--limit", "5").value] == ["e1"]
    assert filled("search", "zandst", "--limit", "9" * 30).code == 2
    assert filled("search", '") OR "x" NEAR(').code == 0
    told = filled("search", "lindew", "--facets", "--only", "soort=casus").value
    assert [(hit["id"], hit["kind"]) for hit in told["hits"]] == [("c1", "casus")]
    assert {"code": "casus", "label": "casus", "count": 1} in told["facets"]["soort"]
    assert not filled("search", "lindew", "--only", "soort=pareltje").value
    assert "knelpunten" in filled("search", "x", "--only", "kleur=rood").err


def test_a_letter_is_a_concept_with_gaps_until_it_is_released(filled: Bren, tmp_path: Path) -> None:
    concept = filled("letter", "c1", "--expert", "e1", "--out", tmp_path / "concept.pdf").value
    assert "vragen" in concept["missing"]
    assert "Nog invullen" in PdfReader(concept["path"]).pages[0].extract_text()

    refused = filled("letter", "c1", "--expert", "e1", "--out", tmp_path / "nee.pdf", "--release")
    assert (refused.code, (tmp_path / "nee.pdf").exists()) == (1, False)

    request = written(tmp_path / "letter.json", LETTER)
    words = ("letter", "c1", "--expert", "e1", "--out", tmp_path / "brief.pdf", "--file", request, "--release")
    released = filled(*words).value
    text = "".join(page.extract_text() for page in PdfReader(released["path"]).pages)
    assert released["missing"] == []
    assert released["kenmerk"] in text
    assert "Welke behandeling past nu?" in text
    assert "Noor" not in text
    assert "Lindewater" not in text


def test_any_document_of_a_case_is_made_in_the_form_of_its_name(
    filled: Bren, tmp_path: Path, passphrase_file: Path
) -> None:
    def made(kind: str, name: str, *more: str | Path) -> Any:
        return filled("document", "c1", kind, "--out", tmp_path / name, *more)

    assert made("toestemmingsformulier", "t.pdf").value["kenmerk"].endswith("/B01")
    locked = made("toestemmingsformulier", "slot.pdf", "--release", "--password-file", passphrase_file)
    reader = PdfReader(locked.value["path"])
    assert reader.is_encrypted
    assert reader.decrypt("een lang wachtwoord")
    mail = made("toestemmingsformulier", "t.eml", "--release", "--to", "Aan de ouders", "--to", "Weg 1").value
    assert b"Content-Disposition: attachment" in Path(mail["path"]).read_bytes()
    request = written(tmp_path / "letter.json", LETTER)
    question = made("consultatievraag", "vraag.docx", "--to", "e1", "--file", request).value
    assert Path(question["path"]).read_bytes().startswith(b"PK")
    sheet = made("casuskaart", "kaart.pdf").value
    assert (Path(sheet.pop("path")).name, sheet["kenmerk"][-4:]) == ("kaart.pdf", "/B05")
    assert made("casuskaart", "nogmaals.pdf").value["kenmerk"] == sheet["kenmerk"]
    for kind, name, *more in (
        ("toestemmingsformulier", "x.doc"),
        ("toestemmingsformulier", "x.eml"),
        ("consultatievraag", "x.pdf"),
        ("adviesbrief", "x.pdf"),
        ("casuskaart", "x.pdf", "--release"),
    ):
        refused = made(kind, name, *more)
        assert (refused.code, refused.out, (tmp_path / name).exists()) == (1, "", False), kind


def test_a_secretaris_cannot_release(bren: Bren, tmp_path: Path) -> None:
    assert bren("init", "--team", "HGL", "--name", "Anouk", "--role", "secretaris").code == 0
    bren("import", "experts", written(tmp_path / "e.jsonl", EXPERT))
    bren("case", "new", "--file", written(tmp_path / "c.json", CASE))
    request = written(tmp_path / "letter.json", LETTER)
    out = tmp_path / "brief.pdf"
    answer = bren("letter", "c1", "--expert", "e1", "--out", out, "--file", request, "--release")
    assert (answer.code, out.exists()) == (1, False)
    assert "voorzitter" in answer.err


@pytest.mark.parametrize("ending", ["jsonl", "csv", "xlsx"])
def test_what_is_exported_comes_back_the_same(filled: Bren, tmp_path: Path, ending: str) -> None:
    first, second = tmp_path / f"first.{ending}", tmp_path / f"second.{ending}"
    for kind in ("experts", "cases"):
        assert filled("export", kind, first).code == 0
        report = filled("import", kind, first).value
        assert (report["imported"], report["unchanged"], report["rejected"]) == (0, 1, [])
        filled("export", kind, second)
        assert first.read_bytes() == second.read_bytes()


def test_bad_rows_are_named_and_good_ones_taken(founded: Bren, tmp_path: Path) -> None:
    rows = [
        EXPERT,
        {"id": "e2", "naam": "B", "leeftijd_van": "x"},
        {"id": "e3", "naam": "C", "expertise": ["iets nieuws"]},
    ]
    report = founded("import", "experts", written(tmp_path / "e.jsonl", *rows)).value
    assert report["imported"] == 2
    assert [(each["line"], each["field"]) for each in report["rejected"]] == [(2, "leeftijd_van")]
    assert [(each["field"], each["count"]) for each in report["te_coderen"]] == [("expertise", 1)]


def test_a_file_of_which_no_column_is_known_is_not_an_import(founded: Bren, tmp_path: Path) -> None:
    file = tmp_path / "kleuren.csv"
    file.write_text("kleur,smaak\nrood,zoet\n", "utf-8")
    answer = founded("import", "experts", file)
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
    assert "geen enkele kolom" in answer.err


@pytest.mark.parametrize("with_passphrase", [True, False])
@pytest.mark.parametrize(("gone", "state"), [("store.db", "damaged"), ("keys.json*", "closed")])
def test_doctor_notices_that_the_data_or_the_keys_are_gone(
    founded: Bren, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_passphrase: bool, gone: str, state: str
) -> None:
    if not with_passphrase:
        monkeypatch.delenv("BREN_PASSPHRASE_FILE")
    for path in (tmp_path / "profile").glob(gone):
        path.unlink()
    answer = founded("doctor")
    assert (answer.code, answer.value["store"]) == (1, state)
    assert "beschadigd of ontbreekt" in answer.err


def test_demo_makes_a_profile_and_fills_it_once(bren: Bren) -> None:
    words = ("demo", "--cases", "12", "--experts", "8", "--seed", "3", "--json")
    first = bren(*words).value
    assert (first["cases"], first["experts"]) == (12, 8)
    assert bren(*words).code == 0
    assert len(bren("case", "list").value) == 12


def test_no_case_content_reaches_the_log(filled: Bren, tmp_path: Path) -> None:
    filled("search", "lindewater")
    filled("case", "set", "c1", "geboortedatum", "kapot")
    log = (tmp_path / "profile" / "bren.log").read_text("utf-8")
    assert "profile opened" in log
    for word in ("Noor", "indewater", "kapot", "Zandstorm", "wachtwoord"):
        assert word not in log


def test_an_interrupt_is_a_sentence_and_leaves_the_profile_closed(
    filled: Bren, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("bren_desktop.services.search.Search.look", interrupted)
        answer = filled("search", "noor")
    assert (answer.code, answer.out, answer.err.count("\n")) == (130, "", 1)
    assert filled("case", "list").code == 0


def test_an_interrupt_while_the_program_still_starts_is_the_same_sentence(
    bren: Bren, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bren_desktop.cli.arguments.parser", interrupted)
    answer = bren("case", "list")
    assert (answer.code, answer.out, answer.err.count("\n")) == (130, "", 1)


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_program_runs_as_a_process() -> None:
    done = subprocess.run([sys.executable, "-m", "bren_desktop.cli", "--version"], capture_output=True, check=True)
    assert done.stdout.decode().strip() == f"bren {__version__}"
