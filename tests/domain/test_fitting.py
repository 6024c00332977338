"""Whatever stands in the store opens as a record, and what the record does not show is never emptied."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.cases import Case, HistoryRow
from bren_desktop.domain.entities import MODELS, Kind, build, read_back, wanted
from bren_desktop.domain.fields import notes
from bren_desktop.domain.values import LONGEST_LINE

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats()
    | st.text(max_size=8)
    | st.binary(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "n", "naam", "vorm", "gezag", "nieuw"]), inner, max_size=4)
    ),
    max_leaves=6,
)
keys = st.sampled_from(["", "a", "KP-WLZ", "OVERIG", "x" * (LONGEST_LINE + 1), "\u0001", "a;b"])


@st.composite
def stored_values(draw: st.DrawFn) -> tuple[Kind, dict[tuple[str, str], Any]]:
    kind = draw(st.sampled_from(list(Kind)))
    names = st.tuples(st.sampled_from([*notes(MODELS[kind]), "van_later"]), keys)
    return kind, draw(st.dictionaries(names, plain, max_size=8))


@given(stored_values())
def test_any_values_give_a_record(stored: tuple[Kind, dict[tuple[str, str], Any]]) -> None:
    kind, values = stored
    record, left_out = read_back(MODELS[kind], values)
    assert isinstance(record, MODELS[kind])
    assert left_out <= {field for field, _ in values}


@given(stored_values())
def test_bringing_a_record_to_itself_empties_nothing_that_it_does_not_show(
    stored: tuple[Kind, dict[tuple[str, str], Any]],
) -> None:
    kind, values = stored
    record = build(MODELS[kind], values)
    emptied = {name for name, value in wanted(values, record).items() if value is None}
    assert emptied <= {name for name, value in values.items() if value is None}


def test_only_what_does_not_fit_is_left_out() -> None:
    values = {
        ("roepnaam", ""): "Noor",
        ("hulpvraag", ""): ["van later"],
        ("leeftijd", ""): 41,
        ("geboortedatum", ""): "2011-02-31",
        ("knelpunten", "KP-WLZ"): True,
        ("knelpunten", "x" * (LONGEST_LINE + 1)): True,
        ("geschiedenis", "r1"): {"vorm": "pleegzorg", "n": 0, "duur": 7},
        ("geschiedenis", "r2"): "geen rij",
    }
    case, left_out = read_back(Case, values)
    assert case == Case(roepnaam="Noor", knelpunten=("KP-WLZ",), geschiedenis=(HistoryRow(id="r1", vorm="pleegzorg"),))
    assert left_out == {"hulpvraag", "leeftijd", "geboortedatum", "knelpunten", "geschiedenis"}


def test_what_a_newer_version_wrote_survives_an_edit() -> None:
    values = {("hulpvraag", ""): [1], ("geschiedenis", "r1"): {"vorm": "pleegzorg", "n": 0, "duur": 7}}
    edited = build(Case, values).model_copy(update={"geschiedenis": (HistoryRow(id="r1", vorm="", van="2020"),)})
    after = wanted(values, edited)
    assert ("hulpvraag", "") not in after
    assert after["geschiedenis", "r1"] == {"van": "2020", "n": 0, "duur": 7}


def test_a_new_value_takes_the_place_of_one_that_does_not_fit() -> None:
    assert wanted({("leeftijd", ""): 41}, Case(leeftijd=14))["leeftijd", ""] == 14
