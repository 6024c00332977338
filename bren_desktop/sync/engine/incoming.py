"""What lies in a folder of the share and is not known yet, read with a bound; and what is wrong with what is no use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.format import names
from bren_desktop.sync.format.envelope import Envelope, IncompleteError, OversizeError, TooNewError, parse
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.transport.share import AbsentError, BusyError, DeniedError, Entry

LARGEST_FILE = 68 * 1024 * 1024
"""Bytes of any file of the share, a pack too."""
MOST_STRAYS = 200
"""Files under names that are none of ours that one cycle reads in one folder."""
SETTLED = frozenset({"damaged", "unsigned", "stray", "oversize", "newer", "stranger"})
"""Reasons for which a file is read again only in turn while its size is the same."""
_SYSTEM = re.compile(r"desktop\.ini|thumbs\.db|\.ds_store|~\$.*|.*\.tmp", re.IGNORECASE)
"""What systems and other programs leave behind everywhere."""


class NewFile(NamedTuple):
    """A file of the share that was read for the first time."""

    path: str
    data: bytes


def new_files(place: Place, folder: str, is_known: Callable[[str], bool]) -> Iterator[NewFile]:
    """Every file in `folder` that is not known by name, nor known to be no use."""
    listing = place.remote.listing(folder)
    _hold_on(place, folder, dict(listing.files))
    if place.memo.quiet.get(folder) == listing:
        return
    unknown = [Entry(f"{folder}/{name}", size) for name, size in listing.files if not _SYSTEM.fullmatch(name)]
    unknown = [one for one in unknown if not (_is_no_use(place, one) or is_known(one.name))]
    if not unknown:
        place.memo.quiet[folder] = listing
    strays = 0
    for path, size in sorted(unknown, key=lambda one: (one.name in place.memo.doubted, *_rank(one))):
        strays += names.parse(path) is None
        if strays > MOST_STRAYS:
            place.notes.complete = False
            break
        data = _read(place, path, size)
        if data is not None:
            yield NewFile(path, data)


def _is_no_use(place: Place, file: Entry) -> bool:
    doubted = file.name in place.memo.doubted
    return file.name in place.memo.same or (_is_settled(place, file.name, file.size) and not doubted)


def _rank(file: Entry) -> tuple[bool, int]:
    """What may be news before strays, and small before large: who fills a folder delays nobody."""
    return names.parse(file.name) is None, file.size


def _hold_on(place: Place, folder: str, sizes: Mapping[str, int]) -> None:
    """Go on naming what is no use for as long as it lies there, without reading it again."""
    for path in place.memo.bad:
        where, _, name = path.rpartition("/")
        if where == folder and name in sizes and _is_settled(place, path, sizes[name]):
            place.notes.hold(place.memo.bad[path])


def _is_settled(place: Place, path: str, size: int) -> bool:
    bad = place.memo.bad.get(path)
    return bad is not None and bad.reason in SETTLED and bad.size == size


def _read(place: Place, path: str, size: int) -> bytes | None:
    if size > LARGEST_FILE:
        place.hold(path, "oversize", size=size)
        return None
    try:
        data = place.remote.read(path, LARGEST_FILE + 1)
    except (BusyError, DeniedError) as error:
        place.hold(path, error.reason if names.parse(path) else "stray", size=size)
    except AbsentError:
        pass
    else:
        if len(data) <= LARGEST_FILE:
            return data
        place.hold(path, "oversize", size=size)
    return None


def envelope_of(place: Place, file: NewFile) -> Envelope | None:
    """The one envelope that a file is; None where it is none, which is held."""
    try:
        return parse(file.data)
    except FormatError as error:
        hold_bad(place, file, error)
        return None


def hold_bad(place: Place, file: NewFile, error: FormatError) -> None:
    """Hold a file that cannot be read, with the reason."""
    place.hold(file.path, _reason(file.path, error), size=len(file.data), data=file.data)


def _reason(path: str, error: FormatError) -> str:
    if isinstance(error, IncompleteError):
        return "incomplete"
    if isinstance(error, TooNewError):
        return "newer"
    if isinstance(error, OversizeError):
        return "oversize"
    return "damaged" if names.parse(path) else "stray"
