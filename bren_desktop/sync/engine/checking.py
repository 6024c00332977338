"""The check of a whole share: every file read and compared with the mirror, and put back where it differs."""

from __future__ import annotations

from bren_desktop.sync.engine import access, case_bundles, fetch, healing, pens, scrubbing
from bren_desktop.sync.engine.place import Place


def check(place: Place) -> tuple[int, int]:
    """How many files of a space the share has, and how many were put back."""
    place.memo.quiet.clear()
    place.memo.bad.clear()
    place.refresh()
    access.open_space(place)
    if place.card is None:
        return 0, 0
    case_bundles.fetch_bundles(place, pens.pen(place))
    fetch.fetch_segments(place)
    folders = [*healing.regular_folders(place), *healing.blob_folders(place)]
    files = sum(_compared(place, folder) for folder in folders)
    return files, healing.mend_all(place, folders)


def _compared(place: Place, folder: str) -> int:
    """Compare every file of a folder that the mirror has; how many files the share has there."""
    there = place.remote.sizes(folder)
    known = place.mirror.files(folder)
    for name in there:
        if fetch.canonical(name) in known:
            scrubbing.compare(place, f"{folder}/{name}")
    return len(there)
