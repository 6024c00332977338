"""One unlocked profile put together: its services, what follows a run of sync, and the ways it closes."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bren_desktop import logs
from bren_desktop.documents.renderer import Documents
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import UserFacingError
from bren_desktop.exchange.backup_file import pack
from bren_desktop.exchange.ics import write_calendar
from bren_desktop.keystore.erased import ErasedList
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
from bren_desktop.services.context import Context, author
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
from bren_desktop.services.share_door import REPORTED_LOST, CycleReport, Device, ShareDoor
from bren_desktop.services.sharing import Sharing
from bren_desktop.services.similar import Similar
from bren_desktop.services.sync_ports import Standing
from bren_desktop.services.taking_over import TakingOver
from bren_desktop.services.team import TeamSettings
from bren_desktop.services.understanding import Understanding
from bren_desktop.services.weighing import Weighing
from bren_desktop.services.worklist import Worklist
from bren_desktop.services.workspace import Workspace
from bren_desktop.storage.store import EncryptedStore
from bren_desktop.wiring import places
from bren_desktop.wiring.formats import DocumentFormats, read_table, write_table

if TYPE_CHECKING:
    from bren_desktop.services.ports import Clock

ACTOR = "actor"
_OF_CONTEXT: Mapping[str, Callable[[Context], Any]] = {
    "cases": CaseWork,
    "dossier": Dossier,
    "attachments": Attachments,
    "doubles": Doubles,
    "life": Life,
    "handing_over": HandingOver,
    "taking_over": TakingOver,
    "consents": Consents,
    "disclosures": Disclosures,
    "drafts": Drafts,
    "filters": SavedFilters,
    "pool": Pool,
    "addresses": Addresses,
    "search": Search,
    "matching": Matchmaking,
    "weighing": Weighing,
    "similar": Similar,
    "planning": Planning,
    "conflicts": Conflicts,
    "deliveries": Deliveries,
    "naming": Naming,
    "advising": Advising,
    "aftercare": Aftercare,
    "links": Links,
    "understanding": Understanding,
    "concepts": Concepts,
}
"""The services that need nothing but the context, by their name in the workspace."""
_log = logging.getLogger(__name__)


class Session:
    """An unlocked profile. `workspace` is what the program works with."""

    def __init__(self, folder: Path, store: EncryptedStore, keys: Keys, actor: Actor, clock: Clock) -> None:
        self._folder = folder
        self._store = store
        self._keys = keys
        self._clock = clock
        self._context = Context(store, clock)
        self._open = True
        self._context.log_read(actor, "aanmelden", Kind.TEAM)
        self.workspace = self._made(self._admitted(actor))

    def lock(self) -> None:
        """Close the store and forget the key. Once is enough; more often is fine."""
        if not self._open:
            return
        self._open = False
        with suppress(UserFacingError):
            self._context.log_read(self.workspace.actor, "afmelden", Kind.TEAM)
        self._store.close()
        self._keys.forget()
        _log.info("profile closed")
        logs.stop()

    @cached_property
    def _door(self) -> ShareDoor:
        """Sync costs its libraries: it is loaded when it is first needed."""
        from bren_desktop.sync.door import open_door

        return open_door(self._store, self._folder / places.MIRROR, self._clock)

    def _made(self, actor: Actor) -> Workspace:
        context = self._context
        erased = ErasedList(self._folder)
        team = TeamSettings(context)
        letters = Letters(context, Documents(), team)
        readlog = ReadLog(context, self._laptops)
        worklist = Worklist(context)
        backups = Backups(context, self._folder, self._keys.key_file, erased, pack)
        erasing = Erasing(context, self._store, lambda: self._door, erased, backups)
        return Workspace(
            actor=actor,
            context=context,
            **{name: make(context) for name, make in _OF_CONTEXT.items()},
            letters=letters,
            outgoing=Outgoing(context, letters, team, DocumentFormats()),
            importing=Importing(context, read_table),
            exporting=Exporting(context, write_table, readlog),
            team=team,
            access=Access(context, self._laptops),
            readlog=readlog,
            worklist=worklist,
            calendar=WorkCalendar(context, worklist, write_calendar),
            sharing=Sharing(lambda: self._door, self._follow, self._wipe, backups.warnings, self._log_laptops),
            erasing=erasing,
            closing=ClosingWork(context, self._laptops),
            requests=Requests(context, erasing, Documents(), team),
            file_copies=FileCopies(context, Documents(), team, readlog),
            backups=backups,
            keys=self._keys,
            lock=self.lock,
        )

    def _follow(self, report: CycleReport | None) -> None:
        """What sync brought beyond records: a key to forget, erased cases, another role for this laptop."""
        if (report and report.dropped) or self._is_lost():
            self._drop()
            return
        self._log_exchange(report)
        actor = self._admitted(self._door.actor(self.workspace.actor))
        if actor.role is not self.workspace.actor.role:
            self._context.log_read(actor, "rol gekregen", Kind.TEAM, "", actor.role.value)
        if actor != self.workspace.actor:
            with self._store.write(author(actor)) as writer:
                writer.set_local(ACTOR, json.dumps(asdict(actor)))
            self.workspace.actor = actor
        self.workspace.erasing.settle(actor)

    def _log_exchange(self, report: CycleReport | None) -> None:
        if report and (report.published or report.received):
            counts = f"{report.published} verzonden, {report.received} ontvangen"
            self._context.log_read(self.workspace.actor, "synchroniseren", Kind.TEAM, "", counts)

    def _log_laptops(self, actor: Actor, action: str, about: str) -> None:
        self._context.log_read(actor, action, Kind.TEAM, "", about)

    def _admitted(self, actor: Actor) -> Actor:
        """`actor`, shut out of cases where the lease of this laptop is over; a profile alone has none."""
        if self._is_alone():
            return actor
        from bren_desktop.sync.enrolment.overview import lease_of

        with self._store.look() as rows:
            return replace(actor, shut=lease_of(rows, self._clock.now_ms()).over)

    def _is_alone(self) -> bool:
        with self._store.look() as rows:
            return all(space.standing is Standing.ALONE for space in rows.spaces())

    def _laptops(self) -> Sequence[Device]:
        return () if self._is_alone() else self._door.devices()

    def _is_lost(self) -> bool:
        with self._store.read() as reader:
            return bool(reader.local(REPORTED_LOST))

    def _drop(self) -> None:
        """This laptop was reported lost: without its key nothing here opens any more."""
        (self._folder / places.DROPPED).touch()
        self._keys.destroy()
        _log.warning("this laptop was reported lost: its key is destroyed")
        self.lock()

    def _wipe(self) -> None:
        """This laptop left: everything that the program kept here goes."""
        self._keys.destroy()
        self.lock()
        shutil.rmtree(self._folder / places.MIRROR, ignore_errors=True)
        for path in places.of_a_profile(self._folder):
            path.unlink(missing_ok=True)
