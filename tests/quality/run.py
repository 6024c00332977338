"""Measures how good matching and search are on the judged set, with plain BM25 beside it: `nox -s quality`.

The averages of both halves are always shown. What is shown per case and query is that of `--half` (default `tune`):
who tunes does not look at the half that is held back.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.quality.judgements import Judgement, judgements, rows  # noqa: E402
from tests.quality.ours import Ours, lived_experience, without  # noqa: E402
from tests.quality.plain import Plain, words  # noqa: E402
from tests.quality.scores import kept, ndcg, reciprocal_rank  # noqa: E402

HALVES = ("tune", "held")
TARGETS = {"case": 0.85, "query": 0.90}
PAIRS_TARGET = 0.90
SLOT_DEPTH = 3
WORK = ROOT / ".nox" / "tmp" / "quality"


@dataclass(frozen=True, slots=True)
class Scored:
    """The figures of one case or query, ours and those of plain BM25."""

    kind: str
    id: str
    half: str
    ndcg: float
    plain_ndcg: float
    reciprocal_rank: float
    plain_reciprocal_rank: float
    pairs: int
    kept: int
    plain_kept: int
    slot: float | None
    wrong: tuple[str, ...]
    """Who stands where nobody like that may stand, and why."""


def main(arguments: list[str] | None = None) -> int:
    """Measure and show."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--half", choices=(*HALVES, "both", "none"), default="tune", help="shown per case and query")
    parser.add_argument("--out", type=Path, default=ROOT / "quality.json", help="every figure, as JSON")
    wanted = parser.parse_args(arguments)
    scored = measured()
    shown = [one for one in scored if wanted.half in (one.half, "both")]
    parts = [(kind, half) for kind in TARGETS for half in HALVES]
    lines = [line for kind in TARGETS for line in _each([one for one in shown if one.kind == kind])]
    lines += [_average(*part, [one for one in scored if (one.kind, one.half) == part]) for part in parts]
    sys.stdout.write("\n".join(lines) + "\n")
    wanted.out.write_text(json.dumps([asdict(one) for one in scored], indent=1) + "\n", "utf-8")
    return 0


def measured() -> list[Scored]:
    """Every judgement against the program and against plain BM25."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    ours = Ours(WORK)
    try:
        return list(_all_scored(ours))
    finally:
        ours.close()
        shutil.rmtree(WORK)


def _all_scored(ours: Ours) -> Iterator[Scored]:
    cases, queries, experts = ({row["id"]: row for row in rows(name)} for name in ("cases", "queries", "experts"))
    scopes = {"experts": experts, "cases": cases, "all": {**experts, **cases}}
    plain = {scope: Plain(records.values()) for scope, records in scopes.items()}
    apart = lived_experience()
    for one in judgements():
        if one.kind == "case":
            yield _case(one, ours.match(one.id), plain["experts"].find(words(cases[one.id])), apart)
        else:
            scope, text = queries[one.id]["scope"], queries[one.id]["text"]
            yield _query(one, ours.search(scope, text), plain[scope].find(text))


def _case(one: Judgement, found: list[str], plain: list[str], apart: frozenset[str]) -> Scored:
    slot = [expert for expert in found if expert in apart]
    filled = ndcg(slot, one.lived_experience, SLOT_DEPTH) if one.lived_experience else None
    wrong = tuple(f"{who} {why}" for who, top, why in one.must_not if _stands(who, top, found, slot))
    return _scored(one, without(found, apart), without(plain, apart), filled, wrong)


def _query(one: Judgement, found: list[str], plain: list[str]) -> Scored:
    wrong = tuple(f"{who} {why}" for who, top, why in one.must_not if who in found[:top])
    return _scored(one, found, plain, None, wrong)


def _stands(who: str, top: int, found: list[str], slot: list[str]) -> bool:
    """Whether `who` stands among the first `top` of the list, or of the slot."""
    return who in (slot if who in slot else without(found, frozenset(slot)))[:top]


def _scored(one: Judgement, ours: list[str], plain: list[str], slot: float | None, wrong: tuple[str, ...]) -> Scored:
    return Scored(
        one.kind,
        one.id,
        one.half,
        *(ndcg(ours, one.grades), ndcg(plain, one.grades)),
        *(reciprocal_rank(ours, one.grades), reciprocal_rank(plain, one.grades)),
        *(len(one.pairs), kept(ours, one.pairs), kept(plain, one.pairs)),
        slot,
        wrong,
    )


def _each(scored: Sequence[Scored]) -> Iterator[str]:
    """A line for each, the weakest first."""
    for one in sorted(scored, key=lambda each: each.ndcg):
        pairs = f"{one.kept}/{one.pairs}" if one.pairs else ""
        yield f"  {one.id}  nDCG@5 {one.ndcg:.2f} (BM25 {one.plain_ndcg:.2f})  pairs {pairs:5}  {'; '.join(one.wrong)}"


def _average(kind: str, half: str, scored: Sequence[Scored]) -> str:
    """The figures of one half, each with what is asked of it and what BM25 does."""
    ours, plain = mean(one.ndcg for one in scored), mean(one.plain_ndcg for one in scored)
    ranks = mean(one.reciprocal_rank for one in scored), mean(one.plain_reciprocal_rank for one in scored)
    pairs = sum(one.pairs for one in scored)
    shares = sum(one.kept for one in scored) / pairs, sum(one.plain_kept for one in scored) / pairs
    slots = [one.slot for one in scored if one.slot is not None]
    return "  ".join(
        [
            f"{kind:5} {half:4} ({len(scored)})",
            f"nDCG@5 {ours:.3f} (target {max(TARGETS[kind], (1 + plain) / 2):.3f}, BM25 {plain:.3f})",
            "MRR {:.3f} (BM25 {:.3f})".format(*ranks),
            f"pairs {shares[0]:.1%} of {pairs} (target {PAIRS_TARGET:.0%}, BM25 {shares[1]:.1%})",
            f"wrong on top {sum(len(one.wrong) for one in scored)}",
            *([f"ervaringsdeskundige nDCG@{SLOT_DEPTH} {mean(slots):.3f}"] if slots else []),
        ]
    )


if __name__ == "__main__":
    raise SystemExit(main())
