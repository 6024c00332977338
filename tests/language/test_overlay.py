"""What a network changed in the thesaurus: always a valid one, and what cannot hold is left out and told."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bren_desktop.language.overlay import overlaid
from bren_desktop.language.thesaurus import Concept, Thesaurus, parsed, written

SHIPPED = parsed(
    """
[zorg]
prefLabel = "zorg"
source = "proef"
[eetstoornis]
prefLabel = "eetstoornis"
broader = ["zorg"]
source = "proef"
[anorexia]
prefLabel = "anorexia"
altLabel = ["weigert eten"]
broader = ["eetstoornis"]
contra = ["dwang"]
source = "proef"
[dwang]
prefLabel = "dwang"
of_parent = ["zorg"]
source = "proef"
"""
)
IDS = [*SHIPPED.concepts, "nieuw", "nog-een"]


def _own(id: str, label: str = "", **values: tuple[str, ...]) -> dict[str, Concept | None]:
    return {id: Concept.model_validate({"label": label or f"het {id}", "id": id, "source": "team", **values})}


def test_a_whole_concept_takes_the_place_of_the_one_with_its_id() -> None:
    laid = overlaid(SHIPPED, _own("anorexia", "anorexia nervosa") | _own("nieuw", broader=("zorg",)))
    assert laid.left_out == ()
    assert list(laid.thesaurus.concepts) == [*SHIPPED.concepts, "nieuw"]
    assert laid.thesaurus.concepts["anorexia"].also == ()
    assert laid.thesaurus.narrower["zorg"] == {"eetstoornis", "nieuw"}


def test_what_is_out_is_named_by_nobody() -> None:
    laid = overlaid(SHIPPED, {"zorg": None, "dwang": None})
    assert laid.left_out == ()
    assert not any(one.linked for one in laid.thesaurus.concepts.values() if one.id != "anorexia")
    assert laid.thesaurus.concepts["anorexia"].linked == ("eetstoornis",)


@pytest.mark.parametrize(
    ("own", "told", "away"),
    [
        (_own("nieuw", "Eetstoornis"), [], {"eetstoornis"}),
        (_own("nieuw", "x y") | _own("nog-een", "X Y"), ["nog-een"], {"nog-een"}),
        (_own("nieuw", related=("weg",), contra=("weg",)), ["nieuw"], set()),
        (_own("zorg", broader=("anorexia",)), ["zorg"], set()),
        (_own("zorg", broader=("nieuw",)) | _own("nieuw", broader=("zorg",)), ["zorg"], set()),
        (_own("nieuw", broader=("nieuw",)), ["nieuw"], set()),
    ],
)
def test_what_cannot_hold_is_left_out_and_told(
    own: Mapping[str, Concept | None], told: list[str], away: set[str]
) -> None:
    laid = overlaid(SHIPPED, own)
    assert [each.concept for each in laid.left_out] == told
    assert {*SHIPPED.concepts, *own} - laid.thesaurus.concepts.keys() == away


LABELS = st.sampled_from(["zorg", "Dwang", "zeeziekte", "ZEEZIEKTE", "de", "18+", "ÿ́ñ"])
LINKS = st.lists(st.sampled_from([*IDS, "weg"]), max_size=3).map(tuple)
CONCEPTS = st.builds(
    lambda label, broader, related, of_parent: {
        "label": label,
        "also": (label,),
        "broader": broader,
        "related": related,
        "of_parent": of_parent,
        "contra": related,
        "source": "team",
    },
    LABELS,
    LINKS,
    LINKS,
    st.none() | LINKS,
)
CHANGES = st.dictionaries(st.sampled_from(IDS), st.none() | CONCEPTS, max_size=len(IDS))


@settings(max_examples=50)
@given(CHANGES, st.randoms())
def test_any_changes_give_a_thesaurus_and_the_same_in_any_order(
    changes: Mapping[str, Mapping[str, object] | None], random: Random
) -> None:
    own = {id: None if one is None else Concept.model_validate({**one, "id": id}) for id, one in changes.items()}
    laid = overlaid(SHIPPED, own)
    shuffled = list(own.items())
    random.shuffle(shuffled)
    again = overlaid(SHIPPED, dict(shuffled))
    assert (list(again.thesaurus.concepts.items()), again.left_out) == (
        list(laid.thesaurus.concepts.items()),
        laid.left_out,
    )
    assert {each.concept for each in laid.left_out} <= own.keys()
    laid.thesaurus.lexicon()
    assert parsed(written(laid.thesaurus)) == laid.thesaurus


def test_nothing_changed_is_the_same_thesaurus() -> None:
    assert overlaid(SHIPPED, {}).thesaurus == Thesaurus(SHIPPED.concepts)
