"""What people and spreadsheets write becomes a record, or a Dutch reason why not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.cases import Case, GapRow
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.fields import notes
from bren_desktop.errors import InvalidInputError
from bren_desktop.services.parsing import parse_field, parse_record, parse_strict

TODAY = date(2026, 11, 22)


def case(**raw: object) -> Case:
    parsed = parse_record(Case, raw, today=TODAY)
    assert parsed.record is not None, parsed.problems
    return parsed.record


def reasons(**raw: object) -> dict[str, str]:
    return {problem.field: problem.reason for problem in parse_record(Case, raw, today=TODAY).problems}


@pytest.mark.parametrize("text", ["UR-SPOED", "ur-spoed", "Spoed", " SPOED "])
def test_a_code_label_or_alias_in_any_case_becomes_the_code(text: str) -> None:
    assert case(urgentie=text).urgentie == "UR-SPOED"


def test_a_finer_code_is_a_code_too() -> None:
    found = case(knelpunten="kp-wlz|Verbinding onderwijs", ontbrekend_aanbod=["OA-01a"])
    assert (found.knelpunten, found.ontbrekend_aanbod) == (("KP-WLZ", "KP-OND"), ("OA-01a",))


def test_known_values_may_be_joined_by_commas_and_unknown_text_keeps_its_commas() -> None:
    parsed = parse_record(Case, {"knelpunten": "KP-WLZ, KP-OND", "domeinen": "iets nieuws, met een komma"}, today=TODAY)
    assert parsed.record is not None
    assert parsed.record.knelpunten == ("KP-WLZ", "KP-OND")
    assert parsed.to_code == (("domeinen", "iets nieuws, met een komma"),)


def test_what_no_list_knows_is_kept_to_be_coded() -> None:
    parsed = parse_record(Case, {"urgentie": "heel erg", "knelpunten": ["KP-WLZ", "vervoer", "vervoer"]}, today=TODAY)
    assert parsed.record is not None
    assert (parsed.record.urgentie, parsed.record.knelpunten) == ("OVERIG", ("KP-WLZ", "OVERIG"))
    assert parsed.to_code == (("urgentie", "heel erg"), ("knelpunten", "vervoer"))
    assert [(row.veld, row.tekst) for row in parsed.record.te_coderen] == list(parsed.to_code)
    again = case(knelpunten=["vervoer"]).te_coderen
    assert again == parsed.record.te_coderen[1:], "an equal text has an equal id, so that laptops converge"


@pytest.mark.parametrize("text", ["OVERIG", "overig, te coderen"])
def test_what_is_still_to_be_coded_is_not_reported_again(text: str) -> None:
    assert parse_record(Case, {"urgentie": text, "te_coderen": []}, today=TODAY).to_code == ()


def test_a_missing_provision_may_tell_its_nature() -> None:
    found = case(
        ontbrekend_aanbod=[
            {"code": "OA-01", "aard": "te weinig capaciteit", "hiaat": "zorginkoop", "verfijning": ["OA-01a"]}
        ]
    )
    assert found.ontbrekend_aanbod == ("OA-01", "OA-01a")
    assert found.aard_ontbrekend_aanbod == (GapRow(id="OA-01", aard="AO-CAP", hiaat="SH-INKOOP"),)


def test_a_gemeente_that_no_list_knows_stays_and_is_reported() -> None:
    known, unknown = case(gemeente="ELBURG"), parse_record(Case, {"gemeente": "Nergenshuizen"}, today=TODAY)
    assert (known.gemeente, known.te_coderen) == ("Elburg", ())
    assert unknown.record is not None
    assert unknown.record.gemeente == "Nergenshuizen"
    assert unknown.to_code == (("gemeente", "Nergenshuizen"),)


@pytest.mark.parametrize("text", ["30-2-2015", "2015-13-01", "gisteren", "31/04/2015", "0000-01-01"])
def test_an_impossible_date_is_a_problem(text: str) -> None:
    found = reasons(geboortedatum=text)
    assert "geen bestaande datum" in found["geboortedatum"]
    assert text not in found["geboortedatum"]


@pytest.mark.parametrize("age", [-1, 28, 300, "28"])
def test_an_age_outside_0_to_27_is_a_problem(age: object) -> None:
    assert set(reasons(leeftijd=age)) == {"leeftijd"}


def test_a_birth_date_after_intake_is_reported_at_the_birth_date() -> None:
    assert set(reasons(geboortedatum="2026-05-01", datum_aanmelding="2026-04-01")) == {"geboortedatum"}


def test_an_age_without_a_reference_date_gets_none() -> None:
    assert case(leeftijd="12").leeftijd_op is None


def test_200_kb_fits_and_more_is_refused_with_a_sentence() -> None:
    assert len(case(omschrijving="é" * 200_000).omschrijving) == 200_000
    assert reasons(omschrijving="é" * 200_001)["omschrijving"] == "De tekst is te lang: ten hoogste 200000 tekens."
    assert "te lang" in reasons(regio="x" * 501)["regio"]
    assert "te lang" in reasons(knelpunten=["x" * 501])["knelpunten"]


def test_every_problem_of_a_row_is_named_at_once() -> None:
    found = reasons(geboortedatum="x", leeftijd=40, wilsbekwaam="misschien", geschiedenis="tekst", knelpunten=7)
    assert set(found) == {"geboortedatum", "leeftijd", "wilsbekwaam", "geschiedenis", "knelpunten"}


def test_empty_cells_are_absent() -> None:
    expert = parse_record(
        Expert, {"naam": "A", "soort": "", "leeftijd_van": "", "expertise": "", "te_coderen": ""}, today=TODAY
    )
    assert expert.record == Expert(naam="A")


def test_rows_get_ids_that_equal_rows_always_get() -> None:
    raw = '[{"vorm": "ambulant"}, {"vorm": "ambulant"}, {"id": "r1", "vorm": "verblijf"}, {"id": "r1"}]'
    first, second = case(geschiedenis=raw), case(geschiedenis=raw)
    ids = [row.id for row in first.geschiedenis]
    assert first == second
    assert len(set(ids)) == 4
    assert ids[2] == "r1"


def test_rows_of_a_record_and_typed_rows_live_together() -> None:
    before = case(geschiedenis=[{"vorm": "ambulant"}])
    after = case(geschiedenis=[*before.geschiedenis, {"vorm": "ambulant"}])
    assert after.geschiedenis[0] == before.geschiedenis[0]
    assert len({row.id for row in after.geschiedenis}) == 2


def test_an_id_is_taken_as_external_id() -> None:
    assert case(id=" K-17 ").extern_id == "K-17"


def test_unknown_keys_are_ignored_in_files_and_named_when_somebody_typed_them() -> None:
    assert case(schoenmaat=42) == Case()
    with pytest.raises(InvalidInputError) as caught:
        parse_strict(Case, {"schoenmaat": 42}, today=TODAY)
    assert caught.value.field == "schoenmaat"
    assert "schoenmaat" in str(caught.value)


def test_one_field_is_read_into_a_record_and_its_text_to_code_follows() -> None:
    before = parse_field(Case(roepnaam="Sam"), "urgentie", "heel erg", today=TODAY)
    assert [row.tekst for row in before.te_coderen] == ["heel erg"]
    after = parse_field(before, "urgentie", "crisis", today=TODAY)
    assert after == Case(roepnaam="Sam", urgentie="UR-CRISIS")


def test_one_field_is_checked_against_the_others() -> None:
    before = Case(datum_aanmelding=date(2026, 4, 1))
    with pytest.raises(InvalidInputError, match="na de aanmelding"):
        parse_field(before, "geboortedatum", "1-5-2026", today=TODAY)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
KEYS = st.sampled_from([*notes(Case), "id", "geschiedenis", "betrokkenen", "ontbrekend_aanbod"]) | st.text(max_size=5)


@given(st.dictionaries(KEYS, ANYTHING, max_size=6))
def test_whatever_json_holds_gives_a_record_or_reasons(raw: dict[str, object]) -> None:
    parsed = parse_record(Case, raw, today=TODAY)
    assert (parsed.record is None) == bool(parsed.problems)
    assert all(problem.reason.endswith(".") for problem in parsed.problems)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2030", "2020"),
        ("2020-05", "2020-04"),
        ("5-2020", "3-1-2020"),
        ("2-1-2020", "1-1-2020"),
        ("zomer 2021", "2020"),
    ],
)
def test_a_period_of_help_that_ends_before_it_begins_is_a_problem(start: str, end: str) -> None:
    whole = {"van": "2010", "tot": "2011"}
    found = reasons(geschiedenis=[whole, {"van": start, "tot": end}])
    assert found == {"geschiedenis": "Regel 2 van de hulpverleningsgeschiedenis eindigt voordat zij begint."}


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2020", "2020"), ("2020-05", "2020"), ("3-1-2020", "1-2020"), ("2020", ""), ("", "2020"), ("nu", "ooit"),
        ("2018-2020", "2019"), ("maart 2011", "mei 2011"), ("31-31-2020", "2020"),
    ],
)  # fmt: skip
def test_a_period_of_help_may_be_as_vague_as_people_are(start: str, end: str) -> None:
    assert len(case(geschiedenis=[{"van": start, "tot": end}]).geschiedenis) == 1
