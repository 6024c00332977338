"""The werkvoorraad of a secretaris: the first time after unlocking, again, and after a case was edited.

The fictional cases are nearly all open, five times as many as a large network has.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from bren_desktop.services.workspace import Workspace
from tests.benchmarks.figures import MILLISECONDS, Figure, Spent, latency, timed
from tests.benchmarks.workload import Workload

PATH = "workspace.worklist.entries, every deadline included"


def measure(workload: Workload, runs: int) -> list[Figure]:
    """None of these has a target: it runs behind the window."""
    workspace = workload.unlock()
    workspace.actor = replace(workspace.actor, role=Role.SECRETARIS)
    first = _spent(workspace)
    again = [_spent(workspace) for _ in range(runs)]
    edited = [_after_an_edit(workspace, entity) for entity in workload.sample(workspace, Kind.CASE, runs)]
    workspace.lock()
    value, second = first.wall * 1000, first.processor * 1000
    return [
        Figure("the first werkvoorraad", PATH, "", value, MILLISECONDS, None, 1, second),
        latency("a werkvoorraad", f"{PATH}, after the first", again, None),
        latency("a werkvoorraad after an edit", f"workspace.cases.set_field, then {PATH}", edited, None),
    ]


def _spent(workspace: Workspace) -> Spent:
    return timed(partial(workspace.worklist.entries, workspace.actor))


def _after_an_edit(workspace: Workspace, entity: str) -> Spent:
    workspace.cases.set_field(workspace.actor, entity, "wensen", "Liever dichtbij.")
    return _spent(workspace)
