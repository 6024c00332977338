"""Which spaces of a share the two recovery keys open, without anything that a member would know."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, Standing
from bren_desktop.sync.engine.incoming import LARGEST_FILE
from bren_desktop.sync.enrolment.recovering import RecoveryKey, recovered_keys
from bren_desktop.sync.format import names
from bren_desktop.sync.format.entries import Found, read_entry
from bren_desktop.sync.format.envelope import Envelope, parse
from bren_desktop.sync.format.names import Paths, byte_id, text_id
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.transport.share import AbsentError, RefusedError, Share, listing

Halves = tuple[RecoveryKey, RecoveryKey]


@dataclass(frozen=True, slots=True)
class Opened:
    """A space that the keys open: what its founding says, and its epoch keys."""

    id: bytes
    network: bytes
    founding: bytes
    at_ms: int
    found: Found
    keys: Mapping[bytes, bytes] = field(repr=False)

    @property
    def kind(self) -> SpaceKind:
        return self.found.kind

    @property
    def team(self) -> str:
        """The code of the team that founded it."""
        return self.found.card.team

    def held(self) -> HeldSpace:
        """How it is held while it is read: by somebody who is no member."""
        return HeldSpace(
            text_id(self.id),
            self.kind,
            self.found.name,
            secrets.token_bytes(16),
            self.found.name_key,
            Standing.OUT,
            self.network,
            self.founding,
            home=False,
        )


def opened(share: Share, halves: Halves) -> Iterator[Opened]:
    """Every founding that the keys open; a space has one, unless somebody put a false one there. Raises ShareError."""
    for space in _spaces(share):
        keys = recovered_keys(share, space, *halves)
        yield from {one.founding: one for one in _founded(share, space, keys, halves)}.values()


def _spaces(share: Share) -> Iterator[bytes]:
    for folder in listing(share, names.SPACES).folders:
        try:
            yield byte_id(folder)
        except ValueError:
            continue


def _founded(share: Share, space: bytes, keys: Mapping[bytes, bytes], halves: Halves) -> Iterator[Opened]:
    """What founds a space and names just these recovery keys."""
    publics = halves[0].public, halves[1].public
    for envelope in _beginnings(share, Paths(space).auth):
        key = keys.get(envelope.header.epoch)
        try:
            entry = read_entry(envelope, key) if key and envelope.header.space == space else None
        except FormatError:
            continue
        if entry and isinstance(entry.act, Found) and entry.act.recovery == publics:
            yield Opened(space, envelope.header.network, entry.digest, entry.at_ms, entry.act, keys)


def _beginnings(share: Share, folder: str) -> Iterator[Envelope]:
    """The membership entries that rest on none."""
    for name, _ in listing(share, folder).files:
        try:
            envelope = parse(share.read(f"{folder}/{name}", LARGEST_FILE))
        except (FormatError, AbsentError, RefusedError):
            continue
        if envelope.header.seq == 0:
            yield envelope
