"""Measures how good matching and search are on the judged sets, with plain BM25 beside it: `nox -s quality`.

The averages are always shown. What is shown per case and query is that of `--half` (default `tune`): who tunes does
not look at the half that is held back, of `judged` and of `practice_e`, nor at `practice_f`, which is held back whole.
The other sets are for tuning whole.
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

from tests.quality.judgements import SETS, Judgement, judgements, rows  # noqa: E402
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

    judged: str
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
    parser.add_argument("--set", action="append", choices=SETS, help="only this set; can be given again")
    parser.add_argument("--out", type=Path, default=ROOT / "quality.json", help="every figure, as JSON")
    wanted = parser.parse_args(arguments)
    scored = [one for judged in wanted.set or SETS for one in measured(judged)]
    shown = [one for one in scored if wanted.half in (one.half, "both")]
    parts = dict.fromkeys((one.judged, one.kind, one.half) for one in scored)
    lines = [line for kind in TARGETS for line in _each([one for one in shown if one.kind == kind])]
    lines += [_average(part, [one for one in scored if (one.judged, one.kind, one.half) == part]) for part in parts]
    sys.stdout.write("\n".join(lines) + "\n")
    wanted.out.write_text(json.dumps([asdict(one) for one in scored], indent=1) + "\n", "utf-8")
    return 0


def measured(judged: str) -> list[Scored]:
    """Every judgement of a set against the program and against plain BM25."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    ours = Ours(judged, WORK)
    try:
        return list(_all_scored(judged, ours))
    finally:
        ours.close()
        shutil.rmtree(WORK)


def _all_scored(judged: str, ours: Ours) -> Iterator[Scored]:
    files = ("cases", "queries", "experts")
    cases, queries, experts = ({row["id"]: row for row in rows(judged, name)} for name in files)
    scopes = {"experts": experts, "cases": cases, "all": {**experts, **cases}}
    plain = {scope: Plain(records.values()) for scope, records in scopes.items()}
    apart = lived_experience(judged)
    for one in judgements(judged):
        if one.kind == "case":
            yield _case(judged, one, ours.match(one.id), plain["experts"].find(words(cases[one.id])), apart)
        else:
            scope, text = queries[one.id]["scope"], queries[one.id]["text"]
            yield _query(judged, one, ours.search(scope, text), plain[scope].find(text))


def _case(judged: str, one: Judgement, found: list[str], plain: list[str], apart: frozenset[str]) -> Scored:
    slot = [expert for expert in found if expert in apart]
    filled = ndcg(slot, one.lived_experience, SLOT_DEPTH) if one.lived_experience else None
    wrong = tuple(f"{who} {why}" for who, top, why in one.must_not if _stands(who, top, found, slot))
    return _scored(judged, one, without(found, apart), without(plain, apart), filled, wrong)


def _query(judged: str, one: Judgement, found: list[str], plain: list[str]) -> Scored:
    wrong = tuple(f"{who} {why}" for who, top, why in one.must_not if who in found[:top])
    return _scored(judged, one, found, plain, None, wrong)


def _stands(who: str, top: int, found: list[str], slot: list[str]) -> bool:
    """Whether `who` stands among the first `top` of the list, or of the slot."""
    return who in (slot if who in slot else without(found, frozenset(slot)))[:top]


def _scored(
    judged: str, one: Judgement, ours: list[str], plain: list[str], slot: float | None, wrong: tuple[str, ...]
) -> Scored:
    return Scored(
        judged,
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
        figures = f"nDCG@5 {one.ndcg:.2f} (BM25 {one.plain_ndcg:.2f})  pairs {pairs:5}"
        yield f"  {one.judged:10} {one.id}  {figures}  {'; '.join(one.wrong)}"


def _average(part: tuple[str, str, str], scored: Sequence[Scored]) -> str:
    """The figures of one half of a set, each with what is asked of it and what BM25 does."""
    ours, plain = mean(one.ndcg for one in scored), mean(one.plain_ndcg for one in scored)
    ranks = mean(one.reciprocal_rank for one in scored), mean(one.plain_reciprocal_rank for one in scored)
    pairs = sum(one.pairs for one in scored)
    shares = [sum(each) / max(1, pairs) for each in zip(*((one.kept, one.plain_kept) for one in scored), strict=True)]
    slots = [one.slot for one in scored if one.slot is not None]
    return "  ".join(
        [
            f"{part[0]:10} {part[1]:5} {part[2]:4} ({len(scored)})",
            f"nDCG@5 {ours:.3f} (target {max(TARGETS[part[1]], (1 + plain) / 2):.3f}, BM25 {plain:.3f})",
            "MRR {:.3f} (BM25 {:.3f})".format(*ranks),
            f"pairs {shares[0]:.1%} of {pairs} (target {PAIRS_TARGET:.0%}, BM25 {shares[1]:.1%})",
            f"wrong on top {sum(len(one.wrong) for one in scored)}",
            *([f"ervaringsdeskundige nDCG@{SLOT_DEPTH} {mean(slots):.3f}"] if slots else []),
        ]
    )


if __name__ == "__main__":
    raise SystemExit(main())
