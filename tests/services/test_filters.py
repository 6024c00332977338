"""Filters kept by name: of this laptop only."""

from __future__ import annotations

from typing import cast

import pytest

from bren_desktop.domain import rights
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import InvalidInputError
from bren_desktop.services.context import Context
from bren_desktop.services.filters import (
    LONGEST_SEARCH,
    SEARCHES,
    TEXT,
    Choice,
    SavedFilters,
    free_name,
    name_of,
    rename_after,
)
from bren_desktop.services.sync_ports import SyncStore
from tests.delivery import exchanged

URGENT = {"urgentie": ["UR-SPOED", "UR-CRISIS"], "aandacht": ["ja"]}


@pytest.fixture
def filters(context: Context) -> SavedFilters:
    return SavedFilters(context)


def test_a_filter_comes_back_by_its_name(filters: SavedFilters, actor: Actor) -> None:
    filters.keep(actor, Kind.CASE, "  Spoed   van mij ", URGENT)
    filters.keep(actor, Kind.EXPERT, "Autisme", {"expertise": ("EX-ASS",)})
    assert filters.all(actor, Kind.CASE) == {"Spoed van mij": URGENT}
    assert filters.all(actor, Kind.EXPERT) == {"Autisme": {"expertise": ["EX-ASS"]}}


def test_only_the_lists_that_somebody_may_read_are_given_together(
    filters: SavedFilters, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    filters.keep(actor, Kind.EXPERT, "Autisme", {"expertise": ["EX-ASS"]})
    assert filters.everything(actor) == {
        Kind.CASE: {},
        Kind.EXPERT: {"Autisme": {"expertise": ["EX-ASS"]}},
        SEARCHES: {},
    }
    monkeypatch.setitem(rights.RIGHTS, actor.role, frozenset(rights.Right) - {rights.Right.READ_POOL})
    assert filters.everything(actor).keys() == {Kind.CASE, SEARCHES}


def test_it_keeps_its_place_under_another_name(filters: SavedFilters, actor: Actor) -> None:
    for name in ("een", "twee"):
        filters.keep(actor, Kind.CASE, name, URGENT)
    filters.rename(actor, Kind.CASE, "een", "drie")
    assert list(filters.all(actor, Kind.CASE)) == ["drie", "twee"]
    with pytest.raises(InvalidInputError):
        filters.rename(actor, Kind.CASE, "drie", "twee")
    filters.keep(actor, Kind.CASE, "drie", {})
    filters.drop(actor, Kind.CASE, "twee")
    assert filters.all(actor, Kind.CASE) == {"drie": {}}


@pytest.mark.parametrize("name", ["", " ", "x" * 41])
def test_a_name_is_short_and_not_empty(filters: SavedFilters, actor: Actor, name: str) -> None:
    with pytest.raises(InvalidInputError):
        filters.keep(actor, Kind.CASE, name, URGENT)
    assert filters.all(actor, Kind.CASE) == {}


def test_searches_that_begin_alike_are_kept_apart_and_known_by_what_they_ask() -> None:
    typed = "hij zit thuis " * 12
    asked = [{TEXT: [typed], "regio": regions} for regions in (["JZ24"], ["JZ25"], ["JZ24", "JZ25"])]
    kept: dict[str, Choice] = {}
    for each in asked:
        kept[free_name(kept, typed)] = each
    assert len(kept) == 3
    assert max(map(len, kept)) <= LONGEST_SEARCH
    assert [name_of(kept, each) for each in asked] == list(kept)
    assert name_of(kept, {"regio": ("JZ25", "JZ24"), TEXT: (typed,)}) == list(kept)[2]
    assert name_of(kept, {TEXT: [typed]}) == ""


def test_it_does_not_travel(twins: tuple[Context, Context], actor: Actor) -> None:
    mine, theirs = twins
    before = mine.store.state_hash()
    SavedFilters(mine).keep(actor, Kind.CASE, "Spoed", URGENT)
    exchanged(cast("SyncStore", mine.store), cast("SyncStore", theirs.store))
    assert SavedFilters(theirs).all(actor, Kind.CASE) == {}
    assert mine.store.state_hash() == before


def test_a_search_for_somebody_who_is_erased_is_forgotten(
    filters: SavedFilters, context: Context, actor: Actor
) -> None:
    filters.keep(actor, SEARCHES, "zeekraal noor", {TEXT: ["zeekraal noor"], "regio": ["JZ24"]})
    filters.keep(actor, SEARCHES, "autisme · Haaglanden", {TEXT: ["autisme"], "regio": ["JZ24"]})
    filters.keep(actor, Kind.CASE, "Zeekraal", URGENT)
    assert rename_after(context, actor, {"zeekraal"}) == ("Zeekraal", "zeekraal noor")
    assert filters.all(actor, SEARCHES) == {"autisme · Haaglanden": {TEXT: ["autisme"], "regio": ["JZ24"]}}
    assert list(filters.all(actor, Kind.CASE)) == ["Filter 1"]
