"""Where each file of the share lies (docs/share-format.md §1): paths made, and paths read back.

A path is a hint: what a file is, is read from its bytes. Ids in bytes have 16 bytes, digests 32.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

NETWORK = "network.json"
JOIN = "join"
SPACES = "sp"
_ID_TEXT = 26


class Kind(Enum):
    """What a file of that name should hold: its extension."""

    REQUEST = "brj"
    AUTH = "bra"
    EPOCH_KEY = "brk"
    CASE_KEYS = "brc"
    BLOB = "brb"
    SEGMENT = "brs"
    PACK = "brp"


@dataclass(frozen=True, slots=True)
class Name:
    """What a path says. Parts that a kind does not have are empty or 0.

    `id` is the request, epoch or device; `mark` the hex digits of the file's digest; `first` the depth or seq.
    """

    kind: Kind
    space: bytes = b""
    id: bytes = b""
    first: int = 0
    last: int = 0
    mark: str = ""
    repair: int = 0


@lru_cache(4096)
def text_id(data: bytes) -> str:
    """An id as it stands in names: 26 characters of base32 in lower case."""
    return base64.b32encode(data).decode("ascii").rstrip("=").lower()


@lru_cache(4096)
def byte_id(text: str) -> bytes:
    """The 16 bytes of an id. Raises ValueError for any other spelling."""
    data = base64.b32decode(text.upper() + "======") if len(text) == _ID_TEXT else b""
    if len(data) != 16 or text_id(data) != text:
        raise ValueError("not an id")
    return data


def is_id(text: str) -> bool:
    """Whether `text` is an id of 16 bytes."""
    try:
        return bool(byte_id(text))
    except ValueError:
        return False


def request_path(request: bytes) -> str:
    """Where a request to join lies; of no space yet."""
    return f"{JOIN}/{text_id(request)}.brj"


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders and files of one space."""

    space: bytes

    @property
    def folder(self) -> str:
        return f"{SPACES}/{text_id(self.space)}"

    @property
    def auth(self) -> str:
        return f"{self.folder}/auth"

    @property
    def keys(self) -> str:
        return f"{self.folder}/key"

    @property
    def bundles(self) -> str:
        return f"{self.folder}/case"

    @property
    def blobs(self) -> str:
        return f"{self.folder}/att"

    @property
    def log(self) -> str:
        return f"{self.folder}/log"

    def chain(self, device: bytes) -> str:
        return f"{self.log}/{text_id(device)}"

    def entry(self, n: int, digest: bytes) -> str:
        return f"{self.auth}/{n:06}-{_short(digest)}.bra"

    def key_file(self, epoch: bytes, digest: bytes) -> str:
        return f"{self.keys}/{text_id(epoch)}-{_short(digest)}.brk"

    def bundle(self, digest: bytes) -> str:
        return f"{self.bundles}/{digest.hex()[:32]}.brc"

    def blob(self, digest: bytes) -> str:
        return f"{self.blobs}/{digest.hex()[:2]}/{digest.hex()}.brb"

    def segment(self, device: bytes, seq: int, digest: bytes) -> str:
        return f"{self.chain(device)}/{seq:08}-{_short(digest)}.brs"

    def pack(self, device: bytes, first: int, last: int, digest: bytes) -> str:
        return f"{self.chain(device)}/p-{first:08}-{last:08}-{_short(digest)}.brp"


def repaired(path: str, number: int) -> str:
    """The name of the `number`th repair of `path` (from 1)."""
    stem, dot, extension = path.rpartition(".")
    return f"{stem}-r{number}{dot}{extension}"


def parse(path: str) -> Name | None:
    """What a path says, or None for a stray: a file that no program of ours puts there."""
    for kind, shape in _SHAPES.items():
        found = shape.fullmatch(path)
        if found:
            return _name(kind, found.groupdict())
    return None


def fits(path: str, digest: bytes) -> bool:
    """Whether the file of that digest may lie under `path`, or under a repair name of it."""
    name = parse(path)
    return name is not None and digest.hex().startswith(name.mark)


def _name(kind: Kind, parts: dict[str, str]) -> Name | None:
    try:
        space, identity = (byte_id(parts[part]) if part in parts else b"" for part in ("space", "id"))
    except ValueError:
        return None
    mark = parts.get("mark", "")
    if kind is Kind.BLOB and not mark.startswith(parts["start"]):
        return None
    first = int(parts.get("first", 0))
    last = int(parts.get("last", first))
    return Name(kind, space, identity, first, last, mark, int(parts["repair"] or 0))


def _short(digest: bytes) -> str:
    return digest.hex()[:12]


def _shape(pattern: str, kind: Kind) -> re.Pattern[str]:
    return re.compile(rf"{pattern}(?:-r(?P<repair>[1-9][0-9]{{0,3}}))?\.{kind.value}", re.ASCII)


_ID = "[a-z2-7]{26}"
_SPACE = rf"{SPACES}/(?P<space>{_ID})"
_MARK = "(?P<mark>[0-9a-f]{12})"
_SHAPES = {
    kind: _shape(pattern, kind)
    for kind, pattern in {
        Kind.REQUEST: rf"{JOIN}/(?P<id>{_ID})",
        Kind.AUTH: rf"{_SPACE}/auth/(?P<first>[0-9]{{6}})-{_MARK}",
        Kind.EPOCH_KEY: rf"{_SPACE}/key/(?P<id>{_ID})-{_MARK}",
        Kind.CASE_KEYS: rf"{_SPACE}/case/(?P<mark>[0-9a-f]{{32}})",
        Kind.BLOB: rf"{_SPACE}/att/(?P<start>[0-9a-f]{{2}})/(?P<mark>[0-9a-f]{{64}})",
        Kind.SEGMENT: rf"{_SPACE}/log/(?P<id>{_ID})/(?P<first>[0-9]{{8}})-{_MARK}",
        Kind.PACK: rf"{_SPACE}/log/(?P<id>{_ID})/p-(?P<first>[0-9]{{8}})-(?P<last>[0-9]{{8}})-{_MARK}",
    }.items()
}
