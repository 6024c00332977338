"""How far the taking in of a space is, in operations and by the bytes that are left."""

from __future__ import annotations

from collections.abc import Callable

from bren_desktop.services.share_door import Progress
from bren_desktop.sync.engine.place import Place


class Telling:
    """Tells the progress of one cycle over all its spaces."""

    def __init__(self, progress: Callable[[Progress], None] | None) -> None:
        self._progress = progress
        self._done = 0

    def taken_in(self, place: Place, operations: int, bytes_before: int) -> None:
        """So many operations were taken in; there were `bytes_before` at the start."""
        self._done += operations
        if self._progress is None:
            return
        left = pending(place)
        share = max(bytes_before - left, 1) / max(bytes_before, 1)
        self._progress(Progress(self._done, max(self._done, round(self._done / share)) if left else self._done))


def pending(place: Place) -> int:
    """Bytes of the mirror that are not applied, about."""
    total = 0
    for device in place.shelf.devices():
        applied = place.chains[device].seq if device in place.chains else 0
        sizes = place.mirror.files(place.paths.chain(device))
        chain = place.shelf.chain(device)
        for seq, paths in chain.loose.items():
            total += sum(sizes[path.rpartition("/")[2]] for path in paths) if seq > applied else 0
        for first, last, path in chain.packs:
            left = max(0, last - max(first - 1, applied))
            total += sizes[path.rpartition("/")[2]] * left // (last - first + 1)
    return total
