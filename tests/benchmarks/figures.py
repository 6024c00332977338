"""What a benchmark hands in: figures with the two code paths named, and the arithmetic behind them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

RATIO, MILLISECONDS, COUNT = "ratio", "ms", "count"
LONG_RUN = 10.0
RUNS_OF_A_LONG_ONE = 3
"""Of what takes over ten seconds, three runs do (decision 10)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. Without a `target` it is reported and not judged.

    `second` is the same in processor time: a second opinion where other work ran on the machine.
    """

    name: str
    ours: str
    beside: str
    value: float
    unit: str
    target: float | None
    runs: int
    second: float | None = None
    details: dict[str, Any] | None = None

    @property
    def ok(self) -> bool | None:
        return None if self.target is None else self.value <= self.target

    def plain(self) -> dict[str, Any]:
        """The figure as it goes into `bench.json`."""
        named = {"figure": self.name, "ours": self.ours, "beside": self.beside, "value": round(self.value, 3)}
        judged = {"unit": self.unit, "target": self.target, "ok": self.ok, "runs": self.runs}
        return {**named, **judged, "by_processor_time": self.second, "details": self.details or {}}


@dataclass(frozen=True, slots=True)
class Spent:
    """Wall and processor time of one run, in seconds."""

    wall: float
    processor: float


def timed(work: Callable[[], object]) -> Spent:
    """What one call of `work` costs."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - processor)


def interleaved(bare: Callable[[], Spent], ours: Callable[[], Spent], runs: int) -> list[tuple[Spent, Spent]]:
    """Bare, ours, bare, ours: so that a busy moment of the machine falls on both."""
    pairs: list[tuple[Spent, Spent]] = []
    while len(pairs) < runs:
        pairs.append((bare(), ours()))
        if pairs[0][1].wall > LONG_RUN:
            runs = min(runs, RUNS_OF_A_LONG_ONE)
    return pairs


def ratio(name: str, ours: str, beside: str, pairs: Sequence[tuple[Spent, Spent]], target: float | None) -> Figure:
    """How many times the bare run ours takes: the median over the pairs, of which each saw the same machine."""
    bare, own = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return Figure(
        name,
        ours,
        beside,
        median(mine.wall / plain.wall for plain, mine in pairs),
        RATIO,
        target,
        len(pairs),
        round(median(mine.processor / plain.processor for plain, mine in pairs), 3),
        {"ours_ms": spread([each.wall for each in own]), "bare_ms": spread([each.wall for each in bare])},
    )


def latency(name: str, ours: str, waits: Sequence[Spent], target: float | None, percent: int = 95) -> Figure:
    """The 95th percentile of many small waits, or another one."""
    wall = [each.wall for each in waits]
    second = round(percentile([each.processor for each in waits], percent) * 1000, 3)
    details = {"spread_ms": spread(wall)}
    return Figure(name, ours, "", percentile(wall, percent) * 1000, MILLISECONDS, target, len(waits), second, details)


def percentile(values: Sequence[float], percent: int = 95) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def spread(seconds: Iterable[float]) -> dict[str, float]:
    """Least, median, 95th percentile and most, in milliseconds."""
    values = [value * 1000 for value in seconds]
    named = {"least": min(values), "median": median(values), "p95": percentile(values), "most": max(values)}
    return {name: round(value, 2) for name, value in named.items()}
