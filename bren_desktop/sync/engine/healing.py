"""Bring what the mirror has to the share: what is new at once, what vanished or was spoilt there within bounds.

A missing file in one listing is no evidence: what was on the share before is put back when it is missed a second time.
"""

from __future__ import annotations

import json
import secrets
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bren_desktop.sync.engine import scrubbing
from bren_desktop.sync.engine.mirror import MOST_REPAIRS, NoNameError
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.format import names
from bren_desktop.sync.format.names import Kind, repaired, text_id
from bren_desktop.sync.transport.share import AbsentError, BusyError

MOST_FILES = 500
LARGEST = 64 * 1024 * 1024
"""What one cycle puts back at most, in files and bytes."""


@dataclass
class Shared:
    """What was on the share when we last looked: names of the small folders, and how far our own chain was."""

    names: set[str]
    device: str
    own: int

    def has(self, place: Place, path: str) -> bool:
        """Whether a file of the mirror was there already: all that is not ours came from there."""
        name = names.parse(path)
        if name is None or name.kind in (Kind.AUTH, Kind.EPOCH_KEY, Kind.CASE_KEYS):
            return path.rpartition("/")[2] in self.names
        return name.id != place.device or (self.device == text_id(place.device) and name.last <= self.own)


def shared(place: Place) -> Shared:
    """What was on the share."""
    known, device, own = json.loads(place.setting(Setting.THERE) or '[[], "", 0]')
    return Shared(set(known), device, own)


def put_new(place: Place, folders: Iterable[str]) -> None:
    """Put what is only here on the share."""
    before = shared(place)
    for folder in folders:
        for path in _missing(place, folder):
            if path not in place.put and not before.has(place, path):
                kept, data = place.fresh
                place.remote.put(path, data if path == kept else place.mirror.read(path))
                place.put.add(path)
                name = names.parse(path)
                if name and name.kind is Kind.SEGMENT:
                    place.notes.published += _operations(place, name.first)


def _operations(place: Place, seq: int) -> int:
    """How many operations are in a segment of ours."""
    if seq not in place.operations:
        links = place.links(place.device)
        before = links.get(seq - 1)
        place.operations[seq] = links[seq].counter - (before.counter if before else 0) if seq in links else 0
    return place.operations[seq]


def heal(place: Place, folders: Iterable[str]) -> None:
    """Put back what vanished, and beside spoilt files what they should be."""
    before = shared(place)
    missing, spoilt = [], []
    for folder in folders:
        missing += [path for path in _missing(place, folder) if path not in place.put and before.has(place, path)]
        spoilt += list(_spoilt(place, folder))
    missed_before = bool(place.setting(Setting.GONE))
    mended = _put_some(place, missing if missed_before else [], spoilt)
    if missing and missed_before and mended:
        place.notes.say("rolled-back", place.paths.folder, times=mended)
    if bool(missing) != missed_before:
        place.keep(Setting.GONE, str(place.now_ms) if missing else "")
    place.notes.complete &= not missing or (missed_before and mended >= len(missing))


def regular_folders(place: Place) -> list[str]:
    """The folders of a space that every cycle lists, as far as we may look into them."""
    chains = [place.paths.chain(device) for device in place.shelf.devices()]
    folders = [place.paths.auth, place.paths.keys, place.paths.bundles, *chains]
    return [folder for folder in folders if not place.remote.why_closed(folder)]


def blob_folders(place: Place) -> list[str]:
    """The folders with attachments that the mirror has some of."""
    return [f"{place.paths.blobs}/{start}" for start in sorted(place.mirror.folders(place.paths.blobs))]


def mend_all(place: Place, folders: Iterable[str]) -> int:
    """Put back everything that is missing or spoilt, at once; how many files."""
    mended = 0
    for folder in folders:
        wrong = dict.fromkeys(_missing(place, folder), "rolled-back")
        wrong |= dict.fromkeys(_spoilt(place, folder), "damaged")
        for path, reason in wrong.items():
            place.notes.say(reason, path)
            mended += _mended(place, path)
    return mended


def heal_blobs(place: Place) -> None:
    """Look into one folder with attachments, all of them in turn, and put back what is missing there."""
    folders = blob_folders(place)
    if folders:
        at = bisect_right(folders, place.memo.blob_folder) % len(folders)
        place.memo.blob_folder = folders[at]
        scrubbing.compare_next(place, folders[at])
        mend_all(place, [folders[at]])


def _put_some(place: Place, missing: list[str], spoilt: list[str]) -> int:
    """Put back as much as one cycle may, starting anywhere: others do the same."""
    for path in spoilt:
        place.notes.say("damaged", path)
        _mended(place, path)
    start = secrets.randbelow(len(missing)) if missing else 0
    done = size = 0
    for path in [*missing[start:], *missing[:start]][:MOST_FILES]:
        size += place.mirror.size(path)
        if done and size > LARGEST:
            break
        done += _mended(place, path)
    return done


def _mended(place: Place, path: str) -> bool:
    """Have a file of the mirror on the share again; one that cannot be keeps nobody else from it."""
    try:
        place.remote.put(path, place.mirror.read(path))
    except (AbsentError, BusyError, NoNameError):
        return False
    return True


def _missing(place: Place, folder: str) -> Iterator[str]:
    there = place.remote.sizes(folder)
    for name in place.mirror.files(folder):
        if name not in there and not _is_repaired(place, folder, name, there):
            yield f"{folder}/{name}"


def _spoilt(place: Place, folder: str) -> Iterator[str]:
    """The files under whose name other bytes lie, and of which no repair is there."""
    there = place.remote.sizes(folder)
    for name, size in place.mirror.files(folder).items():
        path = f"{folder}/{name}"
        differs = path in place.memo.spoilt or there.get(name, -1) not in (-1, size)
        if name in there and differs and not _is_repaired(place, folder, name, there):
            yield path


def _is_repaired(place: Place, folder: str, name: str, there: Mapping[str, int]) -> bool:
    size = place.mirror.files(folder)[name]
    for times in range(1, MOST_REPAIRS + 1):
        other = repaired(name, times)
        if other not in there:
            return False
        if there[other] in (-1, size) and f"{folder}/{other}" not in place.memo.spoilt:
            return True
    return False


def remember(place: Place) -> None:
    """Keep what was on the share at the start of this cycle: nothing is lost if it is not kept."""
    before = shared(place)
    after = Shared(set(), text_id(place.device), before.own if before.device == text_id(place.device) else 0)
    for folder in (place.paths.auth, place.paths.keys, place.paths.bundles):
        there = place.remote.sizes(folder)
        after.names |= {name for name in place.mirror.files(folder) if name in there or name in before.names}
    folder = place.paths.chain(place.device)
    there = place.remote.sizes(folder)
    parsed = (names.parse(f"{folder}/{name}") for name in place.mirror.files(folder) if name in there)
    after.own = max([after.own, *(name.last for name in parsed if name)])
    if after != before:
        place.keep(Setting.THERE, json.dumps([sorted(after.names), after.device, after.own]))
