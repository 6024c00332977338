"""Attachments between store and share: our own go up before the segment that names them, wanted ones come down."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

from bren_desktop.oplog.contents import BlobRef
from bren_desktop.oplog.operations import DecodingError
from bren_desktop.sync.engine.incoming import LARGEST_FILE
from bren_desktop.sync.engine.mirror import MOST_REPAIRS
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.format.names import repaired
from bren_desktop.sync.transport.share import AbsentError, BusyError, DeniedError

MOST_MISSED = 50
"""Attachments that one cycle looks for in vain; the next goes on from there."""


def send(place: Place) -> None:
    """Put our own attachments on the share."""
    own = place.chains.get(place.device)
    if own is not None and place.memo.sent == own:
        return
    while waiting := _waiting(place):
        for ref, data in waiting:
            path = place.mirror.keep(place.paths.blob(ref.blob), data)
            place.remote.put(path, data)
            with place.store.sync() as rows:
                rows.mark_blob_shared(ref.blob)
    place.memo.sent = own


def _waiting(place: Place) -> Sequence[tuple[BlobRef, bytes]]:
    with place.store.look() as rows:
        return rows.blobs_to_share(place.space.id)


def fetch(place: Place) -> None:
    """Get the attachments that operations name."""
    if place.memo.asked and not place.notes.received:
        return
    for ref in islice(_missed(place), MOST_MISSED):
        place.memo.missed = ref.blob


def fetch_all(place: Place) -> None:
    """The same without an end to what is looked for in vain, for who has no next cycle."""
    for _ in _missed(place):
        pass


def _missed(place: Place) -> Iterator[BlobRef]:
    """Get what is wanted; each that is not to be had."""
    with place.store.look() as rows:
        wanted = sorted(rows.blobs_wanted(place.space.id), key=lambda ref: ref.blob)
    place.memo.asked = not wanted
    at = bisect_right(wanted, place.memo.missed, key=lambda ref: ref.blob)
    return (ref for ref in [*wanted[at:], *wanted[:at]] if not _fetched(place, ref))


def _fetched(place: Place, ref: BlobRef) -> bool:
    """Get one attachment; whether it is here."""
    path = place.paths.blob(ref.blob)
    data = _found(place, ref, path)
    if data is None:
        return False
    try:
        with place.store.sync() as rows:
            rows.put_blob(place.space.id, ref, data)
    except DecodingError:
        place.hold(path, "malformed", size=len(data))
        return False
    place.mirror.keep(path, data)
    return True


def _found(place: Place, ref: BlobRef, path: str) -> bytes | None:
    """The file of an attachment, under its name or a repair name; held where there is none."""
    reason = "gap"
    with suppress(AbsentError):
        return place.mirror.read(path)
    for times in range(MOST_REPAIRS + 1):
        try:
            data = place.remote.read(repaired(path, times) if times else path, LARGEST_FILE)
        except AbsentError:
            break
        except (BusyError, DeniedError) as error:
            reason = error.reason
            continue
        if digest_of(data) == ref.blob:
            return data
        reason = "damaged"
        place.memo.spoilt.add(path)
    place.hold(path, reason)
    return None
