"""What is held, remembered in the store: why each chain waits, and which files are no use. Nothing is ever deleted."""

from __future__ import annotations

from bren_desktop.sync.engine.apply import Waiting
from bren_desktop.sync.engine.incoming import SETTLED
from bren_desktop.sync.engine.needs import HoldError
from bren_desktop.sync.engine.place import Place


def remembered(place: Place) -> None:
    """Know again, in a new process, which files were no use; what was too new may be read by the program of today."""
    with place.store.look() as rows:
        held = [item for item in rows.held() if item.space == place.space.id and not item.counter]
    place.memo.held = {item.name: item for item in held}
    place.memo.bad.update({name: item for name, item in place.memo.held.items() if item.reason != "newer"})


def hold_waiting(place: Place, waiting: Waiting) -> None:
    """Hold the next segment of each chain that waits, for the cause at the bottom."""
    for device, (seq, error) in waiting.items():
        place.notes.missing |= error.missing
        cause = _cause(waiting, error)
        place.hold(place.shelf.chain(device).path(seq) or f"{place.paths.chain(device)}/{seq:08}", cause, device)


def hold_known(place: Place) -> None:
    """Hold on to files that were no use before, and lie there as they did."""
    for path, item in tuple(place.memo.bad.items()):
        folder, _, name = path.rpartition("/")
        lies_there = not place.mirror.has(path) and place.remote.sizes(folder).get(name) == item.size
        if item.reason in SETTLED and path not in place.notes.held:
            if lies_there:
                place.notes.hold(item)
            else:
                del place.memo.bad[path]


def _cause(waiting: Waiting, error: HoldError) -> str:
    seen = set()
    while error.on in waiting and error.on not in seen and not error.missing:
        seen.add(error.on)
        error = waiting[error.on][1]
    return error.reason


def settle(place: Place) -> None:
    """Bring the store to what this cycle found."""
    files, found = place.memo.held or {}, place.notes.held
    changed = [item for name, item in found.items() if files.get(name) != item]
    gone = [name for name in files if name not in found]
    if changed or gone:
        with place.store.sync() as rows:
            for item in changed:
                rows.hold(item)
            for name in gone:
                rows.release(place.space.id, name)
    place.memo.held = dict(found)
