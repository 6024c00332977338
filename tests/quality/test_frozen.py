"""Each judged set is the one that was frozen, and speaks only of experts, cases and queries that it holds."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.quality.judgements import SETS, path, rows

FILES = ["cases.jsonl", "experts.jsonl", "judgements.jsonl", "queries.jsonl"]


@pytest.fixture(params=SETS)
def judged(request: pytest.FixtureRequest) -> str:
    """The name of one set."""
    return str(request.param)


def _ids(judged: str, name: str) -> set[str]:
    return {row["id"] for row in rows(judged, name)}


def _frozen(judged: str) -> list[list[str]]:
    lines = path(judged, "cases").with_name("FROZEN.sha256").read_text(encoding="utf-8").splitlines()
    return [line.split("  ") for line in lines]


def _mentioned(judgement: dict[str, Any]) -> set[str]:
    listed = [*judgement["grades"], *judgement["lived_experience"], *judgement["must_not"]]
    pairs = judgement["preferences"]
    return {row["id"] for row in listed} | {pair[side] for pair in pairs for side in ("above", "below")}


def test_every_file_is_as_it_was_frozen(judged: str) -> None:
    folder = path(judged, "cases").parent
    assert sorted(each.name for each in folder.glob("*.jsonl")) == FILES
    assert _frozen(judged) == [[hashlib.sha256((folder / name).read_bytes()).hexdigest(), name] for name in FILES]


def test_judgements_refer_only_to_what_exists(judged: str) -> None:
    known = _ids(judged, "experts") | _ids(judged, "cases")

    for judgement in rows(judged, "judgements"):
        assert _mentioned(judgement) <= known, judgement["id"]


def test_every_case_and_query_is_judged_once(judged: str) -> None:
    ids = [row["id"] for row in rows(judged, "judgements")]

    assert sorted(ids) == sorted(_ids(judged, "cases") | _ids(judged, "queries"))
