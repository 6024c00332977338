"""Proposals for two versions of a text: nothing of either side is lost, and each text can be read back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.merging import Mark, Proposal, Span, differences, propose, propose_parts

WORDS = st.lists(
    st.sampled_from(["Noor", "slaapt", "slecht", ".", " ", "\n", "de", "school", ",", "é", "12"]), max_size=14
)
TEXTS = WORDS.map("".join) | st.text(max_size=30)


def read_back(proposal: Proposal, side: str) -> str:
    return "".join(span.text for span in proposal.spans if getattr(span, side))


@given(TEXTS, TEXTS, TEXTS)
def test_each_of_the_three_texts_can_be_read_back(base: str, ours: str, theirs: str) -> None:
    proposal = propose(base, ours, theirs)
    assert read_back(proposal, "base") == base
    assert read_back(proposal, "ours") == ours
    assert read_back(proposal, "theirs") == theirs


@given(TEXTS, TEXTS, TEXTS)
def test_what_a_side_added_is_always_in_the_proposal(base: str, ours: str, theirs: str) -> None:
    for span in propose(base, ours, theirs).spans:
        assert span.removed == (span.base and not (span.ours and span.theirs))
        if not span.base:
            assert not span.removed


@given(TEXTS, TEXTS)
def test_two_equal_sides_give_that_text(base: str, text: str) -> None:
    assert propose(base, text, text).text == text
    assert propose(None, text, text).text == text


@given(TEXTS, TEXTS)
def test_a_change_of_one_side_only_is_taken_over(base: str, text: str) -> None:
    assert propose(base, text, base).text == text
    assert propose(base, base, text).text == text
    assert not propose(base, base, text).clashes


@given(TEXTS, TEXTS)
def test_without_what_stood_there_both_texts_stay_whole(ours: str, theirs: str) -> None:
    proposal = propose(None, ours, theirs)
    assert not any(span.removed for span in proposal.spans)
    assert read_back(proposal, "ours") == ours
    assert read_back(proposal, "theirs") == theirs


@given(TEXTS, TEXTS, TEXTS)
def test_the_sides_may_change_places(base: str, ours: str, theirs: str) -> None:
    """Who looks sees the same clashes; only which of two colliding texts comes first differs."""
    one, other = propose(base, ours, theirs), propose(base, theirs, ours)
    assert one.clashes == other.clashes
    if not one.clashes:
        assert one.text == other.text


def test_changes_in_different_places_go_together() -> None:
    base = "Noor slaapt slecht. Zij gaat naar school."
    proposal = propose(
        base, "Noor slaapt beter. Zij gaat naar school.", "Noor slaapt slecht. Zij gaat niet naar school."
    )
    assert proposal.text == "Noor slaapt beter. Zij gaat niet naar school."
    assert not proposal.clashes
    assert [(span.text, span.mark, span.removed) for span in proposal.spans] == [
        ("Noor slaapt ", Mark.KEPT, False),
        ("slecht", Mark.OURS, True),
        ("beter", Mark.OURS, False),
        (". Zij gaat ", Mark.KEPT, False),
        ("niet ", Mark.THEIRS, False),
        ("naar school.", Mark.KEPT, False),
    ]


def test_two_answers_for_one_place_stand_behind_each_other() -> None:
    proposal = propose("Noor slaapt slecht.", "Noor slaapt beter.", "Noor slaapt nauwelijks.")
    assert proposal.clashes
    assert proposal.text == "Noor slaapt beter nauwelijks."


def test_a_sentence_that_one_removed_and_the_other_changed_stays() -> None:
    base = "Eerst. Moeder wil hulp. Laatst."
    proposal = propose(base, "Eerst. Laatst.", "Eerst. Moeder wil thuis hulp. Laatst.")
    assert "thuis" in proposal.text


def test_the_same_change_of_both_is_named_once() -> None:
    assert propose("a b", "a c", "a c").spans == (
        Span("a ", base=True, ours=True, theirs=True),
        Span("b", base=True, ours=False, theirs=False),
        Span("c", base=False, ours=True, theirs=True),
    )
    assert [span.mark for span in propose("a b", "a c", "a c").spans] == [Mark.KEPT, Mark.BOTH, Mark.BOTH]


@pytest.mark.parametrize(("before", "after"), [("", "nieuw"), ("oud", ""), ("oud woord", "nieuw woord")])
def test_differences_tell_what_one_side_did(before: str, after: str) -> None:
    proposal = differences(before, after)
    assert proposal.text == after
    assert {span.mark for span in proposal.spans} <= {Mark.KEPT, Mark.OURS}


PARTS = st.dictionaries(
    st.sampled_from(["van", "tot", "vorm", "n"]), st.sampled_from(["2019", "2020", "Verblijf", 0, 1])
)


@given(PARTS, PARTS, PARTS)
def test_a_part_that_one_side_changed_is_taken_over(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    together = propose_parts(base, ours, theirs)
    assert propose_parts(base, ours, base).values == ours
    assert propose_parts(base, base, theirs).values == theirs
    assert propose_parts(base, ours, ours).values == ours
    for name in {*base, *ours, *theirs}:
        if name not in together.clashes:
            changed = [side.get(name) for side in (ours, theirs) if side.get(name) != base.get(name)]
            assert together.values.get(name) == (changed[0] if changed else base.get(name))
        elif isinstance(ours.get(name), str) and isinstance(theirs.get(name), str):
            assert str(ours[name]) in together.values[name]
            assert str(theirs[name]) in together.values[name]
