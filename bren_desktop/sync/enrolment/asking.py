"""A join under way, as this laptop remembers it: what the invite promised, and the request that it left."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import Any

from bren_desktop.domain.actors import Role
from bren_desktop.services.share_door import InviteTo
from bren_desktop.services.sync_ports import SyncRows
from bren_desktop.sync.format.segments import Seen

_LOCAL = "sync/asking"


@dataclass(frozen=True, slots=True)
class Promise:
    """A space that the invite leads to, and how far it was: who shows us less than this shows an old world."""

    space: str
    heads: tuple[bytes, ...]
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """One request that waits for its answer, or for the first sync after it."""

    invite: bytes
    request: bytes
    file: bytes = field(repr=False)
    key: bytes = field(repr=False)
    """What requests on the invite are sealed under."""
    until_ms: int
    words: tuple[str, ...]
    to: InviteTo
    role: Role
    own_role: Role
    """In which the profile worked until now."""
    promises: tuple[Promise, ...]

    def keep(self, rows: SyncRows) -> None:
        """Remember it until `forget`."""
        rows.set_local(_LOCAL, json.dumps(self._plain()))

    def _plain(self) -> dict[str, Any]:
        return {
            "invite": self.invite.hex(),
            "request": self.request.hex(),
            "file": b64encode(self.file).decode(),
            "key": self.key.hex(),
            "until_ms": self.until_ms,
            "words": list(self.words),
            "to": self.to.value,
            "role": self.role.value,
            "own_role": self.own_role.value,
            "promises": [_plain(promise) for promise in self.promises],
        }


def kept(rows: SyncRows) -> Asking | None:
    """The join that is under way, if there is one."""
    plain: dict[str, Any] = json.loads(rows.local(_LOCAL) or "{}")
    if not plain:
        return None
    return Asking(
        bytes.fromhex(plain["invite"]),
        bytes.fromhex(plain["request"]),
        b64decode(plain["file"]),
        bytes.fromhex(plain["key"]),
        int(plain["until_ms"]),
        tuple(plain["words"]),
        InviteTo(plain["to"]),
        Role(plain["role"]),
        Role(plain["own_role"]),
        tuple(_promise(*one) for one in plain["promises"]),
    )


def forget(rows: SyncRows) -> None:
    """The join is done, or given up."""
    rows.set_local(_LOCAL, "")


def _plain(promise: Promise) -> list[Any]:
    seen = [[one.device.hex(), one.seq, one.digest.hex()] for one in promise.seen]
    return [promise.space, [head.hex() for head in promise.heads], seen]


def _promise(space: str, heads: list[str], seen: list[tuple[str, int, str]]) -> Promise:
    news = tuple(Seen(bytes.fromhex(device), seq, bytes.fromhex(digest)) for device, seq, digest in seen)
    return Promise(space, tuple(bytes.fromhex(head) for head in heads), news)
