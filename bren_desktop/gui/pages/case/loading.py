"""What a case page shows at once: the case, where it stands, its consents, and what was typed and not saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bren_desktop.domain.consent import Consent
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Dot
from bren_desktop.services.closing import CaseClosing
from bren_desktop.services.life import Flags, Option
from bren_desktop.services.links import LinkedCase
from bren_desktop.services.views import DraftView, OpenCase
from bren_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case as it was opened."""

    opened: OpenCase
    consents: list[tuple[str, Consent]]
    disclosures: Sequence[tuple[str, Disclosure]]
    draft: DraftView | None
    conflicts: int
    last: Dot | None
    closing: CaseClosing
    linked: Sequence[LinkedCase]
    steps: Sequence[Option]
    flags: Flags


def draft_key(entity: str) -> str:
    """The key under which changes to a case are kept while they are typed."""
    return f"casus:{entity}"


def load(workspace: Workspace, entity: str) -> Loaded:
    """Open a case; runs on the store's thread, and the service logs the reading."""
    opened = workspace.cases.open(workspace.actor, entity)
    consents = list(workspace.consents.of(workspace.actor, opened.entity))
    row = workspace.cases.row(workspace.actor, opened.entity)
    draft = workspace.drafts.get(workspace.actor, draft_key(opened.entity))
    last = workspace.deliveries.last(workspace.actor, Kind.CASE, opened.entity)
    closing = workspace.closing.of(workspace.actor, opened.entity)
    linked = workspace.links.of(workspace.actor, opened.entity)
    steps = workspace.life.steps(workspace.actor, opened.entity)
    flags = workspace.life.flags(workspace.actor, opened.entity)
    disclosures = workspace.disclosures.of(workspace.actor, opened.entity)
    return Loaded(
        opened, consents, disclosures, draft, row.conflicts if row else 0, last, closing, linked, steps, flags
    )
