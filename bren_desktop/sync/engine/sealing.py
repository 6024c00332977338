"""Seal what is only on this laptop: one segment per cycle as a rule, in the mirror first, and never sealed twice."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from bren_desktop import __version__
from bren_desktop.domain.changing import SCHEMA
from bren_desktop.services.sync_ports import CaseKey, Link, Parcel, SyncRows
from bren_desktop.sync.engine import authored, case_bundles, settings
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.format import names
from bren_desktop.sync.format.envelope import NO_DIGEST, Envelope
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.format.pen import Pen
from bren_desktop.sync.format.segments import MOST_READS, STATE_BYTES, Seen, Segment, read_segment, segment_file

LARGEST_SEGMENT = 4 * 1024 * 1024
MOST_PARCELS = 2000
BEAT_MS = 24 * 60 * 60 * 1000
"""A segment goes up at least this often, empty if need be."""
ANSWER_MS = 60 * 60 * 1000
"""Where colleagues wrote something, an empty one goes up after this."""
_CLOCK_BITS = 16


def seal_all(place: Place, pen: Pen, *, settled: bool) -> None:
    """Seal everything unsent. `settled` says that nothing of others waits here."""
    finish(place)
    if not _is_due(place) and not place.unsent:
        return
    while _seal(place, pen, settled=settled):
        pass


def finish(place: Place) -> None:
    """Count a segment that reached the mirror just before a crash."""
    own = _last(place)
    seq = own.seq + 1
    if place.restored or not place.shelf.chain(place.device).has(seq) or _was_sent(place, seq):
        return
    for envelope in place.shelf.at(place.device, seq):
        segment = _opened(place, envelope) if envelope.header.prev == own.digest else None
        if segment and segment.counter == own.counter + 1 and _is_unsealed(place, segment.parcels):
            _count(place, _link(place, segment, seq, envelope.digest))
            return


def _opened(place: Place, envelope: Envelope) -> Segment | None:
    key = place.keys.get(envelope.header.epoch)
    with suppress(FormatError):
        return read_segment(envelope, key) if key else None
    return None


def _was_sent(place: Place, seq: int) -> bool:
    """Whether a segment of ours of that number, or a later one, is on the share."""
    folder = place.paths.chain(place.device)
    parsed = (names.parse(f"{folder}/{name}") for name in place.remote.sizes(folder))
    return any(name and name.last >= seq for name in parsed)


def _is_unsealed(place: Place, parcels: Sequence[Parcel]) -> bool:
    """Whether these are the first of our unsealed operations, byte by byte; what was erased since is empty here."""
    with place.store.sync() as rows:
        unsealed = rows.unsealed(place.space.id, LARGEST_SEGMENT)[: len(parcels)]
    return len(unsealed) == len(parcels) and all(
        one == other or one == other._replace(body=b"") for one, other in zip(unsealed, parcels, strict=True)
    )


def _seal(place: Place, pen: Pen, *, settled: bool) -> bool:
    """Seal one segment, if there is a reason; whether there may be more."""
    with place.store.sync() as rows:
        parcels = rows.unsealed(place.space.id, LARGEST_SEGMENT)[:MOST_PARCELS]
        if not parcels and not _is_due(place):
            return False
        parcels, heads = authored.together(place, rows, parcels)
        segment = _segment(place, rows, parcels, heads, settled=settled)
        rows_left = rows.count_unsealed(place.space.id) > len(parcels)
        keys = rows.case_keys_to_share(place.space.id)
    before = _last(place)
    file = segment_file(pen, segment, before.seq + 1, before.digest)
    link = _link(place, segment, before.seq + 1, file.digest)
    case_bundles.write_bundles(place, pen, keys)
    place.fresh = place.mirror.keep(place.paths.segment(place.device, link.seq, link.digest), file.data), file.data
    _count(place, link, keys, len(segment.reads))
    return rows_left


def _last(place: Place) -> Link:
    return place.chains.get(place.device) or Link(0, NO_DIGEST, 0)


def _link(place: Place, segment: Segment, seq: int, digest: bytes) -> Link:
    role = place.members.role_at(place.device, segment.heads) or ""
    return Link(seq, digest, segment.last_counter, segment.heads, role)


def _segment(
    place: Place, rows: SyncRows, parcels: Sequence[Parcel], heads: tuple[bytes, ...], *, settled: bool
) -> Segment:
    is_last = rows.count_unsealed(place.space.id) == len(parcels) and heads == place.members.heads
    sealed_ms = int(place.setting(Setting.SEALED) or 0)
    return Segment(
        _last(place).counter + 1,
        SCHEMA,
        __version__,
        min(sealed_ms, place.now_ms) << _CLOCK_BITS,
        place.now_ms << _CLOCK_BITS,
        seen_by_us(place),
        heads,
        rows.state(place.space.id)[:STATE_BYTES] if settled and is_last else b"",
        tuple(parcels),
        tuple(rows.unsent_reads(place.space.id, MOST_READS)),
    )


def seen_by_us(place: Place) -> tuple[Seen, ...]:
    """What we have applied of others."""
    chains = sorted(place.chains.items())
    return tuple(Seen(device, link.seq, link.digest) for device, link in chains if device != place.device and link.seq)


def _is_due(place: Place) -> bool:
    """Whether colleagues should hear from us though we have nothing new."""
    sealed_ms = int(place.setting(Setting.SEALED) or 0)
    wait = ANSWER_MS if place.setting(Setting.DUE) else BEAT_MS
    return not sealed_ms <= place.now_ms < sealed_ms + wait


def answer_due(rows: SyncRows, space: str) -> None:
    """Colleagues wrote something that we should tell to have."""
    settings.write(rows, space, {Setting.DUE: "1"})


def _count(place: Place, link: Link, keys: Sequence[CaseKey] = (), reads: int = 0) -> None:
    """Have a segment in our chain; `keys` are in bundles by now."""
    with place.store.sync() as rows:
        rows.mark_case_keys_shared(keys)
        rows.add_link(place.space.id, place.device, link)
        rows.count_reads(place.space.id, reads)
        changed = {Setting.SEALED: str(place.now_ms), Setting.DUE: ""}
        settings.write(rows, place.space.id, changed)
    place.sealed(link, changed)
