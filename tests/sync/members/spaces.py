"""A space with made-up laptops that write real entries; a test says who, what, and on top of which."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from bren_desktop.crypto.seal import public_box_key, public_sign_key
from bren_desktop.domain.actors import Role
from bren_desktop.services.share_door import Away, InviteTo
from bren_desktop.services.sync_ports import SpaceKind
from bren_desktop.sync.format import names
from bren_desktop.sync.format.entries import (
    Admit,
    Card,
    Entry,
    Erase,
    Found,
    Invite,
    Known,
    NewEpoch,
    Renew,
    Revoke,
    SetRole,
    entry_file,
    read_entry,
)
from bren_desktop.sync.format.envelope import parse
from bren_desktop.sync.format.epochs import epoch_check
from bren_desktop.sync.format.pen import Pen
from bren_desktop.sync.membership.members import Membership

WEEK_MS = 7 * 24 * 3600 * 1000


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


@dataclass(frozen=True)
class Laptop:
    """A device with its secrets, all made from its name."""

    name: str
    role: Role = Role.LID
    letters: str = "AA"
    person: str = ""
    salt: str = ""

    @property
    def device(self) -> bytes:
        return digest("device " + self.name)[:16]

    @property
    def sign_seed(self) -> bytes:
        return digest("sign " + self.name + self.salt)

    @property
    def box_seed(self) -> bytes:
        return digest("box " + self.name)

    def card(self, role: Role | None = None) -> Card:
        person = names.text_id(digest("person " + (self.person or self.name))[:16])
        return Card(
            self.device,
            public_sign_key(self.sign_seed),
            public_box_key(self.box_seed),
            person,
            "Jo " + (self.person or self.name),
            role or self.role,
            "NO",
            self.letters,
        )


@dataclass
class Space:
    """Entries as laptops write them. `on` names parents; without it an entry rests on everything there is."""

    network: bytes = digest("network")[:16]
    id: bytes = digest("space")[:16]
    epoch_key: bytes = digest("epoch key")
    entries: list[Entry] = field(default_factory=list)
    now_ms: int = 1_800_000_000_000
    made: int = 0

    @property
    def epoch(self) -> bytes:
        return epoch_check(self.epoch_key, self.id)

    @property
    def founding(self) -> bytes:
        return self.entries[0].digest

    @property
    def members(self) -> Membership:
        return Membership.of(self.founding, self.entries)

    def of(self, *entries: Entry) -> Membership:
        return Membership.of(self.founding, entries)

    def fresh(self, what: str) -> bytes:
        self.made += 1
        return digest(f"{what} {self.made}")[:16]

    def write(self, by: Laptop, act: Known, on: Iterable[Entry] | None = None, at_ms: int | None = None) -> Entry:
        parents = list(self._tops() if on is None else on)
        n = 1 + max((parent.n for parent in parents), default=-1)
        pen = Pen(self.network, self.id, by.device, by.sign_seed, self.epoch, self.epoch_key)
        file = entry_file(pen, n, act, [parent.digest for parent in parents], at_ms or self.now_ms).data
        entry = read_entry(parse(file), self.epoch_key)
        self.entries.append(entry)
        return entry

    def _tops(self) -> list[Entry]:
        below = {parent for entry in self.entries for parent in entry.parents}
        return [entry for entry in self.entries if entry.digest not in below]

    def found(self, by: Laptop) -> Entry:
        return self.write(
            by, Found(SpaceKind.TEAM, "Noord", digest("names"), by.card().sign_key, by.card(), self.epoch)
        )

    def invite(self, by: Laptop, role: Role, on: Iterable[Entry] | None = None, **changed: int) -> Entry:
        until = changed.get("until_ms", self.now_ms + WEEK_MS)
        return self.write(by, Invite(self.fresh("invite"), (), InviteTo.TEAM, role, until), on)

    def admit(self, by: Laptop, whom: Laptop, on: Iterable[Entry] | None = None, role: Role | None = None) -> Entry:
        """An invite and the admission by it."""
        invite = self.invite(by, role or whom.role, on)
        return self.admit_by(by, whom, invite, None if on is None else [invite], role=role)

    def admit_by(
        self,
        by: Laptop,
        whom: Laptop,
        invite: Entry,
        on: Iterable[Entry] | None = None,
        role: Role | None = None,
        at_ms: int | None = None,
    ) -> Entry:
        assert isinstance(invite.act, Invite)
        return self.write(by, Admit(whom.card(role), invite.act.id), on, at_ms)

    def set_role(self, by: Laptop, whom: Laptop, role: Role, on: Iterable[Entry] | None = None) -> Entry:
        return self.write(by, SetRole(whom.device, role), on)

    def revoke(
        self,
        by: Laptop,
        whom: Laptop,
        on: Iterable[Entry] | None = None,
        why: Away = Away.REVOKED,
        seq: int = 7,
    ) -> Entry:
        epoch = self.fresh("epoch")
        return self.write(by, Revoke(whom.device, seq, digest(f"segment {seq}"), why, epoch, epoch), on)

    def leave(self, who: Laptop, on: Iterable[Entry] | None = None, seq: int = 9) -> Entry:
        return self.write(who, Revoke(who.device, seq, digest(f"segment {seq}"), Away.LEFT), on)

    def rotate(self, by: Laptop, on: Iterable[Entry] | None = None) -> Entry:
        epoch = self.fresh("epoch")
        return self.write(by, NewEpoch(epoch, epoch), on)

    def renew(self, old: Laptop, new: Laptop, on: Iterable[Entry] | None = None, card: Card | None = None) -> Entry:
        return self.write(old, Renew(5, digest("segment 5"), card or new.card()), on)

    def erase(self, by: Laptop, subject: bytes, on: Iterable[Entry] | None = None, *, witnessed: bool = False) -> Entry:
        return self.write(by, Erase(subject, witnessed), on)
