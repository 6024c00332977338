"""The measures give what one computes by hand, and the halves are those that the README of the set names."""

from __future__ import annotations

import pytest

from tests.quality.judgements import halves, judgements
from tests.quality.scores import kept, ndcg, reciprocal_rank

GRADES = {"a": 3, "b": 2, "c": 1}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["a", "b", "c"], 1.0),
        (["c", "b", "a"], (1 + 3 / 1.584963 + 7 / 2) / (7 + 3 / 1.584963 + 1 / 2)),
        (["x", "a"], (7 / 1.584963) / (7 + 3 / 1.584963 + 1 / 2)),
        (["x", "x", "x", "x", "x", "a"], 0.0),
        ([], 0.0),
    ],
)
def test_ndcg_is_the_gain_that_was_got_of_the_gain_there_was(found: list[str], expected: float) -> None:
    assert ndcg(found, GRADES) == pytest.approx(expected, abs=1e-5)


def test_where_nothing_is_to_be_found_nothing_is_missed() -> None:
    assert ndcg(["x"], {}) == 1.0


def test_the_reciprocal_rank_counts_the_best_grade_only() -> None:
    assert reciprocal_rank(["b", "a"], GRADES) == 0.5
    assert reciprocal_rank(["b"], GRADES) == 0.0


def test_a_pair_is_kept_where_it_stands_so_and_not_where_neither_is_found() -> None:
    pairs = [("a", "b"), ("b", "x"), ("x", "y"), ("b", "a")]
    assert kept(["a", "b"], pairs) == 2


@pytest.mark.parametrize("kind", ["case", "query"])
def test_the_halves_are_those_of_the_set(kind: str) -> None:
    tune, held = halves([one.id for one in judgements("judged") if one.kind == kind])
    stated = {one.id: one.half for one in judgements("judged")}
    assert {stated[one] for one in tune} == {"tune"}
    assert {stated[one] for one in held} == {"held"}
