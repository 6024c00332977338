"""The judged sets: `judged/` in its halves, and more by other hands, of which `practice_f` is held back whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SETS = ("judged", "practice_a", "practice_b", "practice_c", "practice_d", "practice_e", "practice_f")
SALT = "bren-judged-1:"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was judged of one case or query. `lived_experience` grades the slot of the ervaringsdeskundige."""

    kind: str
    id: str
    half: str
    grades: Mapping[str, int]
    lived_experience: Mapping[str, int]
    pairs: tuple[tuple[str, str], ...]
    must_not: tuple[tuple[str, int, str], ...]
    """(id, among the first so many, why)."""


def judgements(judged: str) -> list[Judgement]:
    """All of one set, in the order of the file."""
    return [_judgement(row) for row in rows(judged, "judgements")]


def rows(judged: str, name: str) -> Iterator[dict[str, Any]]:
    """The records of one file of a set."""
    for line in path(judged, name).read_text("utf-8").splitlines():
        yield json.loads(line)


def path(judged: str, name: str) -> Path:
    """Where one file of a set lies."""
    return Path(__file__).parent / judged / f"{name}.jsonl"


def halves(ids: list[str]) -> tuple[list[str], list[str]]:
    """`ids` parted into those to tune with and those that are held back."""
    shuffled = sorted(ids, key=lambda one: hashlib.sha256(f"{SALT}{one}".encode()).hexdigest())
    return shuffled[: len(ids) // 2], shuffled[len(ids) // 2 :]


def _judgement(row: Mapping[str, Any]) -> Judgement:
    return Judgement(
        row["kind"],
        row["id"],
        row["split"],
        {one["id"]: one["grade"] for one in row["grades"]},
        {one["id"]: one["grade"] for one in row["lived_experience"]},
        tuple((pair["above"], pair["below"]) for pair in row["preferences"]),
        tuple((one["id"], one["top"], one["kind"]) for one in row["must_not"]),
    )
