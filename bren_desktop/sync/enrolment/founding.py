"""Found a space: its first entry, its first epoch key, and this laptop's own device as its first admin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bren_desktop.crypto.seal import new_key, public_box_key, public_sign_key
from bren_desktop.domain.actors import Actor
from bren_desktop.services.sync_ports import HeldSpace, Standing, SyncRows
from bren_desktop.sync.engine import outbox
from bren_desktop.sync.format.entries import Card, Found, entry_file
from bren_desktop.sync.format.epochs import key_file, new_epoch
from bren_desktop.sync.format.names import Paths, byte_id
from bren_desktop.sync.format.pen import Pen

Recovery = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Founding:
    """A space that was just founded: how it is held, its first epoch, and the files that say so."""

    space: HeldSpace
    epoch: bytes
    epoch_key: bytes = field(repr=False)
    card: Card
    files: Mapping[str, bytes]

    def keep(self, rows: SyncRows) -> None:
        """Hold the space from now on; its files go to the mirror next."""
        rows.put_space(self.space)
        rows.put_epoch_key(self.space.id, self.epoch, self.epoch_key)
        outbox.add(rows, self.files)


def found(space: HeldSpace, network: bytes, actor: Actor, at_ms: int, *, recovery: Recovery | None = None) -> Founding:
    """Found `space` (its id, kind, name, device and name key stand) in a network; `actor` is on the first card."""
    held = replace(
        space, network=network, standing=Standing.MEMBER, sign_seed=new_key(), box_seed=new_key(), founding=b""
    )
    epoch, epoch_key = new_epoch(byte_id(space.id))
    card = card_of(held, actor)
    pen = Pen(network, byte_id(held.id), held.device, held.sign_seed, epoch, epoch_key)
    act = Found(held.kind, held.name, held.name_key, card.sign_key, card, epoch, recovery)
    entry = entry_file(pen, 0, act, (), at_ms)
    keys = key_file(pen, {}, {card.device: card.box_key}, recovery)
    paths = Paths(pen.space)
    files = {paths.entry(0, entry.digest): entry.data, paths.key_file(epoch, keys.digest): keys.data}
    return Founding(replace(held, founding=entry.digest), epoch, epoch_key, card, files)


def card_of(space: HeldSpace, actor: Actor) -> Card:
    """The card of this laptop's device in `space`."""
    return Card(
        space.device,
        public_sign_key(space.sign_seed),
        public_box_key(space.box_seed),
        actor.person,
        actor.name,
        actor.role,
        actor.team,
        actor.device,
    )
