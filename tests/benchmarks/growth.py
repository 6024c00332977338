"""What publishing and joining cost per case, beside a tenth of as many: with ten times the cases no more."""

from __future__ import annotations

from dataclasses import replace

from tests.benchmarks import sharing
from tests.benchmarks.figures import RUNS_OF_A_LONG_ONE, Figure, Spent, ratio
from tests.benchmarks.workload import Workload, ready

JUDGED = 10_000
"""More cases are reported only."""


def measure(workload: Workload, runs: int) -> list[Figure]:
    """One figure; its details are what all the cases together cost, the last time."""
    tenth = ready(workload.folder / "tenth", max(1, workload.cases // 10), max(1, workload.experts // 10), 0)
    told: dict[str, float] = {}
    pairs = [(_per_case(tenth, told), _per_case(workload, told)) for _ in range(min(runs, RUNS_OF_A_LONG_ONE))]
    figure = ratio(
        f"growth to {workload.cases} cases",
        "publishing all cases and pareltjes of a profile and taking them in on another laptop, per case",
        "the same with a tenth of them",
        pairs,
        1.0,
    )
    target = figure.target if workload.cases <= JUDGED else None
    return [replace(figure, target=target, details={**(figure.details or {}), **told})]


def _per_case(workload: Workload, told: dict[str, float]) -> Spent:
    founder, published = sharing.publish(workload)
    joined = sharing.join(workload, founder)
    founder.lock()
    told.update(publishing_s=round(published.wall, 1), joining_s=round(joined.spent.wall, 1))
    told.update(first_list_s=round(joined.usable, 1), memory_MiB=round(joined.memory / 2**20))
    both = published.wall + joined.spent.wall, published.processor + joined.spent.processor
    return Spent(both[0] / workload.cases, both[1] / workload.cases)
