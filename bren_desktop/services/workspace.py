"""Everything an unlocked profile can do, in one value: who acts, and one of each service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bren_desktop.domain.actors import Actor
from bren_desktop.services.access import Access
from bren_desktop.services.addresses import Addresses
from bren_desktop.services.advising import Advising
from bren_desktop.services.aftercare import Aftercare
from bren_desktop.services.attachments import Attachments
from bren_desktop.services.backups import Backups
from bren_desktop.services.calendar import WorkCalendar
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.closing import ClosingWork
from bren_desktop.services.concepts import Concepts
from bren_desktop.services.conflicts import Conflicts
from bren_desktop.services.consents import Consents
from bren_desktop.services.context import Context
from bren_desktop.services.deliveries import Deliveries
from bren_desktop.services.disclosures import Disclosures
from bren_desktop.services.dossier import Dossier
from bren_desktop.services.doubles import Doubles
from bren_desktop.services.drafts import Drafts
from bren_desktop.services.erasing import Erasing
from bren_desktop.services.exporting import Exporting
from bren_desktop.services.file_copies import FileCopies
from bren_desktop.services.filters import SavedFilters
from bren_desktop.services.handing_over import HandingOver
from bren_desktop.services.importing import Importing
from bren_desktop.services.keys import Keys
from bren_desktop.services.letters import Letters
from bren_desktop.services.life import Life
from bren_desktop.services.links import Links
from bren_desktop.services.matchmaking import Matchmaking
from bren_desktop.services.naming import Naming
from bren_desktop.services.outgoing import Outgoing
from bren_desktop.services.planning import Planning
from bren_desktop.services.pool import Pool
from bren_desktop.services.readlog import ReadLog
from bren_desktop.services.requests import Requests
from bren_desktop.services.search import Search
from bren_desktop.services.sharing import Sharing
from bren_desktop.services.similar import Similar
from bren_desktop.services.taking_over import TakingOver
from bren_desktop.services.team import TeamSettings
from bren_desktop.services.understanding import Understanding
from bren_desktop.services.weighing import Weighing
from bren_desktop.services.worklist import Worklist


@dataclass(slots=True, eq=False)
class Workspace:
    """One unlocked profile. `lock` closes the store and forgets the key, and may be called again."""

    actor: Actor
    """Who acts: role, team and letters as on the signed card of this laptop. A run of sync may put another one here."""
    context: Context
    cases: CaseWork
    dossier: Dossier
    attachments: Attachments
    doubles: Doubles
    life: Life
    handing_over: HandingOver
    taking_over: TakingOver
    consents: Consents
    disclosures: Disclosures
    drafts: Drafts
    filters: SavedFilters
    pool: Pool
    addresses: Addresses
    search: Search
    matching: Matchmaking
    weighing: Weighing
    similar: Similar
    understanding: Understanding
    concepts: Concepts
    letters: Letters
    outgoing: Outgoing
    importing: Importing
    exporting: Exporting
    team: TeamSettings
    access: Access
    readlog: ReadLog
    worklist: Worklist
    planning: Planning
    calendar: WorkCalendar
    conflicts: Conflicts
    deliveries: Deliveries
    naming: Naming
    sharing: Sharing
    erasing: Erasing
    advising: Advising
    aftercare: Aftercare
    closing: ClosingWork
    links: Links
    requests: Requests
    file_copies: FileCopies
    backups: Backups
    keys: Keys
    lock: Callable[[], None]
