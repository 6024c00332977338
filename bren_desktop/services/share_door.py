"""What the services ask of sync, and what it tells them: the door that `sync` satisfies, without case content.

Devices and requests are named by the id that `bren` prints: 26 characters. One laptop has a device in each of its
spaces; they share the person, and what is asked for one is done to all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from bren_desktop.domain.actors import Actor, Role

LARGEST_HALF = 4096
"""Bytes of a recovery file at most."""
REPORTED_LOST = "sync/lost"
"""The setting of this laptop that says it was reported lost: whoever opens the store destroys its key."""


class InviteTo(StrEnum):
    """What an invite leads to: the inviter's team and the network, or the network with a team of one's own."""

    TEAM = "team"
    NETWORK = "network"


class Away(StrEnum):
    """Why a device is out."""

    REVOKED = "revoked"
    LOST = "lost"
    LEFT = "left"


class Erasing(StrEnum):
    """How far an erasure is: asked by one role, or in force since a second asked too."""

    ASKED = "asked"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class AskedErasure:
    """An erasure that waits for its other half: the case, who asked, and which half is there."""

    case: str
    names: tuple[str, ...]
    private: bool
    """Whether it is the half of the privacy officer."""
    mine: bool
    """Whether this laptop asked."""


class Trouble(NamedTuple):
    """Something held, refused or wrong, `times` times.

    `reason` is a code of `REASONS`; `where` an id, a path on the share or the name of a space, never content. A
    laptop has the id of `Device`; `record` is the entity of the case or of what is in the pool, where that is known.
    """

    reason: str
    where: str
    device: str = ""
    times: int = 1
    since_ms: int = 0
    record: str = ""


@dataclass(frozen=True, slots=True)
class CycleReport:
    """One run of sync over all spaces.

    `published` and `received` count operations, `conflicts` the entities with an unsettled field, `quarantined` what is
    held or refused, `missing` segments that peers name and nobody has served yet.
    """

    reachable: bool
    published: int = 0
    received: int = 0
    conflicts: int = 0
    quarantined: int = 0
    missing: int = 0
    complete: bool = True
    """False where it was cancelled, or left something for the next run."""
    dropped: bool = False
    """This laptop was revoked as lost: the key is to be forgotten now."""
    touched: frozenset[tuple[str, str]] = frozenset()
    """(kind, entity) of what changed in the store."""
    troubles: tuple[Trouble, ...] = ()


class Progress(NamedTuple):
    """How far a run is: operations taken in, of about so many; files of so many where nothing else is known yet."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody who asks to join. `words` are compared with the other screen before approving."""

    id: str
    name: str
    team: str
    role: Role
    to: InviteTo
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Device:
    """A laptop of a colleague, or this one. `news_ms`: clock of its newest segment; 0 where there is none."""

    id: str
    name: str
    role: Role
    team: str
    letters: str
    spaces: tuple[str, ...]
    """`network` and team codes."""
    mine: bool
    admin: bool
    away: Away | None = None
    news_ms: int = 0
    person: str = ""
    """The id of who works on it."""


class Stretch(NamedTuple):
    """Operations of one of this laptop's devices up to `counter`: on the share, and with so many colleagues."""

    counter: int
    colleagues: int


@dataclass(frozen=True, slots=True)
class ShareStatus:
    """How this profile stands to the share. `standing` is that of `sync_ports.Standing` for the home team."""

    standing: str
    network: str = ""
    folder: str = field(default="", repr=False)
    spaces: tuple[tuple[str, str, str], ...] = ()
    """(kind, name, standing) of each space."""
    requests: int = 0
    unsent: int = 0
    """Operations that are only on this laptop."""
    on_share: int = 0
    """Own operations on the share that no colleague has named yet."""
    received: Mapping[int, int] = field(default_factory=dict)
    """Own operations by the number of colleagues that have them (at least 1)."""
    sealed: Mapping[bytes, tuple[Stretch, ...]] = field(default_factory=dict)
    """The same by own device, oldest first; what comes after the last stretch is only on this laptop."""
    last_ms: int = 0
    """When the share was last reached; 0 for never."""
    warnings: tuple[str, ...] = ()
    """Whole Dutch sentences: Offline Files, OneDrive, a lease that ends, a key bundle that IT must delete."""
    troubles: tuple[Trouble, ...] = ()
    words: tuple[str, ...] = ()
    """Those of our own request, until it is answered."""
    erasures: tuple[AskedErasure, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Every file of the share read and compared: `files` counts them, `mended` what was put back."""

    reachable: bool
    files: int = 0
    mended: int = 0
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came back through the two recovery keys.

    `held` counts files and changes of the share that could not be taken in, and each space in which so much lies that
    not all of it was read; `missing` segments that others name and that are not there; `protected` the protected cases
    of the team, where these were not asked for.
    """

    cases: int
    experts: int
    held: int = 0
    missing: int = 0
    protected: int = 0


class ShareDoor(Protocol):
    """Sync, for one opened profile. Known failures are UserFacingErrors; one caller at a time (others wait)."""

    def status(self) -> ShareStatus: ...
    def reaches(self) -> bool:
        """Whether the share answers now; waits for it."""

    def create(self, actor: Actor, folder: str, network: str) -> None:
        """Found the network space and this profile's team space on an empty share, and publish."""

    def invite(self, actor: Actor, to: InviteTo, role: Role, team: str = "") -> tuple[bytes, str]:
        """An invite file and its one-time code. `team` names one of several teams; the home team where it is empty."""

    def join(self, actor: Actor, invite: bytes, code: str) -> tuple[str, ...]:
        """Leave a request on the share that the invite names; the six words."""

    def requests(self) -> Sequence[Request]: ...
    def approve(self, actor: Actor, request: str) -> None: ...
    def actor(self, actor: Actor) -> Actor:
        """`actor` with role, team and letters as on the signed card of this laptop; as it is without one."""

    def devices(self) -> Sequence[Device]: ...
    def set_role(self, actor: Actor, device: str, role: Role) -> None: ...
    def revoke(self, actor: Actor, device: str, why: Away) -> Sequence[str]:
        """Take a laptop out and change the keys. The entities of the cases that lay on it at its last sync."""

    def leave(self, actor: Actor, *, last: bool = False) -> None:
        """This laptop leaves: unsent edits go up, its revocation is published. Its caller wipes store and keyring.

        Where nobody is left who can open what lies on the share, only with `last`.
        """

    def cycle(
        self, progress: Callable[[Progress], None] | None = None, cancelled: Callable[[], bool] = lambda: False
    ) -> CycleReport:
        """One run over all spaces. A share that is away is not an error."""

    def check(self) -> CheckReport:
        """Read and compare every file, put back what is missing or damaged."""

    def erase(self, actor: Actor, case: str, *, witnessed: bool = False) -> Erasing:
        """This device's half of an erasure; done where the other half is there.

        `witnessed` counts for both where this device is the only one in the space of the case, or in no network.
        """

    def make_recovery(self, actor: Actor, write: Callable[[bytes, bytes], object]) -> None:
        """Two key files, for IT and for the coördinator, that open the network's keys only together.

        To be made before `create`; `write` puts each where it is kept offline. Where that fails there is no recovery.
        """

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
        """Read a share with the key files of IT and of the coördinator, and enter what our team had there anew.

        The share is not changed. `space` names one of several spaces that are this team's. With `protected`, the
        protected cases of the team instead, for a profile of their own.
        """

    def protect(self, actor: Actor, case: str, devices: Sequence[str]) -> str:
        """Move a case into a space of its own with these laptops and ours; its entity there."""

    def tray(self) -> Sequence[Trouble]:
        """What lies in the review tray: late data of revoked devices, and what lost its right."""

    def take_from_tray(self, actor: Actor, device: str) -> int:
        """Write what lies there of one device again in the actor's own name; how many operations."""


REASONS: Mapping[str, str] = {
    "incomplete": "Een bestand op de share is nog niet helemaal geschreven.",
    "busy": "Een bestand op de share is bezet of nog niet hier.",
    "damaged": "Een bestand op de share is beschadigd of veranderd.",
    "unsigned": "Een bestand op de share is niet ondertekend door wie het zegt.",
    "stranger": "Een bestand op de share is van een laptop die wij niet kennen.",
    "stray": "Op de share staat een bestand dat er niet hoort.",
    "used": "De uitnodiging is al gebruikt voor een andere laptop. Vraag uw collega om een nieuwe uitnodiging.",
    "stale": "De uitnodiging verliep voordat iemand u toeliet. Vraag uw collega om een nieuwe uitnodiging.",
    "out": "Deze laptop is hieruit: u verstuurt en ontvangt er niets meer. Wat er stond, is alleen nog te lezen.",
    "oversize": "Een bestand of wijziging op de share is te groot.",
    "newer": "Een collega werkt met een nieuwere versie. Werk BREN Desktop bij.",
    "no-key": "De sleutel voor nieuws van een collega is er nog niet.",
    "gap": "Er ontbreekt nieuws dat een collega wel heeft.",
    "fork": "Twee laptops schrijven onder één naam. Een ervan is waarschijnlijk een kopie.",
    "malformed": "Nieuws van een collega klopt niet van vorm. Wat daarna kwam, wacht.",
    "no-right": "Een collega wijzigde iets waarvoor de rol geen recht geeft. Dat is niet overgenomen.",
    "late": "Een laptop die eruit is, schreef nog. Dat wacht op beoordeling.",
    "rolled-back": "De share is teruggezet of er zijn bestanden verdwenen. Ze zijn weer aangevuld.",
    "silent": "Van een collega is lang niets gehoord, of de klok van deze laptop loopt voor.",
    "clock": "De klok van deze laptop loopt achter, of die van een collega loopt sterk voor.",
    "diverged": "Twee laptops hebben hetzelfde gezien en toch een andere stand. Meld dit.",
    "erased": "Op de share stond nog een sleutel van een gewiste casus. Die is weggehaald.",
    "refused": "De share neemt geen nieuwe bestanden aan. Vraag IT naar schrijfrechten en ruimte.",
    "denied": "Een bestand of map op de share mag niet worden gelezen. Vraag IT naar leesrechten.",
    "mirror": "De kopie op deze laptop kan niet worden gelezen of geschreven. Laat IT de schijf nakijken.",
    "spoilt": "Er waren bestanden bedorven op de schijf van deze laptop. Ze worden opnieuw van de share gehaald.",
    "lost": "Een bestand verdween van deze laptop voordat het op de share stond. Het wordt opnieuw verstuurd.",
    "outsider": "Deze laptop staat niet in de ledenlijst op de share. Vraag een voorzitter of plaatsvervanger om hulp.",
    "keyless": "Er is nog geen sleutel om mee te versturen. Die komt als een voorzitter synchroniseert.",
    "undeletable": "Een oude sleutelbundel kan niet worden verwijderd. Laat IT die verwijderen.",
}
"""Every reason that sync gives, as a sentence."""
