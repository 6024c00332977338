"""Two colleagues of one team on a real folder: Vera, who chairs it, and Petra, the privacy officer."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.messages import Messages
from bren_desktop.gui.navigator import Navigator
from bren_desktop.gui.syncing import Syncing
from bren_desktop.gui.tasks import Tasks
from bren_desktop.services.workspace import Workspace
from tests.together import Together, founded, joined

VERA, PETRA = "Vera Voorzitter", "Petra Privacy"


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
def seat_of(messages: Messages, qtbot: QtBot, cheap_words: None) -> Iterator[Callable[[Workspace], Seat]]:
    """Gives somebody whose profile is open a desk."""
    seats: list[Seat] = []

    def begin(workspace: Workspace) -> Seat:
        desk = Desk(workspace, Tasks(messages), messages, Navigator())
        seats.append(Seat(desk, Syncing(desk, desk.navigator), qtbot))
        return seats[-1]

    yield begin
    for seat in seats:
        seat.leave()


@pytest.fixture
def sit(tmp_path: Path, seat_of: Callable[[Workspace], Seat]) -> Sit:
    """Gives somebody a profile and a desk."""
    numbers = itertools.count()
    return lambda name, role: seat_of(founded(tmp_path / f"profiel{next(numbers)}", name, role))


Sit = Callable[[str, Role], Seat]


@pytest.fixture(scope="session")
def together(tmp_path_factory: pytest.TempPathFactory, no_key_twice: None) -> Together:
    """Both joined, and each has the case of Vera."""
    first = Case(roepnaam="Noor", achternaam="Voorbeeld", hulpvraag="Wie denkt mee?")
    people = {VERA: Role.VOORZITTER, PETRA: Role.PRIVACY}
    return joined(tmp_path_factory.mktemp("together") / "all", people, first)


@pytest.fixture
def team(together: Together, seat_of: Callable[[Workspace], Seat]) -> Team:
    """Both are members, and looked at the share."""
    together.put_back()
    vera, petra = (seat_of(together.workspace(name)) for name in (VERA, PETRA))
    for seat in (vera, petra):
        seat.look()
    return Team(vera, petra, together.case)
