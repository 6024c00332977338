"""Take in what lies in the mirror and is not applied yet, in transactions of a bearable length."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bren_desktop.services.bulk import many_records
from bren_desktop.services.sync_ports import Link
from bren_desktop.sync.engine import peers, sealing
from bren_desktop.sync.engine.branch import Branch
from bren_desktop.sync.engine.needs import HoldError
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.turn import Turn

PARCELS = 200
"""A transaction that looked at so many operations and events ends at the next segment."""
SEGMENTS = 64

Waiting = Mapping[bytes, tuple[int, HoldError]]
Branches = Mapping[bytes, Branch]


def apply_all(
    place: Place, branches: Branches, tell: Callable[[int], None], cancelled: Callable[[], bool]
) -> Waiting | None:
    """Apply whatever can be. Why the rest waits, by device; None where it was cancelled."""
    is_busy = False
    while not cancelled():
        waiting = None if is_busy else _waiting(place, branches)
        if waiting is not None:
            return waiting
        turn = _applied(place, branches)
        tell(turn.received)
        is_busy = _is_full(turn)
    place.notes.complete = False
    return None


def _waiting(place: Place, branches: Branches) -> Waiting | None:
    """Why each chain waits; None as soon as something can be applied."""
    if not _behind(place.chains, place, branches):
        return {}
    with place.store.look() as rows:
        while True:
            broken = len(place.broken)
            turn = Turn(place, rows, branches, {})
            if any(turn.ready(device) for device in _behind(turn.chains, place, branches)):
                return None
            if len(place.broken) == broken:
                return turn.waiting


def _behind(chains: Mapping[bytes, Link], place: Place, branches: Branches) -> list[bytes]:
    """The devices of which something is not applied."""
    applied = {device: link.seq for device, link in chains.items()}
    return [device for device in branches if place.shelf.chain(device).newest > applied.get(device, 0)]


def _applied(place: Place, branches: Branches) -> Turn:
    """One transaction."""
    with many_records(), place.store.sync() as rows:
        turn = Turn(place, rows, branches, peers.peers(rows, place.space.id))
        _run(turn, place, branches)
        peers.keep(rows, place.space.id, turn.peers)
        if turn.received:
            sealing.answer_due(rows, place.space.id)
        touched = rows.changes.touched
    place.refresh()
    place.stated |= turn.stated
    place.notes.received += turn.received
    place.notes.touched |= touched
    return turn


def _run(turn: Turn, place: Place, branches: Branches) -> None:
    moved = True
    while moved:
        moved = False
        for device in _behind(turn.chains, place, branches):
            while not _is_full(turn) and (ready := turn.ready(device)):
                turn.apply(ready)
                moved = True


def _is_full(turn: Turn) -> bool:
    return turn.weighed >= PARCELS or turn.applied >= SEGMENTS
