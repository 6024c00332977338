"""Bring new segments and packs from the share to the mirror: those that their writer signed, whatever their name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from bren_desktop.sync.engine.incoming import NewFile, hold_bad, new_files
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.engine.shelf import pieces
from bren_desktop.sync.format import names
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.format.envelope import Envelope, FileKind, parse
from bren_desktop.sync.format.names import Kind
from bren_desktop.sync.format.packing import FormatError

MOST_FOLDERS = 2000
"""Folders of one space that one cycle looks into."""
_REPAIR = re.compile(r"-r[0-9]{1,4}(?=\.[a-z]{3}$)")


def fetch_segments(place: Place) -> None:
    """Have every new segment of every device in the mirror."""
    folders = sorted(place.remote.listing(place.paths.log).folders, key=lambda name: not names.is_id(name))
    place.notes.complete &= len(folders) <= MOST_FOLDERS
    for name in folders[:MOST_FOLDERS]:
        folder = f"{place.paths.log}/{name}"
        closed = place.remote.why_closed(folder)
        if closed:
            place.hold(folder, closed if names.is_id(name) else "stray")
            continue
        for file in new_files(place, folder, lambda path: is_known(place, path)):
            _take_in(place, file)


def canonical(path: str) -> str:
    """The name that a file has where nothing else took it."""
    return _REPAIR.sub("", path)


def is_known(place: Place, path: str) -> bool:
    """Whether the mirror has what a file of that name should hold, itself or in a pack."""
    if place.mirror.has(path) or place.mirror.has(canonical(path)):
        return True
    name = names.parse(path)
    if name is None or name.kind is not Kind.SEGMENT or name.space != place.id:
        return False
    digest = place.digest(name.id, name.first)
    if not digest or not digest.hex().startswith(name.mark):
        return False
    return place.shelf.find(name.id, name.first, digest) is not None


def _take_in(place: Place, file: NewFile) -> None:
    envelopes, error = _whole_ones(file.data)
    good = [one for one in envelopes if not why_not(place, one)]
    if error is not None and not envelopes:
        hold_bad(place, file, error)
        return
    whole = error is None and len(good) == len(envelopes)
    name = names.parse(file.path)
    is_pack = len(good) > 1 or (name is not None and name.kind is Kind.PACK)
    if whole and is_pack and _is_chain(good) and not _is_doubtful(place, good):
        keep_pack(place, good, file.data)
    else:
        for envelope in good:
            _keep_loose(place, envelope)
    if whole:
        place.accept(file.path)
    elif error is not None:
        hold_bad(place, file, error)
    else:
        bad = next(one for one in envelopes if one not in good)
        place.hold(file.path, why_not(place, bad), bad.header.device, len(file.data), file.data)


def _whole_ones(data: bytes) -> tuple[list[Envelope], FormatError | None]:
    found: list[Envelope] = []
    try:
        found.extend(parse(piece) for piece in pieces(data))
    except FormatError as error:
        return found, error
    return found, None


def why_not(place: Place, envelope: Envelope) -> str:
    """Why a segment is not believed; empty where its writer signed it."""
    header = envelope.header
    if (header.kind, header.network, header.space) != (FileKind.SEGMENT, place.space.network, place.id):
        return "stray"
    card = place.members.card(header.device)
    if card is None:
        return "stranger"
    return "" if header.seq and envelope.is_by(card.sign_key) else "unsigned"


def _is_chain(envelopes: Sequence[Envelope]) -> bool:
    """Whether each segment follows the one before."""
    return all(
        (one.header.device, one.header.seq + 1, one.digest)
        == (other.header.device, other.header.seq, other.header.prev)
        for one, other in itertools.pairwise(envelopes)
    )


def _is_doubtful(place: Place, envelopes: Sequence[Envelope]) -> bool:
    """Whether something else is known under one of these numbers."""
    device = envelopes[0].header.device
    chain = place.shelf.chain(device)
    for envelope in envelopes:
        seq = envelope.header.seq
        digest = place.digest(device, seq)
        if digest and digest != envelope.digest:
            return True
        if not digest and any(one.digest != envelope.digest for one in _known_at(place, device, seq, chain.has(seq))):
            return True
    return False


def _known_at(place: Place, device: bytes, seq: int, is_there: bool) -> Sequence[Envelope]:
    return place.shelf.at(device, seq) if is_there else ()


def _keep_loose(place: Place, envelope: Envelope) -> None:
    header, digest = envelope.header, envelope.digest
    known = place.shelf.chain(header.device).has(header.seq)
    if not known or place.shelf.find(header.device, header.seq, digest) is None:
        place.mirror.keep(place.paths.segment(header.device, header.seq, digest), envelope.data)


def keep_pack(place: Place, envelopes: Sequence[Envelope], data: bytes) -> str:
    """Keep the pack of these segments, in the place of what it holds; its path. Another branch stays beside it."""
    device, first, last = envelopes[0].header.device, envelopes[0].header.seq, envelopes[-1].header.seq
    path = place.mirror.keep(place.paths.pack(device, first, last, digest_of(data)), data)
    loose = place.shelf.chain(device).loose
    for envelope in envelopes:
        for one in tuple(loose.get(envelope.header.seq, ())):
            if names.fits(one, envelope.digest):
                place.mirror.drop(one)
    return path
