"""Which paths a driver takes: relative, short, and of names that mean the same file on every system."""

from __future__ import annotations

import re
from base64 import b32encode

from bren_desktop.sync.transport.share import RefusedError

LONGEST = 119
_DRAFT = re.compile(r"~[a-z2-7]{26}\.tmp")
_NEVER = frozenset('\\/:*?"<>|')
_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])[ ]*(\..*)?", re.IGNORECASE | re.DOTALL
)


def parts(path: str) -> tuple[str, ...]:
    """The names in `path`, none for the top. Raises RefusedError for a path that leads, or may lead, elsewhere."""
    if not path:
        return ()
    names = tuple(path.split("/"))
    if len(path) > LONGEST or not all(is_safe(name) for name in names):
        raise RefusedError("not a path of a share")
    return names


def parts_of_file(path: str) -> tuple[str, ...]:
    """The names in the path of a file, one at least. Raises RefusedError."""
    names = parts(path)
    if not names:
        raise RefusedError("no name")
    return names


def draft(mark: bytes, chance: bytes) -> str:
    """The name of a file while it is written: `mark` (of 4 bytes) says whose it is, 13 bytes of chance the rest."""
    return f"~{_base32(mark)[:6]}{_base32(chance)[:20]}.tmp"


def is_draft(name: str) -> bool:
    """Whether a file of this name is still being written, or was left so."""
    return _DRAFT.fullmatch(name) is not None


def is_safe(name: str) -> bool:
    """Whether `name` is a plain name on every system: no folder above, drive, stream, device or control character."""
    return (
        name.isprintable()
        and bool(name)
        and name[-1] not in ". "
        and _NEVER.isdisjoint(name)
        and _DEVICE.fullmatch(name) is None
    )


def _base32(data: bytes) -> str:
    return b32encode(data).decode("ascii").lower().rstrip("=")
