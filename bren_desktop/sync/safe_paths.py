"""Which paths a driver takes: relative, short, and of names that mean the same file on every system."""

from __future__ import annotations

import re

from bren_desktop.sync.share import RefusedError

LONGEST = 119
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


def is_safe(name: str) -> bool:
    """Whether `name` is a plain name on every system: no folder above, drive, stream, device or control character."""
    return (
        name.isprintable()
        and bool(name)
        and name[-1] not in ". "
        and _NEVER.isdisjoint(name)
        and _DEVICE.fullmatch(name) is None
    )
