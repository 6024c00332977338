"""Records: annotations, ages, bounds, and the way to registers and back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from bren_desktop.domain.ages import age_on, birthday
from bren_desktop.domain.cases import Case, HistoryRow, initials, known_age
from bren_desktop.domain.entities import MODELS, Kind, build, flatten, wanted
from bren_desktop.domain.experts import Expert, address_lines
from bren_desktop.domain.fields import Sensitivity, notes
from bren_desktop.domain.values import LONGEST_TEXT
from bren_desktop.domain.vocabulary import vocabulary

NAMING = {"roepnaam", "tussenvoegsel", "achternaam", "geboortedatum", "jim_naam", "betrokkenen", "verwijzer_naam"}
line = st.text(max_size=40)


@pytest.mark.parametrize("model", MODELS.values())
def test_every_field_has_one_annotation_and_a_list_that_exists(model: type[BaseModel]) -> None:
    for note in notes(model).values():
        assert note.label
        if note.vocabulary:
            assert vocabulary(note.vocabulary).terms


def test_what_names_somebody_is_personal() -> None:
    assert {notes(Case)[name].sensitivity for name in NAMING} == {Sensitivity.PERSONAL}
    assert notes(Case)["strafrechtelijk"].sensitivity is Sensitivity.CRIMINAL


@given(
    st.builds(
        Case,
        roepnaam=line,
        hulpvraag=line,
        plan_aanwezig=st.none() | st.booleans(),
        aantal_verblijfplaatsen=st.none() | st.integers(0, 99),
        datum_aanmelding=st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1)),
        knelpunten=st.lists(st.sampled_from([term.code for term in vocabulary("knelpunten")]), unique=True).map(sorted),
        geschiedenis=st.lists(
            st.builds(HistoryRow, id=st.uuids().map(str), van=line, vorm=line), unique_by=lambda row: row.id
        ),
    )
)
def test_a_record_comes_back_from_its_registers(case: Case) -> None:
    assert build(Case, flatten(case)) == case


@given(st.builds(Expert, naam=line, talen=st.lists(line)), st.builds(Expert, naam=line, talen=st.lists(line)))
def test_wanted_brings_one_record_to_another(before: Expert, after: Expert) -> None:
    values = {**flatten(before), **wanted(flatten(before), after)}
    shown = build(Expert, {name: value for name, value in values.items() if value is not None})
    assert shown == after.model_copy(update={"talen": tuple(sorted(after.talen))})


def test_every_kind_knows_its_model() -> None:
    assert set(MODELS) == set(Kind)


@given(st.dates(date(1999, 1, 1), date(2026, 1, 1)), st.integers(0, 27))
def test_an_age_begins_on_the_birthday(born: date, years: int) -> None:
    day = birthday(born, years)
    assert age_on(born, day) == years
    assert age_on(born, day - timedelta(days=1)) == years - 1


def test_a_birthday_on_29_february_counts_on_1_march() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)


@pytest.mark.parametrize("born", [date(1990, 1, 1), date(2030, 1, 1)])
def test_ages_run_from_0_to_27(born: date) -> None:
    values = {"geboortedatum": born, "datum_aanmelding": date(2026, 11, 22)}
    with pytest.raises(ValidationError):
        Case.model_validate(values, context={"today": date(2026, 11, 22)})
    assert build(Case, flatten(Case(**values))).geboortedatum == born, "what is in the store still opens"


def test_a_stated_age_grows_only_from_a_stated_day() -> None:
    day = date(2026, 11, 22)
    assert known_age(Case(leeftijd=14), day) == 14
    assert known_age(Case(leeftijd=14, leeftijd_op=date(2024, 11, 22)), day) == 16


def test_initials_say_no_more_than_initials() -> None:
    assert initials(Case(roepnaam="Noor", tussenvoegsel="van der", achternaam="Zee")) == "N. v. d. Z."
    assert initials(Case()) == ""


def test_text_is_bounded_and_never_cut() -> None:
    assert len(Case(hulpvraag="x" * LONGEST_TEXT).hulpvraag) == LONGEST_TEXT
    with pytest.raises(ValidationError):
        Case(hulpvraag="x" * (LONGEST_TEXT + 1))


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("Kerkstraat 1, 1234ab Den Haag", ("Kerkstraat 1", "1234 AB  DEN HAAG")),
        ("Kerkstraat 1\n1234 AB\nDen Haag", ("Kerkstraat 1", "1234 AB  DEN HAAG")),
        ("Postbus 5, 2500 AA 's-Gravenhage", ("Postbus 5", "2500 AA  'S-GRAVENHAGE")),
        ("zonder postcode", ("zonder postcode",)),
        ("", ()),
    ],
)
def test_an_address_is_written_as_the_post_asks(written: str, lines: tuple[str, ...]) -> None:
    assert address_lines(written) == lines
