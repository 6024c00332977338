"""Working together over the share: founding, joining, laptops, and the runs of sync, each asked for by somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.rights import Right, require
from bren_desktop.services.share_door import (
    Away,
    CheckReport,
    CycleReport,
    Device,
    InviteTo,
    Progress,
    Recovered,
    Request,
    ShareDoor,
    ShareStatus,
    Trouble,
)


class Sharing:
    """The share of one profile.

    `door` is opened when it is first needed. `moved` is told after whatever may have changed what this laptop is or
    holds: the role on its card, cases that are erased, a key that is to be forgotten. `wipe` takes the profile away;
    `warnings` gives what this laptop has to say besides; `log` takes what belongs in the read log.
    """

    def __init__(
        self,
        door: Callable[[], ShareDoor],
        moved: Callable[[CycleReport | None], None],
        wipe: Callable[[], None],
        warnings: Callable[[Actor], Sequence[str]] = lambda _actor: (),
        log: Callable[[Actor, str, str], None] = lambda _actor, _action, _about: None,
    ) -> None:
        self._door = door
        self._moved = moved
        self._wipe = wipe
        self._warnings = warnings
        self._log = log

    def status(self, actor: Actor) -> ShareStatus:
        """How this profile stands to the share."""
        require(actor, Right.SYNC)
        status = self._door().status()
        return replace(status, warnings=(*status.warnings, *self._warnings(actor)))

    def reaches(self, actor: Actor) -> bool:
        """Whether the share answers now."""
        require(actor, Right.SYNC)
        return self._door().reaches()

    def make_recovery(self, actor: Actor, write: Callable[[bytes, bytes], object]) -> None:
        """Two files, for IT and for the coördinator, that open the keys of the network only together.

        They count once `write` has put both where they stay.
        """
        require(actor, Right.ADMIT)
        self._door().make_recovery(actor, write)

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
        """Bring back what this team had on a share that nobody can enter any more, into this profile without cases.

        `halves` are the files that `make_recovery` wrote: IT's and the coördinator's; `space` names one of several that
        are this team's. With `protected`, the protected cases of the team instead.
        """
        require(actor, Right.ADMIT)
        found = self._door().recover(
            actor, folder, halves, space=space, protected=protected, progress=progress, cancelled=cancelled
        )
        self._moved(None)
        return found

    def create(self, actor: Actor, folder: str, network: str) -> None:
        """Found the network and this profile's team on an empty share; this laptop is the first admin."""
        require(actor, Right.ADMIT)
        self._door().create(actor, folder, network)
        self._moved(None)

    def invite(self, actor: Actor, to: InviteTo, role: Role, team: str = "") -> tuple[bytes, str]:
        """An invite file and the code that opens it, once."""
        require(actor, Right.ADMIT)
        made = self._door().invite(actor, to, role, team)
        self._moved(None)
        return made

    def join(self, actor: Actor, invite: bytes, code: str) -> tuple[str, ...]:
        """Ask to join; the words that the one who approves must see too."""
        require(actor, Right.SYNC)
        words = self._door().join(actor, invite, code)
        self._moved(None)
        return words

    def requests(self, actor: Actor) -> Sequence[Request]:
        """Who asks to join."""
        require(actor, Right.ADMIT)
        return self._door().requests()

    def approve(self, actor: Actor, request: str) -> None:
        """Let somebody in: signs and seals the keys. The next sync of both completes it."""
        require(actor, Right.ADMIT)
        self._door().approve(actor, request)
        self._log(actor, "laptop toelaten", request)
        self._moved(None)

    def devices(self, actor: Actor) -> Sequence[Device]:
        """The laptops of this profile's spaces."""
        require(actor, Right.SYNC)
        return self._door().devices()

    def set_role(self, actor: Actor, device: str, role: Role) -> None:
        """Give the user of a laptop another role."""
        require(actor, Right.ADMIT)
        self._door().set_role(actor, device, role)
        self._log(actor, "rol wijzigen", f"{device} {role.value}")
        self._moved(None)

    def revoke(self, actor: Actor, device: str, why: Away) -> Sequence[str]:
        """Take a laptop out and change the keys. The entities of the cases that lay on it at its last sync."""
        require(actor, Right.ADMIT)
        cases = self._door().revoke(actor, device, why)
        self._log(actor, "laptop uitsluiten", device)
        self._moved(None)
        return cases

    def protect(self, actor: Actor, case: str, devices: Sequence[str]) -> str:
        """Move a case into a space of its own, with these laptops and this one; its entity there."""
        require(actor, Right.ADMIT)
        require(actor, Right.EDIT_CASE)
        entity = self._door().protect(actor, case, devices)
        self._moved(None)
        return entity

    def leave(self, actor: Actor, *, last: bool = False) -> None:
        """Send what is unsent, say goodbye on the share, and wipe this profile: store, key, mirror and keyring.

        Whoever is the last in a team must say so: nobody can open its cases afterwards.
        """
        require(actor, Right.SYNC)
        self._door().leave(actor, last=last)
        self._wipe()

    def cycle(
        self,
        actor: Actor,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> CycleReport:
        """One run over all spaces. A share that is away is no error."""
        require(actor, Right.SYNC)
        report = self._door().cycle(progress, cancelled)
        self._moved(report)
        return report

    def check(self, actor: Actor) -> CheckReport:
        """Read and compare every file on the share, and put back what is missing or damaged."""
        require(actor, Right.SYNC)
        return self._door().check()

    def tray(self, actor: Actor) -> Sequence[Trouble]:
        """What waits for review: late data of laptops that are out, each by its id in `devices`."""
        require(actor, Right.ADMIT)
        return self._door().tray()

    def take_from_tray(self, actor: Actor, device: str) -> int:
        """Write what lies there of one laptop again, in the actor's own name; how many changes."""
        require(actor, Right.ADMIT)
        taken = self._door().take_from_tray(actor, device)
        self._moved(None)
        return taken
