"""Matching a case with the pool: the first time after unlocking, and every time after that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bren_desktop.domain.entities import Kind
from bren_desktop.services.workspace import Workspace
from tests.benchmarks.figures import MILLISECONDS, Figure, Spent, latency, timed
from tests.benchmarks.workload import Workload

CASES_PER_RUN = 5
PATH = "workspace.matching.propose, the team and reasons for the ten best included"


def measure(workload: Workload, runs: int) -> list[Figure]:
    """What a match may cost is said of the ones after the first: profiles are read ahead, behind the first page."""
    workspace = workload.unlock()
    cases = workload.sample(workspace, Kind.CASE, CASES_PER_RUN * runs)
    cold = _spent(workspace, cases[:1])
    warm = _spent(workspace, cases)
    edited = [_after_an_edit(workspace, entity) for entity in cases[: 2 * runs]]
    workspace.lock()
    return [
        Figure("the first match after unlocking", PATH, "", cold[0].wall * 1000, MILLISECONDS, None, 1),
        latency("a match", f"{PATH}, after the first", warm, 50),
        latency("a match after a case was edited", f"workspace.cases.set_field, then {PATH}", edited, None),
    ]


def _spent(workspace: Workspace, cases: Sequence[str]) -> list[Spent]:
    return [timed(partial(workspace.matching.propose, workspace.actor, entity)) for entity in cases]


def _after_an_edit(workspace: Workspace, entity: str) -> Spent:
    workspace.cases.set_field(workspace.actor, entity, "wensen", "Liever een vrouw.")
    return _spent(workspace, [entity])[0]
