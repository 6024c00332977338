"""One cycle of one space, step by step; every step may be broken off anywhere and done again."""

from __future__ import annotations

from collections.abc import Callable

from bren_desktop.sync.engine import (
    access,
    apply,
    attachments,
    case_bundles,
    chores,
    fetch,
    healing,
    last_words,
    notices,
    own_chain,
    packs,
    pens,
    quarantine,
    renewing,
    scrubbing,
    sealing,
    tray,
    undoing,
)
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.progress import Telling, pending

Cancelled = Callable[[], bool]


def run(place: Place, telling: Telling, cancelled: Cancelled) -> bool:
    """Receive, then send, then look after the share; whether all of that was done."""
    place.refresh()
    access.open_space(place)
    if place.card is None:
        place.notes.say("outsider", place.paths.folder)
        if place.members.is_kept_out(place.device):
            last_words.say(place)
        return False
    if pens.is_inside(place):
        chores.do_chores(place)
        _send(place, place.paths.auth, place.paths.keys)
    waiting = receive(place, telling, cancelled)
    if waiting is None:
        return False
    if pens.is_inside(place):
        _publish(place, waiting)
        _look_after(place)
    else:
        last_words.say(place)
    quarantine.hold_waiting(place, waiting)
    quarantine.hold_known(place)
    notices.notice(place)
    return True


def receive(place: Place, telling: Telling, cancelled: Cancelled) -> apply.Waiting | None:
    """Take in what there is; None where that was cancelled. Who is no member changes nothing on the share."""
    with place.trying():
        case_bundles.fetch_bundles(place, pens.pen(place))
    fetch.fetch_segments(place)
    sealing.finish(place)
    _renew_if_outdated(place)
    waiting = _taken_in(place, telling, cancelled)
    if waiting and any(error.reason == "no-key" for _, error in waiting.values()):
        case_bundles.recover(place)
        waiting = _taken_in(place, telling, cancelled)
    if waiting is not None:
        attachments.fetch(place)
        notices.compare_states(place)
    return waiting


def _taken_in(place: Place, telling: Telling, cancelled: Cancelled) -> apply.Waiting | None:
    branches = undoing.settle(place)
    before = pending(place)
    waiting = apply.apply_all(place, branches, lambda count: telling.taken_in(place, count, before), cancelled)
    if waiting is not None:
        place.branches = branches
        own_chain.judge(place, branches)
    return waiting


def _renew_if_outdated(place: Place) -> None:
    pen = pens.pen(place)
    if pen is not None and renewing.is_outdated(place):
        renewing.renew(place, pen)
        _send(place, place.paths.auth)


def _publish(place: Place, waiting: apply.Waiting) -> None:
    """Seal and send, once there is a key and nobody goes on in our name."""
    pen = pens.pen(place)
    if pen is None:
        place.notes.say("keyless", place.paths.folder)
    if pen is None or own_chain.is_doubtful(place) or renewing.is_outdated(place) or renewing.must_wait(place):
        place.notes.complete = False
        return
    case_bundles.bundle_lost(place, pen)
    sealing.seal_all(place, pen, settled=not waiting)
    with place.trying():
        healing.put_new(place, (place.paths.auth, place.paths.keys, place.paths.bundles))
        attachments.send(place)
        healing.put_new(place, (place.paths.chain(place.device),))


def _send(place: Place, *folders: str) -> None:
    """Put what is new in these folders on the share."""
    with place.trying():
        healing.put_new(place, folders)


def _look_after(place: Place) -> None:
    """Mend, pack and check the share."""
    folders = healing.regular_folders(place)
    tray.hold_late(place, place.branches)
    with place.trying():
        scrubbing.scrub(place, folders)
        healing.heal(place, folders)
        healing.heal_blobs(place)
    with place.trying():
        packs.pack_own(place)
        packs.trash_loose(place)
    healing.remember(place)
