"""The judged set is the one that was frozen, and speaks only of experts, cases and queries that it holds."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

JUDGED = Path(__file__).parent / "judged"
FILES = ["cases.jsonl", "experts.jsonl", "judgements.jsonl", "queries.jsonl"]


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (JUDGED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def _ids(name: str) -> set[str]:
    return {row["id"] for row in _rows(name)}


def _mentioned(judgement: dict[str, Any]) -> set[str]:
    listed = [*judgement["grades"], *judgement["lived_experience"], *judgement["must_not"]]
    pairs = judgement["preferences"]
    return {row["id"] for row in listed} | {pair[side] for pair in pairs for side in ("above", "below")}


def test_every_file_is_named_in_the_list_of_hashes() -> None:
    lines = (JUDGED / "FROZEN.sha256").read_text(encoding="utf-8").splitlines()

    assert [line.split("  ")[1] for line in lines] == FILES
    assert sorted(path.name for path in JUDGED.glob("*.jsonl")) == FILES


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_the_hash_it_was_frozen_with(name: str) -> None:
    found = hashlib.sha256((JUDGED / name).read_bytes()).hexdigest()

    assert f"{found}  {name}" in (JUDGED / "FROZEN.sha256").read_text(encoding="utf-8").splitlines()


def test_judgements_refer_only_to_what_exists() -> None:
    known = _ids("experts") | _ids("cases")

    for judgement in _rows("judgements"):
        assert _mentioned(judgement) <= known, judgement["id"]


def test_every_case_and_query_is_judged_once() -> None:
    judged = [row["id"] for row in _rows("judgements")]

    assert sorted(judged) == sorted(_ids("cases") | _ids("queries"))
