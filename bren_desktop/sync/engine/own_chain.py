"""Judge our own chain again, as every colleague does, where another log or another branch makes it something else.

What no longer stands is written again by the card of today, as far as that may: nobody's work is lost by a quarrel of
admins. All of it is one transaction, so nothing in between can look like an old image.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from bren_desktop.oplog.operations import Dot, Operation
from bren_desktop.services.bulk import many_records
from bren_desktop.services.sync_ports import Link, SyncRows
from bren_desktop.sync.engine import authored, pens, settings
from bren_desktop.sync.engine.branch import Branch
from bren_desktop.sync.engine.needs import HoldError
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.engine.turn import Turn
from bren_desktop.sync.engine.undoing import release
from bren_desktop.sync.format.envelope import NO_DIGEST


def is_doubtful(place: Place) -> bool:
    """Whether it is still to be judged: nothing is sealed on top of it before."""
    return bool(place.setting(Setting.AGAIN))


def judge(place: Place, branches: Mapping[bytes, Branch]) -> None:
    """Do so where that is due; where something of colleagues is not here yet, a later cycle does."""
    if not is_doubtful(place) or not pens.is_inside(place):
        return
    links = place.links(place.device)
    try:
        with many_records(), place.store.sync() as rows:
            _judge(place, rows, {**branches, place.device: _sealed(links)}, links)
            settings.write(rows, place.space.id, {Setting.AGAIN: ""})
            touched = rows.changes.touched
    except HoldError:
        place.notes.complete = False
        return
    place.notes.touched |= touched
    place.refresh()


def _sealed(links: Mapping[int, Link]) -> Branch:
    return Branch(max(links, default=0), {seq: link.digest for seq, link in links.items()})


def _judge(place: Place, rows: SyncRows, branches: Mapping[bytes, Branch], links: Mapping[int, Link]) -> None:
    seq = int(place.setting(Setting.AGAIN))
    turn = Turn(place, rows, branches, {})
    turn.chains[place.device] = links.get(seq, Link(0, NO_DIGEST, 0))
    undone = rows.take_back(place.space.id, place.device, seq)
    release(place, rows, place.device, seq)
    for _ in range(seq, max(links, default=0)):
        ready = turn.ready(place.device)
        if ready is None:
            raise turn.waiting.get(place.device, (0, HoldError("gap")))[1]
        turn.apply(ready)
    sealed = turn.chains[place.device].counter
    authored.write_again(place, rows, list(_fallen(undone, sealed, turn.refused)))


def _fallen(undone: Sequence[Operation], sealed: int, refused: Collection[Dot]) -> Iterator[Operation]:
    """What was refused, as far as nothing of ours that stands replaced it; and what was never sealed."""
    standing = [one for one in undone if one.dot.counter <= sealed and one.dot not in refused]
    replaced = {
        (one.entity, change.field, change.key, dot)
        for one in standing
        for change in one.changes
        for dot in change.replaces
    }
    for one in undone:
        if one.dot.counter > sealed:
            yield one
        elif one.dot in refused:
            changes = tuple(c for c in one.changes if (one.entity, c.field, c.key, one.dot) not in replaced)
            if changes:
                yield replace(one, changes=changes)
