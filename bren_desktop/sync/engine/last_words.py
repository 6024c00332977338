"""What a laptop does that reads that it is out: that it left and its unsent edits go up, then nothing."""

from __future__ import annotations

from dataclasses import replace

from bren_desktop.services.share_door import REPORTED_LOST, Away
from bren_desktop.services.sync_ports import Standing
from bren_desktop.sync.engine import attachments, healing, sealing
from bren_desktop.sync.engine.pens import last_pen
from bren_desktop.sync.engine.place import Place


def say(place: Place) -> None:
    """Send what is unsent under the last key we had, and count as out."""
    pen = last_pen(place)
    with place.store.look() as rows:
        unsent = rows.count_unsealed(place.space.id)
    if pen is not None and unsent:
        sealing.seal_all(place, pen, settled=False)
    with place.trying():
        healing.put_new(place, (place.paths.auth, place.paths.bundles))
        attachments.send(place)
        healing.put_new(place, (place.paths.chain(place.device),))
    space = replace(place.space, standing=Standing.OUT)
    lost = Away.LOST in place.members.ways_out(place.device)
    with place.store.sync() as rows:
        rows.put_space(space)
        if lost:
            rows.set_local(REPORTED_LOST, "1")
    place.space = space
    place.notes.dropped = lost
