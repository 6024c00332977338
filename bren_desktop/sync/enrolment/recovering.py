"""The offline recovery of epoch keys by two people: IT keeps one key file, the coördinator of the network the other.

The public halves stand in the founding entry, so they are made before a network is founded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bren_desktop.crypto.seal import KEY_BYTES, new_key, public_box_key
from bren_desktop.errors import UserFacingError
from bren_desktop.services.share_door import LARGEST_HALF
from bren_desktop.services.sync_ports import SyncRows
from bren_desktop.sync.engine.incoming import LARGEST_FILE
from bren_desktop.sync.format.envelope import parse
from bren_desktop.sync.format.epochs import KeyFile, epoch_check, read_key_file, unwrapped
from bren_desktop.sync.format.names import Paths
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.transport.share import AbsentError, RefusedError, Share, listing

_FORMAT = "bren-recovery-key"
_LOCAL = "sync/recovery"


class Holder(StrEnum):
    """Who keeps a recovery key."""

    IT = "it"
    COORDINATOR = "coordinator"


class NoRecoveryKeyError(UserFacingError):
    """A file that is no recovery key of this holder."""

    def __init__(self) -> None:
        super().__init__(
            "Dit is niet het herstelsleutelbestand dat hier hoort. Er is niets veranderd. "
            "Neem het bestand van IT en dat van de coördinator, elk op zijn plaats."
        )


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """One of the two keys. Its file is the only place where the secret half is."""

    holder: Holder
    seed: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        return public_box_key(self.seed)

    @property
    def file(self) -> bytes:
        """The key file as it is kept, offline."""
        fields = {"format": _FORMAT, "holder": self.holder.value, "secret": self.seed.hex()}
        return (json.dumps(fields, indent=2) + "\n").encode()


def new_recovery_key(holder: Holder) -> RecoveryKey:
    """A random key."""
    return RecoveryKey(holder, new_key())


def read_recovery_key(data: bytes, holder: Holder) -> RecoveryKey:
    """The key in a key file. Raises NoRecoveryKeyError."""
    try:
        fields: Any = json.loads(data[:LARGEST_HALF])
        seed = bytes.fromhex(fields["secret"])
        right = fields["format"] == _FORMAT and fields["holder"] == holder.value and len(seed) == KEY_BYTES
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NoRecoveryKeyError from error
    if not right:
        raise NoRecoveryKeyError
    return RecoveryKey(holder, seed)


def read_halves(it: bytes, coordinator: bytes) -> tuple[RecoveryKey, RecoveryKey]:
    """The keys in both files, each in its place. Raises NoRecoveryKeyError."""
    return read_recovery_key(it, Holder.IT), read_recovery_key(coordinator, Holder.COORDINATOR)


def keep_recipient(rows: SyncRows, it: bytes, coordinator: bytes) -> None:
    """Remember the public halves for the network that is founded next."""
    rows.set_local(_LOCAL, json.dumps([it.hex(), coordinator.hex()]))


def kept_recipient(rows: SyncRows) -> tuple[bytes, bytes] | None:
    """The public halves, if they were made."""
    kept = rows.local(_LOCAL)
    if not kept:
        return None
    it, coordinator = (bytes.fromhex(half) for half in json.loads(kept))
    return it, coordinator


def recovered_keys(share: Share, space: bytes, it: RecoveryKey, coordinator: RecoveryKey) -> Mapping[bytes, bytes]:
    """The epoch keys of a space by epoch, from its K files alone; none without both of the right keys."""
    files = key_files(share, space)
    found: dict[bytes, bytes] = {}
    for file in files:
        key = file.recovered(it.seed, coordinator.seed)
        if key is not None:
            keys = unwrapped(file.epoch, key, files)
            found |= {epoch: known for epoch, known in keys.items() if epoch_check(known, space) == epoch}
    return found


def key_files(share: Share, space: bytes) -> list[KeyFile]:
    """The K files of a space as they lie on the share, whoever put them there. Raises ShareError."""
    folder, files = Paths(space).keys, []
    for name, _ in listing(share, folder).files:
        try:
            files.append(read_key_file(parse(share.read(f"{folder}/{name}", LARGEST_FILE))))
        except (FormatError, AbsentError, RefusedError):
            continue
    return files
