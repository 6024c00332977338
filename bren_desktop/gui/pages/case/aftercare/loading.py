"""What the tab Opvolging shows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bren_desktop.domain.aftercare import Bridge, Deployment, Escalation
from bren_desktop.domain.escalating import Stagnation
from bren_desktop.domain.following import PlanStanding, Standing
from bren_desktop.services.aftercare import OpenFuture
from bren_desktop.services.below import Filed
from bren_desktop.services.rows import ExpertFilter, Page
from bren_desktop.services.workspace import Workspace

MOST_EXPERTS = 2000
"""More than a pool of a network holds; who is further down is found on the tab Matching."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What followed the advice of one case. `names`: of the pareltjes that are at work, by entity."""

    case: str
    standings: Sequence[Standing]
    plans: Sequence[PlanStanding]
    deployments: Sequence[Filed[Deployment]]
    names: Mapping[str, str]
    bridges: Sequence[Filed[Bridge]]
    escalations: Sequence[Filed[Escalation]]
    stagnation: Stagnation
    future: OpenFuture


def load(workspace: Workspace, case: str) -> Loaded:
    """Read it; runs on the store's thread."""
    actor, aftercare = workspace.actor, workspace.aftercare
    deployments = aftercare.deployments(actor, case)
    rows = (workspace.pool.row(actor, expert) for expert in {held.record.expert for held in deployments})
    return Loaded(
        case,
        aftercare.standings(actor, case),
        aftercare.plans(actor, case),
        deployments,
        {row.entity: row.naam for row in rows if row},
        aftercare.bridges(actor, case),
        aftercare.escalations(actor, case),
        aftercare.suggested(actor, case),
        aftercare.future(actor, case),
    )


def experts(workspace: Workspace) -> Mapping[str, str]:
    """The pool as people choose from it: name with organisation, to entity."""
    rows = workspace.pool.page(workspace.actor, ExpertFilter(), Page(limit=MOST_EXPERTS, order="naam"))
    return {f"{row.naam} ({row.organisatie})" if row.organisatie else row.naam: row.entity for row in rows}
