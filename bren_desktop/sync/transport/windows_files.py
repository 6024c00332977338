"""What files of a share need on Windows: long names, patience with scanners, and no fetching of placeholders."""

from __future__ import annotations

import stat
from collections.abc import Callable
from threading import Event
from typing import Protocol, TypeVar

from bren_desktop.sync.transport.disk_errors import HELD, windows_number

Result = TypeVar("Result")
Wait = Callable[[float], object]

PAUSES_S = (0.01, 0.03, 0.06, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8)
"""Between the tries of one call: 2.5 seconds in all."""

_LONG, _LONG_UNC = "\\\\?\\", "\\\\?\\UNC\\"
_NOT_HERE = 0x1000 | 0x40000 | 0x400000
"""OFFLINE, RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS: to read it is to fetch it."""
_LEADS_ELSEWHERE = 0x20000000
_NO_FILES = frozenset({0x80000023, 0x80000024, 0x80000025, 0x80000026, 0x8000001B})
"""Sockets, pipes and devices of Linux on Windows, and links to programs of its shop."""


class Found(Protocol):
    """What `os.stat` tells; on Windows also the attributes and the reparse tag."""

    @property
    def st_mode(self) -> int: ...


def long_name(path: str) -> str:
    """An absolute Windows path in the form that may be longer than 260 characters and is not interpreted."""
    plain = path.replace("/", "\\")
    if plain.startswith((_LONG, "\\\\.\\")):
        return plain
    return _LONG_UNC + plain[2:] if plain.startswith("\\\\") else _LONG + plain


def is_plain_file(found: Found) -> bool:
    """A file, and not a link, pipe or device."""
    return stat.S_ISREG(found.st_mode) and not _leads_elsewhere(found)


def is_plain_folder(found: Found) -> bool:
    """A folder, and not a link or junction to one."""
    return stat.S_ISDIR(found.st_mode) and not _leads_elsewhere(found)


def is_placeholder(found: Found) -> bool:
    """Whether the bytes lie elsewhere and reading would fetch them."""
    return bool(getattr(found, "st_file_attributes", 0) & _NOT_HERE)


def _leads_elsewhere(found: Found) -> bool:
    tag: int = getattr(found, "st_reparse_tag", 0)
    return bool(tag & _LEADS_ELSEWHERE) or tag in _NO_FILES


class Patience:
    """Tries again what a scanner holds up, within bounds.

    After a call that all tries did not help, the next ones get a single try each until one succeeds: a folder without
    rights costs its seconds once and not for every file.
    """

    def __init__(self, wait: Wait | None = None) -> None:
        self._wait = wait or Event().wait
        self._worn = False

    def __call__(self, act: Callable[[], Result]) -> Result:
        for pause in () if self._worn else PAUSES_S:
            try:
                return act()
            except OSError as error:
                if windows_number(error) not in HELD:
                    raise
            self._wait(pause)
        return self._last(act)

    def _last(self, act: Callable[[], Result]) -> Result:
        try:
            result = act()
        except OSError as error:
            self._worn = windows_number(error) in HELD
            raise
        self._worn = False
        return result
