"""The command line as the client's acceptance tester reads it from the issue: one promise a test."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pypdf
import pytest

Write = Callable[[str, object], Path]

EXPERT: Mapping[str, object] = {
    "id": "x-003",
    "naam": "Anna Voorbeeld",
    "functie": "kinder- en jeugdpsychiater",
    "organisatie": "De Fictieve Kliniek",
    "soort": "SE-PARELTJE",
    "regio": "JZ24",
    "landelijk_inzetbaar": True,
    "expertise": ["EX-EET", "EX-SUI"],
    "domeinen": ["DM-JGGZ"],
    "leeftijd_van": 12,
    "leeftijd_tot": 23,
    "beschikbaarheid": "direct",
    "uren_per_maand": 8,
    "raamovereenkomst": "RO-2026-01",
    "talen": ["en", "nl"],
    "profiel": "Werkt met anorexia; suïcidaal gedrag.",
    "adres": "De Fictieve Kliniek\nt.a.v. Anna Voorbeeld\nVerzonnenlaan 12\n2511ab den haag",
}
CASE: Mapping[str, object] = {
    "id": "c-77",
    "regio": "JZ24",
    "gemeente": "Delft",
    "roepnaam": "Fenzhou",
    "achternaam": "Zandlopersma",
    "geboortedatum": "2011-03-14",
    "verwijzer": "VW-GI",
    "hulpvraag": "Fenzhou Zandlopersma uit Delft eet niet meer. Hoe verder?",
    "omschrijving": "Fenzhou (geboren 14 maart 2011) heeft een eetstoornis.",
    "knelpunten": ["KP-SGGZ"],
    "ontbrekend_aanbod": ["OA-01c"],
    "vastloopredenen": ["VR-3"],
    "domeinen": ["DM-JGGZ"],
    "urgentie": "UR-SPOED",
    "wensen": "Rust",
}
LETTER: Mapping[str, object] = {
    "vragen": ["Hoe houden wij deze jongere veilig?", "Welke behandeling past?"],
    "aanleiding": "De regio vindt geen plek. <b>&<img src=x> <18 jaar",
    "waarom_deze_expert": "Ruime ervaring met eetstoornissen.",
    "inzetvorm": "IV-TEL",
    "uren": 4,
    "termijn": "binnen twee weken",
    "identificerend": False,
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a JSON file, or lines of JSON for a list, and give its path."""

    def write(name: str, value: object) -> Path:
        path = tmp_path / name
        rows = value if isinstance(value, list) else [value]
        path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
        return path

    return write


@pytest.fixture
def filled(founded: Any, write: Write) -> Any:
    """A profile with one expert and one case, both by the keys of the issue."""
    assert founded("import", "experts", write("experts.jsonl", [EXPERT])).value["imported"] == 1
    assert founded("case", "new", "--file", write("case.json", CASE)).value["id"] == "c-77"
    return founded


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def refused(answer: Any) -> bool:
    """Exit 1, nothing on standard output and one line on standard error."""
    return answer.code == 1 and not answer.out and len(answer.err.strip().splitlines()) == 1


def test_a_wrong_passphrase_is_a_failure_of_doctor(founded: Any, passphrase_file: Path) -> None:
    passphrase_file.write_text("een ander wachtwoord\n", "utf-8")
    answer = founded("doctor")
    assert (answer.code, answer.value["store"]) == (1, "closed")
    assert answer.err.startswith("Het wachtwoord klopt niet.")


def test_a_damaged_store_is_a_failure_of_doctor(filled: Any, tmp_path: Path) -> None:
    store = tmp_path / "profile" / "store.db"
    data = bytearray(store.read_bytes())
    data[-3000:-2900] = bytes(100)
    store.write_bytes(data)
    answer = filled("doctor")
    assert (answer.code, answer.value["store"]) == (1, "damaged")
    assert len(answer.err.splitlines()) == 1


def test_json_and_profile_may_stand_before_and_after_the_command(founded: Any, tmp_path: Path) -> None:
    ways = [("--json", "case", "list"), ("case", "--json", "list"), ("case", "list", "--json")]
    assert {founded(*words, "--profile", tmp_path / "profile").out for words in ways} == {"[]\n"}


def test_every_key_of_a_case_is_shown_as_it_was_given(filled: Any) -> None:
    shown = filled("case", "show", "c-77").value
    assert {key: shown[key] for key in CASE} == CASE


def test_a_case_needs_its_omschrijving_and_nothing_else(founded: Any, write: Write) -> None:
    made = founded("case", "new", "--file", write("small.json", {"omschrijving": "Alleen dit."}))
    assert set(made.value) == {"id", "nummer"}
    without = {key: value for key, value in CASE.items() if key != "omschrijving"}
    assert refused(founded("case", "new", "--file", write("without.json", without)))


def test_a_new_case_never_replaces_one_with_the_same_id(filled: Any, write: Write) -> None:
    before = filled("case", "show", "c-77").out
    other = {"id": "c-77", "omschrijving": "Een andere jeugdige."}
    assert refused(filled("case", "new", "--file", write("other.json", other)))
    assert filled("case", "show", "c-77").out == before


def test_a_number_is_known_in_any_case(filled: Any) -> None:
    number = filled("case", "show", "c-77").value["nummer"]
    assert filled("case", "show", number.lower()).value["id"] == "c-77"


@pytest.mark.parametrize(
    ("field", "value", "after"),
    [
        ("knelpunten", '["KP-WLZ", "KP-ASS"]', ["KP-ASS", "KP-WLZ"]),
        ("domeinen", "[]", []),
        ("urgentie", "regulier", "UR-REG"),
        ("regio", "JZ23", "JZ23"),
        ("gemeente", "Verzonnendam", "Verzonnendam"),
        ("hulpvraag", "", ""),
        ("wensen", "-begint met een streepje", "-begint met een streepje"),
    ],
)
def test_a_field_is_set_by_key(filled: Any, field: str, value: str, after: object) -> None:
    assert filled("case", "set", "c-77", field, value).code == 0
    assert filled("case", "show", "c-77").value[field] == after


@pytest.mark.parametrize(
    ("field", "value"), [("geboortedatum", "31-02-2011"), ("leeftijd", "120"), ("schoenmaat", "42"), ("nummer", "X")]
)
def test_a_field_is_not_set_to_nonsense(filled: Any, field: str, value: str) -> None:
    assert refused(filled("case", "set", "c-77", field, value))


def test_an_age_without_its_day_has_none(founded: Any, write: Write) -> None:
    made = founded("case", "new", "--file", write("age.json", {"omschrijving": "x", "leeftijd": 14})).value
    shown = founded("case", "show", made["id"]).value
    assert (shown["leeftijd"], shown["leeftijd_op"]) == (14, None)


def test_the_given_id_is_printed_everywhere(filled: Any, tmp_path: Path) -> None:
    assert [hit["id"] for hit in filled("search", "suicidaal", "--in", "experts").value] == ["x-003"]
    assert [hit["id"] for hit in filled("search", "FENZHOU", "--in", "cases").value] == ["c-77"]
    assert [each["id"] for each in filled("match", "c-77").value] == ["x-003"]
    assert [each["id"] for each in filled("case", "list").value] == ["c-77"]
    filled("export", "cases", tmp_path / "cases.jsonl")
    assert json.loads((tmp_path / "cases.jsonl").read_text("utf-8"))["id"] == "c-77"


def test_a_file_of_experts_holds_no_cases(founded: Any, write: Write) -> None:
    report = founded("import", "cases", write("experts.jsonl", [EXPERT])).value
    assert report["imported"] == 0
    assert [(each["line"], each["field"]) for each in report["rejected"]] == [(1, "omschrijving")]


def test_columns_that_nobody_knows_are_named(founded: Any, write: Write) -> None:
    report = founded("import", "experts", write("experts.jsonl", [{**EXPERT, "schoenmaat": 42}])).value
    assert (report["imported"], report["unused_columns"]) == (1, ["schoenmaat"])


def test_scores_are_absolute_and_what_cannot_come_comes_last(filled: Any, write: Write) -> None:
    case = write("question.json", {"omschrijving": "Een meisje met anorexia en een eetstoornis."})
    alone = filled("match", "--file", case).value[0]["score"]
    filled("import", "experts", write("more.jsonl", [
        {**EXPERT, "id": "niet", "naam": "Niels Niet", "beschikbaarheid": "niet"},
        {"id": "anders", "naam": "Ada Anders", "expertise": ["EX-JUR"], "profiel": "Contractering."},
    ]))  # fmt: skip
    found = filled("match", "--file", case).value
    assert [each["id"] for each in found] == ["x-003", "anders", "niet"]
    assert found[0]["score"] == alone
    assert {reason["verdict"] for each in found for reason in each["reasons"]} <= {"match", "mismatch", "unknown"}


def test_a_letter_that_went_out_bears_a_number_that_stays(filled: Any, write: Write, tmp_path: Path) -> None:
    out = tmp_path / "brief.pdf"
    words = ("letter", "c-77", "--expert", "x-003", "--file", write("letter.json", LETTER))
    concept = filled(*words, "--out", tmp_path / "concept.pdf").value
    assert "CONCEPT" in text_of(tmp_path / "concept.pdf")
    released = filled(*words, "--out", out, "--release").value
    assert (set(released), released["missing"]) == ({"path", "kenmerk", "missing"}, [])
    assert released["kenmerk"] != concept["kenmerk"]
    assert released["kenmerk"] == f"{filled('case', 'show', 'c-77').value['nummer']}/B02"
    assert released["kenmerk"].startswith("BREN-HGL-")
    assert filled("case", "show", concept["kenmerk"].partition("/")[0]).value["id"] == "c-77"
    assert "concept" not in text_of(out).lower()


def test_a_released_letter_reads_back_as_it_should(filled: Any, write: Write, tmp_path: Path) -> None:
    out = tmp_path / "brief.pdf"
    letter = write("letter.json", LETTER)
    assert filled("letter", "c-77", "--expert", "x-003", "--file", letter, "--out", out, "--release").code == 0
    pdf, text = pypdf.PdfReader(out), text_of(out)
    assert len(pdf.pages) <= 2
    for part in ("2511 AB  DEN HAAG", "1. Hoe houden", "2. Welke", "<b>&<img src=x> <18 jaar", "15 jaar"):
        assert part in text
    for private in ("Fenzhou", "Zandlopersma", "Delft", "14 maart", "2011"):
        assert private not in text
    assert str(pdf.root_object["/Lang"]).startswith("nl")
    assert pdf.outline
    assert pdf.metadata is not None
    assert "Fenzhou" not in str(pdf.metadata.title)


def test_an_identifying_letter_needs_consent(filled: Any, write: Write, tmp_path: Path) -> None:
    out = tmp_path / "brief.pdf"
    letter = write("letter.json", {**LETTER, "identificerend": True})
    assert refused(filled("letter", "c-77", "--expert", "x-003", "--file", letter, "--out", out, "--release"))
    assert refused(filled("letter", "c-77", "--expert", "x-003", "--file", letter, "--out", out))
    assert not out.exists()
