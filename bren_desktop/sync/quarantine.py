"""What is held, remembered in the store: why each chain waits, and which files are no use. Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.services.sync_ports import Held
from bren_desktop.sync.needs import HoldError
from bren_desktop.sync.place import Place
from bren_desktop.sync.turn import Turn


def remembered(place: Place) -> None:
    """Know again, in a new process, which files were no use."""
    with place.store.look() as rows:
        held = [item for item in rows.held() if item.space == place.space.id and not item.counter]
    place.memo.bad.update({item.name: item for item in held})


def hold_waiting(place: Place, glance: Turn) -> None:
    """Hold the next segment of each chain that waits, for the cause at the bottom."""
    for device, (seq, error) in glance.waiting.items():
        place.notes.missing |= error.missing
        cause = _cause(glance, error)
        place.hold(place.shelf.chain(device).path(seq) or f"{place.paths.chain(device)}/{seq:08}", cause, device)


def _cause(glance: Turn, error: HoldError) -> str:
    seen = set()
    while error.on in glance.waiting and error.on not in seen and not error.missing:
        seen.add(error.on)
        error = glance.waiting[error.on][1]
    return error.reason


def settle(place: Place) -> Sequence[Held]:
    """Bring the store to what this cycle found; everything that is held of the space, refused parcels too."""
    with place.store.look() as rows:
        before = [item for item in rows.held() if item.space == place.space.id]
    files = {item.name: item for item in before if not item.counter}
    found = place.notes.held
    changed = [item for name, item in found.items() if files.get(name) != item]
    gone = [name for name in files if name not in found]
    if changed or gone:
        with place.store.sync() as rows:
            for item in changed:
                rows.hold(item)
            for name in gone:
                rows.release(place.space.id, name)
    return [*found.values(), *(item for item in before if item.counter)]
