"""Columns of a team's own file, matched by name."""

from __future__ import annotations

from datetime import date

import pytest

from bren_desktop.domain.entities import MODELS, Kind
from bren_desktop.domain.experts import address_lines
from bren_desktop.domain.fields import notes
from bren_desktop.services.mapping import proposed, suggestion, targets
from bren_desktop.services.parsing import parse_record

CASE = {
    "Dossiernummer": "id",
    "Casusnummer": "",
    "Voornaam": "roepnaam",
    "Achter naam": "achternaam",
    "Geb. datum": "geboortedatum",
    "Woonplaats": "gemeente",
    "Hulp-vraag": "hulpvraag",
    "Knelpunt 1": "knelpunten",
    "Knelpunt 2": "knelpunten",
    "Omschrijvng": "omschrijving",
    "Opmerkingen": "",
}
EXPERT = {
    "Nr": "id",
    "Naam": "naam",
    "Functie": "functie",
    "Specialisme": "expertise",
    "Beschikbaar": "beschikbaarheid",
    "Uren p/m": "uren_per_maand",
    "Tel.": "telefoon",
    "E-mailadres": "email",
    "Straat": "adres",
    "Postcode": "adres",
    "Plaats": "adres",
}


@pytest.mark.parametrize(("kind", "expected"), [(Kind.CASE, CASE), (Kind.EXPERT, EXPERT)])
def test_the_columns_of_a_teams_own_file_find_their_fields(kind: Kind, expected: dict[str, str]) -> None:
    assert dict(proposed(kind, list(expected)).columns) == expected


@pytest.mark.parametrize("kind", [Kind.CASE, Kind.EXPERT])
def test_an_export_of_ours_is_matched_by_key_alone(kind: Kind) -> None:
    keys = list(targets(kind))
    assert dict(proposed(kind, keys).columns) == {key: key for key in keys}
    assert set(keys) == {"id", *notes(MODELS[kind])} - {"extern_id"}


def test_an_address_in_three_columns_becomes_one() -> None:
    mapping = proposed(Kind.EXPERT, ["Straat", "Postcode", "Plaats"])
    raw = mapping.raw({"Straat": "Voorbeeldlaan 1", "Postcode": "1234 ab", "Plaats": "Nergenshuizen"})
    record = parse_record(MODELS[Kind.EXPERT], raw, today=date(2026, 11, 22)).record
    assert record is not None
    assert address_lines(raw["adres"] if isinstance(raw["adres"], str) else "") == (
        "Voorbeeldlaan 1",
        "1234 AB  NERGENSHUIZEN",
    )


def test_two_columns_of_running_text_stand_below_each_other_and_of_one_line_the_first_filled_counts() -> None:
    mapping = proposed(Kind.CASE, ["hulpvraag", "roepnaam"])
    mapping = mapping.with_column("Opmerking", "hulpvraag").with_column("Roepnaam 2", "roepnaam")
    raw = mapping.raw({"hulpvraag": "Een", "Opmerking": "Twee", "roepnaam": "", "Roepnaam 2": "Sam"})
    assert raw == {"hulpvraag": "Een\nTwee", "roepnaam": "Sam"}


def test_a_mapping_to_a_field_that_is_none_is_unused() -> None:
    mapping = proposed(Kind.CASE, ["hulpvraag"]).with_column("hulpvraag", "schoenmaat")
    assert mapping.unused == ("hulpvraag",)
    assert mapping.raw({"hulpvraag": "x"}) == {}


def test_an_assigned_code_can_be_taken_back() -> None:
    mapping = proposed(Kind.CASE, ["urgentie"])
    assigned = mapping.with_value("urgentie", "Heel erg", "UR-CRISIS")
    assert assigned.raw({"urgentie": " heel ERG "}) == {"urgentie": "UR-CRISIS"}
    assert assigned.with_value("urgentie", "heel erg", "").raw({"urgentie": "heel erg"}) == {"urgentie": "heel erg"}


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [("urgentie", "spoedig", "UR-SPOED"), ("knelpunten", "zzzz", ""), ("gemeente", "Delft", "")],
)
def test_the_code_that_looks_most_like_a_text_is_suggested(field: str, text: str, code: str) -> None:
    assert suggestion(Kind.CASE, field, text) == code
