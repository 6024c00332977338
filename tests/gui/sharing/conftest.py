"""Two colleagues of one team on a real folder: Vera, who chairs it, and Petra, the privacy officer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.messages import Messages
from bren_desktop.gui.navigator import Navigator
from bren_desktop.gui.syncing import Syncing
from bren_desktop.gui.tasks import Tasks
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.services.share_door import InviteTo
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Founder, Profile

CHEAP = Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1)


@dataclass
class Seat:
    """Somebody at a desk, with the share at hand."""

    desk: Desk
    syncing: Syncing
    qtbot: QtBot

    @property
    def workspace(self) -> Workspace:
        return self.desk.workspace

    def rest(self) -> None:
        """Until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.syncing.thread_of_share.is_busy, timeout=20_000)
        self.desk.tasks.drain()

    def look(self) -> None:
        """Know how this laptop stands to the share."""
        self.syncing.look()
        self.rest()

    def sync(self) -> None:
        """One run, and a look at what it brought."""
        self.workspace.sharing.cycle(self.workspace.actor)
        self.look()

    def leave(self) -> None:
        self.syncing.close(5)
        self.desk.tasks.close()
        self.workspace.lock()


@dataclass
class Team:
    """Vera and Petra, and a case that both have."""

    vera: Seat
    petra: Seat
    case: str


@pytest.fixture
def sit(tmp_path: Path, messages: Messages, qtbot: QtBot, cheap_words: None) -> Iterator[Sit]:
    """Gives somebody a profile and a desk."""
    seats: list[Seat] = []

    def begin(name: str, role: Role) -> Seat:
        folder = tmp_path / f"profiel{len(seats)}"
        profile = Profile(folder, KeyVault(folder, work=CHEAP))
        workspace, _ = profile.found("vier gele fietsen slapen", Founder(name, role, "HGL"))
        desk = Desk(workspace, Tasks(messages), messages, Navigator())
        seats.append(Seat(desk, Syncing(desk, desk.navigator), qtbot))
        return seats[-1]

    yield begin
    for seat in seats:
        seat.leave()


Sit = Callable[[str, Role], Seat]


@pytest.fixture
def team(sit: Sit, tmp_path: Path) -> Team:
    """Both are members, and looked at the share."""
    share = tmp_path / "share"
    share.mkdir()
    vera, petra = sit("Vera Voorzitter", Role.VOORZITTER), sit("Petra Privacy", Role.PRIVACY)
    ours, theirs = vera.workspace, petra.workspace
    ours.sharing.create(ours.actor, str(share), "BREN Zuidwest")
    data, code = ours.sharing.invite(ours.actor, InviteTo.TEAM, Role.PRIVACY)
    theirs.sharing.join(theirs.actor, data, code)
    (request,) = ours.sharing.requests(ours.actor)
    ours.sharing.approve(ours.actor, request.id)
    case = ours.cases.record(ours.actor, Case(roepnaam="Noor", achternaam="Voorbeeld", hulpvraag="Wie denkt mee?"))
    for seat in (petra, vera, petra):
        seat.sync()
    return Team(vera, petra, case.entity)
