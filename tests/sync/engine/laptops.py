"""Laptops of one network on a share, with real stores: founded, admitted and synced in one line each."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Author
from bren_desktop.oplog.registers import conflicts, top_values
from bren_desktop.services.share_door import Away, CycleReport, InviteTo
from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, Standing, SyncRows
from bren_desktop.storage.store import EncryptedStore
from bren_desktop.sync.engine import outbox
from bren_desktop.sync.engine.engine import Engine
from bren_desktop.sync.engine.mirror import Mirror
from bren_desktop.sync.enrolment.founding import card_of, found
from bren_desktop.sync.enrolment.posts import Post, Posts
from bren_desktop.sync.format.entries import Admit, Invite, Known
from bren_desktop.sync.format.names import byte_id
from bren_desktop.sync.transport.folder import FolderShare
from bren_desktop.sync.transport.share import Share

START_MS = 1_800_000_000_000
KEY = bytes(range(32))
HOUR = 60 * 60 * 1000
DAY = 24 * HOUR


@dataclass
class Wall:
    """A clock that stands still until it is moved."""

    ms: int = START_MS

    def now_ms(self) -> int:
        return self.ms


@dataclass
class Laptop:
    """One profile with its engine."""

    folder: Path
    actor: Actor
    clock: Wall
    share: Share
    store: EncryptedStore = field(init=False)
    mirror: Mirror = field(init=False)
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        (self.folder / "mirror").mkdir()
        EncryptedStore.create(self.folder, KEY, clock=self.clock).close()
        self.start()

    def start(self) -> None:
        """Open the profile, as a new process would."""
        self.store = EncryptedStore.open(self.folder, KEY, clock=self.clock)
        self.mirror = Mirror(FolderShare(self.folder / "mirror"))
        self.engine = Engine(self.store, self.mirror, self.clock, lambda: self.share)

    def restart(self) -> None:
        self.store.close()
        self.start()

    @property
    def author(self) -> Author:
        return Author(self.actor.person, self.actor.name, self.actor.role.value)

    def cycle(self) -> CycleReport:
        return self.engine.cycle()

    def spaces(self) -> Mapping[SpaceKind, HeldSpace]:
        with self.store.look() as rows:
            return {space.kind: space for space in rows.spaces()}

    @property
    def team(self) -> HeldSpace:
        return self.spaces()[SpaceKind.TEAM]

    def write(self, kind: Kind, entity: str, **values: object) -> None:
        with self.store.write(self.author) as writer:
            writer.write(kind, entity, {(name, ""): value for name, value in values.items()})

    def case(self, **values: object) -> str:
        """A new case."""
        entity = self.store.new_entity()
        self.write(Kind.CASE, entity, **values)
        return entity

    def values(self, entity: str, kind: Kind = Kind.CASE) -> Mapping[str, object]:
        with self.store.read() as reader:
            return {name: value for (name, _), value in top_values(reader.registers(kind, entity)).items()}

    def conflicts(self, entity: str, kind: Kind = Kind.CASE) -> set[str]:
        with self.store.read() as reader:
            return {name for name, _ in conflicts(reader.registers(kind, entity))}

    def entities(self, kind: Kind = Kind.CASE) -> list[str]:
        with self.store.read() as reader:
            return list(reader.entities(kind))

    def post(self, rows: SyncRows, kind: SpaceKind = SpaceKind.TEAM) -> Post:
        return Posts(self.mirror).of(rows, self.spaces()[kind], self.clock.now_ms())

    def sign(self, kind: SpaceKind, *acts: Known) -> None:
        """Put entries into the log of a space, whatever they say."""
        with self.store.sync() as rows:
            one = self.post(rows, kind)
            for act in acts:
                one.write(act)
            one.keep(rows)
        outbox.flush(self.store, self.mirror)

    def found(self) -> None:
        """Found a network and this laptop's team."""
        network = secrets.token_bytes(16)
        with self.store.sync() as rows:
            for space in rows.spaces():
                found(replace(space, name=self.actor.team), network, self.actor, self.clock.ms).keep(rows)
        outbox.flush(self.store, self.mirror)

    def admit(self, other: Laptop) -> None:
        """Let another laptop into both spaces."""
        with other.store.sync() as rows:
            for space in rows.spaces():
                rows.drop_space(space.id)
        for kind, space in self.spaces().items():
            held = replace(
                space,
                device=secrets.token_bytes(16),
                standing=Standing.MEMBER,
                sign_seed=secrets.token_bytes(32),
                box_seed=secrets.token_bytes(32),
            )
            with other.store.sync() as rows:
                rows.put_space(held)
            card = card_of(held, other.actor)
            invite = Invite(secrets.token_bytes(16), (), InviteTo.TEAM, card.role, self.clock.ms + DAY)
            with self.store.sync() as rows:
                one = self.post(rows, kind)
                one.write(invite)
                one.write(Admit(card, invite.id))
                one.hand_over([card])
                one.keep(rows)
        outbox.flush(self.store, self.mirror)

    def revoke(self, other: Laptop, why: Away = Away.REVOKED) -> None:
        """Take another laptop out of the team, as far as we have seen it, with a new key."""
        from bren_desktop.sync.format.entries import Revoke
        from bren_desktop.sync.format.envelope import NO_DIGEST
        from bren_desktop.sync.format.epochs import new_epoch

        with self.store.sync() as rows:
            one = self.post(rows)
            link = rows.chains(one.space.id).get(other.team.device)
            epoch, key = new_epoch(byte_id(one.space.id))
            seq, digest = (link.seq, link.digest) if link else (0, NO_DIGEST)
            one.write(Revoke(other.team.device, seq, digest, why, epoch, epoch))
            one.add_key(epoch, key)
            cards = [one.membership.cards[device] for device in one.membership.inside]
            one.hand_over(cards)
            one.keep(rows)
        outbox.flush(self.store, self.mirror)

    def state(self) -> dict[str, str]:
        """What is to be equal on laptops that have seen the same."""
        with self.store.look() as rows:
            return {space.id: rows.state(space.id).hex() for space in rows.spaces()}


@dataclass
class Crew:
    """Laptops around one share."""

    tmp_path: Path
    open_share: Callable[[], Share]
    clock: Wall = field(default_factory=Wall)
    laptops: list[Laptop] = field(default_factory=list)

    def laptop(self, role: Role = Role.SECRETARIS, share: Share | None = None) -> Laptop:
        number = len(self.laptops)
        actor = Actor(person(), f"Collega {number}", role, "HGL", "JZ24", f"A{chr(65 + number)}")
        one = Laptop(self.tmp_path / f"laptop{number}", actor, self.clock, share or self.open_share())
        self.laptops.append(one)
        return one

    def founder(self) -> Laptop:
        one = self.laptop(Role.VOORZITTER)
        one.found()
        one.cycle()
        return one

    def member(self, by: Laptop, role: Role = Role.SECRETARIS, share: Share | None = None) -> Laptop:
        one = self.laptop(role, share)
        by.admit(one)
        by.cycle()
        one.cycle()
        return one

    def twin(self, of: Laptop) -> Laptop:
        """A clone, from the image of a laptop."""
        one = copy.copy(of)
        one.folder = of.folder.with_suffix(".image")
        one.start()
        self.laptops.append(one)
        return one

    def settle(self, rounds: int = 3) -> None:
        """Everybody syncs until nobody has news."""
        for _ in range(rounds):
            for one in self.laptops:
                one.cycle()

    def close(self) -> None:
        for one in self.laptops:
            one.store.close()


def person() -> str:
    """The id of a new person."""
    from bren_desktop.sync.format.names import text_id

    return text_id(secrets.token_bytes(16))
