"""The ids of erased cases, in a file beside the key: a backup that is put back is purged by it before it opens.

Only random ids stand in it. A file that cannot be read counts as damaged, never as empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from bren_desktop.errors import UserFacingError
from bren_desktop.keystore import disk

NAME = "erased.json"
_FORMAT = 1
_MOST_BYTES = 16 * 1024 * 1024
_ID = re.compile(r"[a-z2-7]{26}")


class DamagedErasedListError(UserFacingError):
    """The list is there and cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            "De lijst van gewiste casussen (erased.json) is beschadigd. Er is niets veranderd. "
            "Zet het bestand terug uit een reservekopie, of vraag uw beheerder om hulp."
        )


class ErasedList:
    """The list of one profile folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def ids(self) -> frozenset[str]:
        """Every id in the list; none where there is no list yet."""
        if not self._path.exists():
            return frozenset()
        return parse(disk.read_small(self._path, _MOST_BYTES))

    def data(self) -> bytes:
        """The list as it goes into a backup."""
        return text(self.ids())

    def add(self, ids: Iterable[str]) -> None:
        """Lengthen the list; nothing is ever taken off it."""
        before = self.ids()
        after = before | frozenset(ids)
        if after != before:
            disk.replace_file(self._path, text(after))


def text(ids: Iterable[str]) -> bytes:
    """The bytes of a list."""
    return json.dumps({"format": _FORMAT, "erased": sorted(ids)}).encode("ascii")


def parse(data: bytes) -> frozenset[str]:
    """The ids in the bytes of a list. Raises DamagedErasedListError."""
    try:
        match json.loads(data.decode("ascii")) if len(data) <= _MOST_BYTES else None:
            case {"format": 1, "erased": list(ids)} if all(
                isinstance(each, str) and _ID.fullmatch(each) for each in ids
            ):
                return frozenset(ids)
    except (ValueError, RecursionError) as error:
        raise DamagedErasedListError from error
    raise DamagedErasedListError


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None
