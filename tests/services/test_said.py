"""What a file said last: merged with what people made of it, whatever order laptops learn of it."""

from __future__ import annotations

from typing import Any

import pytest

from bren_desktop.services import said

Current = dict[tuple[str, str], Any]


def after(current: Current, theirs: Current, *given: str) -> Current:
    changed = said.merged(current, theirs, given)
    return {name: value for name, value in {**current, **changed}.items() if value is not None}


def visible(current: Current) -> Current:
    return {name: value for name, value in current.items() if name[0] != said.FIELD}


def test_the_same_file_changes_nothing_after_people_did() -> None:
    theirs: Current = {("wensen", ""): "Rust", ("knelpunten", "KP-WLZ"): True}
    first = after({}, theirs, "wensen", "knelpunten")
    mine = {name: value for name, value in first.items() if name != ("wensen", "")}
    assert said.merged(mine, theirs, ("wensen", "knelpunten")) == {}


def test_a_row_keeps_its_place_from_counting_as_a_change() -> None:
    first = after({}, {("geschiedenis", "r1"): {"vorm": "a", "n": 0}}, "geschiedenis")
    assert said.merged(first, {("geschiedenis", "r1"): {"vorm": "a", "n": 4}}, ("geschiedenis",)) == {}
    assert said.merged(first, {("geschiedenis", "r1"): {"vorm": "b", "n": 0}}, ("geschiedenis",))


def test_after_two_laptops_imported_two_files_at_once_either_counts_as_said() -> None:
    one = after({}, {("wensen", ""): "Een"}, "wensen")
    two = after({}, {("wensen", ""): "Twee"}, "wensen")
    both = {**one, **two, ("wensen", ""): "Van een mens"}
    for text in ("Een", "Twee"):
        assert visible(after(both, {("wensen", ""): text}, "wensen")) == {("wensen", ""): "Van een mens"}
    settled = after(both, {("wensen", ""): "Drie"}, "wensen")
    assert visible(settled) == {("wensen", ""): "Drie"}
    assert len([name for name in settled if name[0] == said.FIELD]) == 1


def test_one_fact_about_a_field_is_kept_while_a_file_is_silent_about_it() -> None:
    first = after({}, {("wensen", ""): "Rust", ("krachten", ""): "Sterk"}, "wensen", "krachten")
    second = after(first, {("krachten", ""): "Sterker"}, "krachten")
    assert said.merged({**second, ("wensen", ""): "Mijn"}, {("wensen", ""): "Rust"}, ("wensen",)) == {}


@pytest.mark.parametrize("key", ["", "geen base64!", "AAAA", "é"])
def test_what_a_strange_laptop_wrote_is_no_obstacle(key: str) -> None:
    current: Current = {(said.FIELD, key): True, ("wensen", ""): "Rust"}
    assert visible(after(current, {("wensen", ""): "Nieuw"}, "wensen")) == {("wensen", ""): "Nieuw"}
