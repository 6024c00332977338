"""Opening a case, saving one long field to acknowledged, and keeping a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from bren_desktop.domain.entities import Kind
from bren_desktop.services.workspace import Workspace
from tests.benchmarks.figures import Figure, Spent, latency, timed
from tests.benchmarks.workload import Workload

CASES_PER_RUN = 20


def measure(workload: Workload, runs: int) -> list[Figure]:
    """Every case once: nothing that was opened before is opened again."""
    workspace = workload.unlock()
    cases = workload.sample(workspace, Kind.CASE, CASES_PER_RUN * runs)
    figures = [
        latency(
            "opening a case",
            "workspace.cases.open, consents.of and drafts.get: what the case page asks for",
            _each(cases, lambda entity: _open(workspace, entity)),
            30.0,
        ),
        latency(
            "saving a case to acknowledged",
            "workspace.cases.amend with one long field, until committed",
            _saved(workspace, cases),
            25.0,
        ),
        latency(
            "keeping a draft",
            "workspace.drafts.keep with one long field, until committed",
            _each(cases, lambda entity: _keep(workspace, entity)),
            25.0,
        ),
    ]
    workspace.lock()
    return figures


def _each(cases: Sequence[str], work: Callable[[str], object]) -> list[Spent]:
    return [timed(partial(work, entity)) for entity in cases]


def _open(workspace: Workspace, entity: str) -> None:
    opened = workspace.cases.open(workspace.actor, entity)
    list(workspace.consents.of(workspace.actor, opened.entity))
    workspace.drafts.get(workspace.actor, f"casus:{entity}")


def _saved(workspace: Workspace, cases: Sequence[str]) -> list[Spent]:
    amended = {}
    for entity in cases:
        case = workspace.cases.open(workspace.actor, entity).case
        amended[entity] = case.model_copy(update={"omschrijving": f"{case.omschrijving}\n{case.hulpvraag}"})
    return _each(
        cases, lambda entity: workspace.cases.amend(workspace.actor, entity, amended[entity], ("omschrijving",))
    )


def _keep(workspace: Workspace, entity: str) -> None:
    workspace.drafts.keep(workspace.actor, f"casus:{entity}", {"omschrijving": "Een zin die wordt getypt. " * 80})
