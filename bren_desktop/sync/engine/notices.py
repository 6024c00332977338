"""What a cycle says besides: who is silent, whose clock is ahead, and who stands where we stand with another state."""

from __future__ import annotations

import json

from bren_desktop.oplog.clock import FURTHEST_AHEAD
from bren_desktop.sync.engine import peers
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.format.names import text_id
from bren_desktop.sync.format.segments import STATE_BYTES, Segment

SILENT_MS = 14 * 24 * 60 * 60 * 1000


def notice(place: Place) -> None:
    """Say what is odd about colleagues."""
    known = peers.read(place.setting(Setting.PEERS))
    diverged: list[str] = json.loads(place.setting(Setting.DIVERGED) or "[]")
    for device in sorted(place.members.inside - {place.device}):
        news_ms = known[device].news_ms if device in known else 0
        if news_ms > place.now_ms + FURTHEST_AHEAD:
            place.notes.say("clock", text_id(device), device, since_ms=news_ms)
        elif 0 < news_ms < place.now_ms - SILENT_MS:
            place.notes.say("silent", text_id(device), device, since_ms=news_ms)
    for name in diverged:
        place.notes.say("diverged", name)


def compare_states(place: Place) -> None:
    """Compare our state with that of colleagues whose newest segment stood just where we stand."""
    stated = {device: one for device, one in place.stated.items() if _stands_here(place, device, one)}
    if not stated:
        return
    with place.store.look() as rows:
        own = rows.state(place.space.id)[:STATE_BYTES] if not rows.count_unsealed(place.space.id) else b""
    if not own:
        return
    before: list[str] = json.loads(place.setting(Setting.DIVERGED) or "[]")
    after = {text_id(device) for device, one in stated.items() if one.state != own}
    after |= set(before) - {text_id(device) for device in stated}
    place.keep(Setting.DIVERGED, json.dumps(sorted(after)) if after else "")


def _stands_here(place: Place, device: bytes, segment: Segment) -> bool:
    seen = {one.device: (one.seq, one.digest) for one in segment.seen}
    here = {other: (link.seq, link.digest[:8]) for other, link in place.chains.items() if link.seq and other != device}
    return seen == here and tuple(sorted(segment.heads)) == tuple(sorted(place.members.heads))
