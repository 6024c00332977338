"""An encrypted store of its own for each test, with a clock that stands still, and people of each role."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context
from bren_desktop.services.dossier import Dossier
from bren_desktop.services.pool import Pool
from bren_desktop.services.share_door import (
    Away,
    CheckReport,
    CycleReport,
    Device,
    Erasing,
    InviteTo,
    Progress,
    Recovered,
    Request,
    ShareStatus,
    Trouble,
)
from bren_desktop.storage.store import EncryptedStore
from tests.standing import StandingClock
from tests.stores import copied_store, empty_store

REACHED = CycleReport(reachable=True)
MOST_LAPTOPS = 8
"""That differ from each other; the examples of one test make more, which bring each other no news."""


@pytest.fixture
def new_context(tmp_path: Path) -> Iterator[Callable[..., Context]]:
    """Makes stores, each of a laptop of its own: empty, or copies of the first that was filled so in this process."""
    stores: list[EncryptedStore] = []
    clock = StandingClock()

    def make(filled: str = "", fill: Callable[[Context], object] = lambda context: None) -> Context:
        folder = tmp_path / f"profile{len(stores)}"
        folder.mkdir()
        name = f"{filled} on laptop {len(stores) % MOST_LAPTOPS}"
        stores.append(copied_store(folder, b"k" * 32, name, lambda store: fill(Context(store, clock)), clock=clock))
        return Context(stores[-1], clock)

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def context(new_context: Callable[..., Context]) -> Context:
    """An empty store."""
    return new_context()


@pytest.fixture
def twins(tmp_path: Path) -> Iterator[tuple[Context, Context]]:
    """Two laptops of one team, empty, the second with device ids of its own; `tests.delivery.exchanged` brings news."""
    stores = []
    for name in ("twin0", "twin1"):
        (tmp_path / name).mkdir()
        stores.append(empty_store(tmp_path / name, b"k" * 32, clock=StandingClock()))
    for number, store in enumerate(stores):
        with store.sync() as rows:
            for index, space in enumerate(rows.spaces()):
                rows.put_space(replace(space, device=bytes([number, index]) * 8))
    yield Context(stores[0], StandingClock()), Context(stores[1], StandingClock())
    for store in stores:
        store.close()


@pytest.fixture
def actor() -> Actor:
    """The voorzitter."""
    return Actor("p1", "Vera Voorbeeld", Role.VOORZITTER, "HGL", "JZ24")


@pytest.fixture
def member() -> Actor:
    """A lid, who may only read."""
    return Actor("p2", "Lid Voorbeeld", Role.LID, "HGL", "JZ24")


@pytest.fixture
def chair(actor: Actor) -> Actor:
    """The voorzitter, where a test names several people."""
    return actor


@pytest.fixture
def secretary(actor: Actor) -> Actor:
    """The secretaris."""
    return replace(actor, person="p3", name="Anouk Voorbeeld", role=Role.SECRETARIS)


@pytest.fixture
def cases(context: Context) -> CaseWork:
    return CaseWork(context)


@pytest.fixture
def pool(context: Context) -> Pool:
    return Pool(context)


@pytest.fixture
def dossier(context: Context) -> Dossier:
    return Dossier(context)


@dataclass
class StandInDoor:
    """A door to no share: it answers what it is told to, and remembers what was asked."""

    report: CycleReport = REACHED
    cards: tuple[Device, ...] = ()
    erasing: Erasing = Erasing.ASKED
    asked: list[str] = field(default_factory=list)

    def status(self) -> ShareStatus:
        return ShareStatus("member")

    def reaches(self) -> bool:
        return True

    def create(self, actor: Actor, folder: str, network: str) -> None:
        self.asked.append("create")

    def invite(self, actor: Actor, to: InviteTo, role: Role, team: str = "") -> tuple[bytes, str]:
        return b"invite", "CODE"

    def join(self, actor: Actor, invite: bytes, code: str) -> tuple[str, ...]:
        return ("zes", "woorden")

    def requests(self) -> Sequence[Request]:
        return ()

    def approve(self, actor: Actor, request: str) -> None:
        self.asked.append(f"approve {request}")

    def actor(self, actor: Actor) -> Actor:
        return actor

    def make_recovery(self, actor: Actor, write: Callable[[bytes, bytes], object]) -> None:
        write(b"it", b"coordinator")

    def recover(
        self,
        actor: Actor,
        folder: str,
        halves: tuple[bytes, bytes],
        *,
        space: str = "",
        protected: bool = False,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Recovered:
        self.asked.append(f"recover {folder} {protected}")
        return Recovered(2, 1)

    def protect(self, actor: Actor, case: str, devices: Sequence[str]) -> str:
        return case

    def devices(self) -> Sequence[Device]:
        return self.cards

    def set_role(self, actor: Actor, device: str, role: Role) -> None:
        self.asked.append(f"role {device} {role}")

    def revoke(self, actor: Actor, device: str, why: Away) -> Sequence[str]:
        return ("c",)

    def leave(self, actor: Actor, *, last: bool = False) -> None:
        self.asked.append("leave")

    def cycle(
        self, progress: Callable[[Progress], None] | None = None, cancelled: Callable[[], bool] = lambda: False
    ) -> CycleReport:
        return self.report

    def check(self) -> CheckReport:
        return CheckReport(reachable=True)

    def erase(self, actor: Actor, case: str, *, witnessed: bool = False) -> Erasing:
        self.asked.append(f"erase {case}")
        return Erasing.DONE if witnessed else self.erasing

    def tray(self) -> Sequence[Trouble]:
        return ()

    def take_from_tray(self, actor: Actor, device: str) -> int:
        return 0


@pytest.fixture
def door() -> StandInDoor:
    """A door that a test can tell what to answer."""
    return StandInDoor()
