"""Epoch keys (docs/share-format.md §5): checked, wrapped under the next one, boxed to devices, and their K files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bren_desktop.crypto.derive import hkdf
from bren_desktop.crypto.seal import KEY_BYTES, NONCE_BYTES, box, new_key, new_nonce, seal_key, unbox, unseal_key
from bren_desktop.sync.format.envelope import COMMITMENT_BYTES, Envelope, FileKind, SignedFile
from bren_desktop.sync.format.packing import FormatError, array, identity, pack, unpack
from bren_desktop.sync.format.pen import Pen


class Wrap(NamedTuple):
    """The key of an epoch before, under the key of this one."""

    before: bytes
    nonce: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What a K file gives: boxes with the key of `epoch` by device, and keys of epochs before under that key."""

    space: bytes
    epoch: bytes
    device: bytes
    wraps: tuple[Wrap, ...]
    boxes: Mapping[bytes, bytes] = field(repr=False)
    recovery: bytes = field(repr=False)
    envelope: Envelope = field(repr=False)

    def opened(self, device: bytes, box_seed: bytes) -> bytes | None:
        """The key of the epoch, where there is a box for this device."""
        return _key(unbox(self.boxes[device], box_seed)) if device in self.boxes else None

    def recovered(self, it_seed: bytes, coordinator_seed: bytes) -> bytes | None:
        """The key of the epoch, by the two who keep the recovery keys."""
        inner = unbox(self.recovery, it_seed)
        return _key(unbox(inner, coordinator_seed)) if inner else None

    def before(self, epoch_key: bytes) -> Mapping[bytes, bytes]:
        """The keys of the epochs before that this file wraps, by epoch."""
        found = {wrap.before: _unwrapped(wrap, epoch_key, self.space, self.epoch) for wrap in self.wraps}
        return {epoch: key for epoch, key in found.items() if key is not None}


def epoch_check(epoch_key: bytes, space: bytes) -> bytes:
    """The value by which an entry vouches for a key."""
    return hkdf(epoch_key, salt=space, info=b"bren/epoch-check/v1", length=16)


def new_epoch(space: bytes) -> tuple[bytes, bytes]:
    """A new epoch of a space: its id, which is its check so that no other key can be had for it, and its key."""
    key = new_key()
    return epoch_check(key, space), key


def key_file(
    pen: Pen,
    before: Mapping[bytes, bytes],
    box_keys: Mapping[bytes, bytes],
    recovery: tuple[bytes, bytes] | None = None,
) -> SignedFile:
    """The K file of the pen's epoch: `before` gives keys to wrap by epoch, `box_keys` the devices to box it to."""
    wraps = [list(_wrapped(epoch, before[epoch], pen)) for epoch in sorted(before)]
    boxes = [[device, box(pen.epoch_key, box_keys[device])] for device in sorted(box_keys)]
    return pen.in_clear(FileKind.EPOCH_KEY, pack([wraps, boxes, _for_recovery(pen.epoch_key, recovery)]))


def read_key_file(envelope: Envelope) -> KeyFile:
    """What a K file says; whose it is and whether its key counts is not judged here. Raises FormatError."""
    header = envelope.header
    if header.kind is not FileKind.EPOCH_KEY or envelope.nonce != bytes(NONCE_BYTES):
        raise FormatError("not a key file")
    if envelope.commitment != bytes(COMMITMENT_BYTES):
        raise FormatError("commitment")
    wraps, boxes, recovery = array(unpack(envelope.body), list, list, bytes)[:3]
    return KeyFile(header.space, header.epoch, header.device, _wraps(wraps), _boxes(boxes), recovery, envelope)


def unwrapped(epoch: bytes, epoch_key: bytes, files: Iterable[KeyFile]) -> Mapping[bytes, bytes]:
    """All keys that one key leads to, through wraps of wraps, by epoch; itself included."""
    known, todo, by_epoch = {epoch: epoch_key}, [epoch], _by_epoch(files)
    while todo:
        newer = todo.pop()
        for file in by_epoch.get(newer, ()):
            fresh = {older: key for older, key in file.before(known[newer]).items() if older not in known}
            known |= fresh
            todo += fresh
    return known


def unwrapped_heads(known: Iterable[bytes], files: Iterable[KeyFile]) -> frozenset[bytes]:
    """The epochs of `known` that no other of them wraps: what a new epoch has to wrap."""
    epochs = frozenset(known)
    wrapped = {
        wrap.before for file in files if file.epoch in epochs for wrap in file.wraps if wrap.before != file.epoch
    }
    return epochs - wrapped


def _by_epoch(files: Iterable[KeyFile]) -> Mapping[bytes, list[KeyFile]]:
    found: dict[bytes, list[KeyFile]] = {}
    for file in files:
        found.setdefault(file.epoch, []).append(file)
    return found


def _for_recovery(epoch_key: bytes, recovery: tuple[bytes, bytes] | None) -> bytes:
    if recovery is None:
        return b""
    it_key, coordinator_key = recovery
    return box(box(epoch_key, coordinator_key), it_key)


def _wrapped(before: bytes, key: bytes, pen: Pen) -> Wrap:
    nonce = new_nonce()
    kek, associated = _wrap_keys(pen.epoch_key, pen.space, before, pen.epoch)
    return Wrap(before, nonce, seal_key(key, kek, nonce=nonce, associated=associated))


def _unwrapped(wrap: Wrap, epoch_key: bytes, space: bytes, epoch: bytes) -> bytes | None:
    kek, associated = _wrap_keys(epoch_key, space, wrap.before, epoch)
    return unseal_key(wrap.sealed, kek, nonce=wrap.nonce, associated=associated)


def _wrap_keys(epoch_key: bytes, space: bytes, before: bytes, epoch: bytes) -> tuple[bytes, bytes]:
    kek = hkdf(epoch_key, salt=space, info=b"bren/epoch-wrap/v1")
    return kek, b"".join((b"bren/epoch/v1", space, before, epoch))


def _wraps(value: list[Any]) -> tuple[Wrap, ...]:
    rows = [array(row, bytes, bytes, bytes)[:3] for row in value]
    return tuple(Wrap(identity(before), identity(nonce, NONCE_BYTES), sealed) for before, nonce, sealed in rows)


def _boxes(value: list[Any]) -> Mapping[bytes, bytes]:
    rows = [array(row, bytes, bytes)[:2] for row in value]
    return {identity(device): sealed for device, sealed in rows}


def _key(data: bytes | None) -> bytes | None:
    return data if data is not None and len(data) == KEY_BYTES else None
