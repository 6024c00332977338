"""A share that does not exist: what a screen asks of it is answered from fields, and what was asked is remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bren_desktop.domain.actors import Actor, Role
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

WORDS = ("kolibrie", "haven", "matras", "gazelle", "kermis", "sinas")
NOON = 1_795_345_200_000
MEMBER = ShareStatus(
    "member",
    "BREN Zuidwest",
    "S:\\BREN",
    (("network", "BREN Zuidwest", "member"), ("team", "HGL", "member")),
    received={3: 12},
    last_ms=NOON,
)


@dataclass
class ShareDouble:
    """Satisfies ShareDoor."""

    answer: ShareStatus = field(default_factory=lambda: ShareStatus("alone"))
    report: CycleReport = field(default_factory=lambda: CycleReport(reachable=True))
    asking: Sequence[Request] = ()
    laptops: Sequence[Device] = ()
    waiting: Sequence[Trouble] = ()
    asked: list[tuple[object, ...]] = field(default_factory=list)
    during: Callable[[Callable[[Progress], None] | None, Callable[[], bool]], None] | None = None
    """What happens within a run."""

    def status(self) -> ShareStatus:
        return self.answer

    def reaches(self) -> bool:
        return True

    def create(self, actor: Actor, folder: str, network: str) -> None:
        self.asked.append(("create", folder, network))
        self.answer = MEMBER

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
        self.asked.append(("recover", folder, halves, protected))
        return Recovered(cases=12, experts=80)

    def invite(self, actor: Actor, to: InviteTo, role: Role, team: str = "") -> tuple[bytes, str]:
        self.asked.append(("invite", to, role, team))
        return b"invite", "5776-S44E-G1F7-ZFEM"

    def join(self, actor: Actor, invite: bytes, code: str) -> tuple[str, ...]:
        self.asked.append(("join", invite, code))
        self.answer = ShareStatus("asking", "BREN Zuidwest", "S:\\BREN", words=WORDS)
        return WORDS

    def actor(self, actor: Actor) -> Actor:
        return actor

    def requests(self) -> Sequence[Request]:
        return self.asking

    def approve(self, actor: Actor, request: str) -> None:
        self.asked.append(("approve", request))
        self.asking = [each for each in self.asking if each.id != request]

    def devices(self) -> Sequence[Device]:
        return self.laptops

    def set_role(self, actor: Actor, device: str, role: Role) -> None:
        self.asked.append(("role", device, role))

    def revoke(self, actor: Actor, device: str, why: Away) -> Sequence[str]:
        self.asked.append(("revoke", device, why))
        return ()

    def leave(self, actor: Actor, *, last: bool = False) -> None:
        self.asked.append(("leave",))

    def cycle(
        self, progress: Callable[[Progress], None] | None = None, cancelled: Callable[[], bool] = lambda: False
    ) -> CycleReport:
        self.asked.append(("cycle",))
        if self.during is not None:
            self.during(progress, cancelled)
        return self.report

    def check(self) -> CheckReport:
        return CheckReport(reachable=True, files=1_204, mended=2)

    def erase(self, actor: Actor, case: str, *, witnessed: bool = False) -> Erasing:
        return Erasing.ASKED

    def protect(self, actor: Actor, case: str, devices: Sequence[str]) -> str:
        return case

    def tray(self) -> Sequence[Trouble]:
        return self.waiting

    def take_from_tray(self, actor: Actor, device: str) -> int:
        self.asked.append(("take", device))
        self.waiting = ()
        return 3
