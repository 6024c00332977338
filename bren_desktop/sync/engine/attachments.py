"""Attachments between store and share: our own go up before the segment that names them, wanted ones come down."""

from __future__ import annotations

from bren_desktop.oplog.contents import BlobRef
from bren_desktop.oplog.operations import DecodingError
from bren_desktop.sync.engine.incoming import LARGEST_FILE
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.format.names import repaired
from bren_desktop.sync.transport.share import AbsentError, BusyError

_MOST_REPAIRS = 3


def send(place: Place) -> None:
    """Put our own attachments on the share."""
    own = place.chains.get(place.device)
    if own is not None and place.memo.sent == own:
        return
    with place.store.look() as rows:
        waiting = rows.blobs_to_share(place.space.id)
    for ref, data in waiting:
        path = place.mirror.keep(place.paths.blob(ref.blob), data)
        place.remote.put(path, data)
        with place.store.sync() as rows:
            rows.mark_blob_shared(ref.blob)
    place.memo.sent = own


def fetch(place: Place) -> None:
    """Get the attachments that operations name."""
    if place.memo.asked and not place.notes.received:
        return
    with place.store.look() as rows:
        wanted = rows.blobs_wanted(place.space.id)
    place.memo.asked = not wanted
    for ref in wanted:
        path = place.paths.blob(ref.blob)
        data = _found(place, ref, path)
        if data is None:
            continue
        try:
            with place.store.sync() as rows:
                rows.put_blob(place.space.id, ref, data)
        except DecodingError:
            place.hold(path, "malformed", size=len(data))
        else:
            place.mirror.keep(path, data)


def _found(place: Place, ref: BlobRef, path: str) -> bytes | None:
    """The file of an attachment, under its name or a repair name; held where there is none."""
    reason = "gap"
    if place.mirror.has(path):
        return place.mirror.read(path)
    for times in range(_MOST_REPAIRS + 1):
        try:
            data = place.remote.read(repaired(path, times) if times else path, LARGEST_FILE)
        except AbsentError:
            break
        except BusyError:
            reason = "busy"
            continue
        if digest_of(data) == ref.blob:
            return data
        reason = "damaged"
        place.memo.spoilt.add(path)
    place.hold(path, reason)
    return None
