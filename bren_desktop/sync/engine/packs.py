"""Put the segments of our own chain together once there are many, and take the loose ones away once peers have them."""

from __future__ import annotations

from bren_desktop.sync.engine import peers
from bren_desktop.sync.engine.fetch import keep_pack
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.settings import Setting
from bren_desktop.sync.format import names
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.format.envelope import Envelope
from bren_desktop.sync.format.names import Kind, Name
from bren_desktop.sync.transport.share import AbsentError, BusyError, RefusedError

MOST_LOOSE = 64
PACK_MS = 7 * 24 * 60 * 60 * 1000
"""Loose segments are packed at least this often."""
LARGEST_PACK = 8 * 1024 * 1024
WITNESSES = 2
"""So many peers must name the last segment of a pack before the loose ones go; all, where there are fewer."""


def pack_own(place: Place) -> None:
    """Pack what is loose of our own chain, if it is time."""
    loose = place.shelf.chain(place.device).loose
    if not _is_time(place, len(loose)):
        return
    for first, last in _runs(place, sorted(loose)):
        envelopes = [_own(place, seq) for seq in range(first, last + 1)]
        data = b"".join(one.data for one in envelopes)
        path = place.paths.pack(place.device, first, last, digest_of(data))
        place.remote.put(path, data)
        keep_pack(place, envelopes, data)
        place.put.add(path)
    place.keep(Setting.PACKED, str(place.now_ms))


def _own(place: Place, seq: int) -> Envelope:
    found = place.shelf.find(place.device, seq, place.digest(place.device, seq))
    if found is None:
        raise AbsentError("a segment of ours")
    return found


def _is_time(place: Place, loose: int) -> bool:
    if loose > MOST_LOOSE or loose < 2:
        return loose > MOST_LOOSE
    packed_ms = int(place.setting(Setting.PACKED) or 0)
    if not packed_ms:
        place.keep(Setting.PACKED, str(place.now_ms))
        return False
    return place.now_ms - packed_ms > PACK_MS


def _runs(place: Place, seqs: list[int]) -> list[tuple[int, int]]:
    """Neighbours that fit into one pack, two at least."""
    sizes = place.mirror.files(place.paths.chain(place.device))
    runs: list[list[int]] = []
    size = 0
    for seq in seqs:
        length = sizes[place.shelf.chain(place.device).path(seq).rpartition("/")[2]]
        if not runs or seq != runs[-1][-1] + 1 or size + length > LARGEST_PACK:
            runs.append([])
            size = 0
        runs[-1].append(seq)
        size += length
    return [(run[0], run[-1]) for run in runs if len(run) > 1]


def trash_loose(place: Place) -> None:
    """Take away the loose segments of ours whose pack is on the share and known to peers."""
    if not place.shelf.chain(place.device).packs:
        return
    folder = place.paths.chain(place.device)
    there = place.remote.sizes(folder)
    loose = {}
    for name in there:
        parsed = names.parse(f"{folder}/{name}")
        if parsed and parsed.kind is Kind.SEGMENT and _is_ours(place, parsed):
            loose[name] = parsed.first
    for first, last, path in place.shelf.chain(place.device).packs:
        covered = [name for name, seq in loose.items() if first <= seq <= last]
        if covered and path.rpartition("/")[2] in there and _is_witnessed(place, last):
            _trash(place, path, [f"{folder}/{name}" for name in covered])


def _is_ours(place: Place, name: Name) -> bool:
    """Whether a file has the name of a segment of our chain as it stands; anything else is evidence."""
    digest = place.digest(place.device, name.first)
    return bool(digest) and digest.hex().startswith(name.mark)


def _is_witnessed(place: Place, seq: int) -> bool:
    known = peers.read(place.setting(Setting.PEERS))
    others = place.members.inside - {place.device}
    return sum(known[device].has >= seq for device in others if device in known) >= min(WITNESSES, len(others))


def _trash(place: Place, pack: str, loose: list[str]) -> None:
    if not place.remote.holds(pack, place.mirror.read(pack)):
        place.memo.spoilt.add(pack)
        return
    for path in loose:
        try:
            place.remote.trash(path)
        except (BusyError, RefusedError):
            return
