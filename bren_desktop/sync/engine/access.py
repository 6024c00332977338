"""Who is a member of a space and which epoch keys count: from the auth and key files of mirror and share together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bren_desktop.sync.engine.incoming import SETTLED, NewFile, envelope_of, new_files
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.format.entries import Entry, Unknown, read_entry
from bren_desktop.sync.format.envelope import Envelope, FileKind, parse
from bren_desktop.sync.format.epochs import KeyFile, epoch_check, read_key_file
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.membership.members import Membership
from bren_desktop.sync.transport.share import AbsentError

Keys = dict[bytes, set[bytes]]
"""Keys by epoch, none of them believed yet."""
MOST_READ = 32 * 1024 * 1024
"""Bytes of a folder that are taken into memory at once, small files first, before it is known who signed them."""


def open_space(place: Place) -> None:
    """Know the members and the keys that count, and keep what was signed by a member."""
    while _opened(place):
        pass


def _opened(place: Place) -> bool:
    """Judge what there is; whether that is to be done again, as with these members something strange may be known."""
    _gather(place, place.paths.auth, FileKind.AUTH)
    _gather(place, place.paths.keys, FileKind.EPOCH_KEY)
    again = False
    if place.memo.stamp != _stamp(place) or place.memo.members is None:
        before = place.memo.members.heads if place.memo.members else ()
        _judge(place)
        _keep_signed(place)
        again = place.members.heads != before and _look_again(place)
    _hold_rest(place)
    place.memo.stamp = _stamp(place)
    return again


def _stamp(place: Place) -> object:
    return frozenset([*place.memo.signed, *place.memo.candidates])


def _gather(place: Place, folder: str, kind: FileKind) -> None:
    """Have every file of a kind in memory: those of the mirror, and those of the share that may be worth it."""
    for name in tuple(place.mirror.files(folder)):
        path = f"{folder}/{name}"
        if path not in place.memo.signed:
            envelope = kept(place, path)
            if envelope:
                place.memo.signed[path] = envelope
    read = 0
    for file in new_files(place, folder, lambda path: path in place.memo.candidates or place.mirror.has(path)):
        if read and read + len(file.data) > MOST_READ:
            place.notes.complete = False
            break
        read += len(file.data)
        envelope = envelope_of(place, file)
        if envelope:
            _sort(place, file, envelope, kind)


def kept(place: Place, path: str) -> Envelope | None:
    """A file of the mirror; None for one that the disk spoilt."""
    try:
        return parse(place.mirror.read(path))
    except (FormatError, AbsentError):
        return None


def _sort(place: Place, file: NewFile, envelope: Envelope, kind: FileKind) -> None:
    header = envelope.header
    if (header.kind, header.network, header.space) != (kind, place.space.network, place.id):
        place.hold(file.path, "stray", size=len(file.data), data=file.data)
    elif place.mirror.has(_path(place, envelope)):
        place.accept(file.path)
    else:
        place.memo.candidates[file.path] = envelope


def _path(place: Place, envelope: Envelope) -> str:
    header = envelope.header
    if header.kind is FileKind.AUTH:
        return place.paths.entry(header.seq, envelope.digest)
    return place.paths.key_file(header.epoch, envelope.digest)


def _judge(place: Place) -> None:
    envelopes = {**place.memo.candidates, **place.memo.signed}.values()
    with place.store.look() as rows:
        held = dict(rows.epoch_keys(place.space.id))
    keys = _possible_keys(place, held, (one for one in envelopes if one.header.kind is FileKind.EPOCH_KEY))
    entries = _entries(place, keys, (one for one in envelopes if one.header.kind is FileKind.AUTH))
    place.memo.members = Membership.of(place.space.founding, entries)
    place.memo.keys = _counting(place, keys)
    fresh = {epoch: key for epoch, key in place.memo.keys.items() if held.get(epoch) != key}
    if fresh:
        with place.store.sync() as rows:
            for epoch, key in fresh.items():
                rows.put_epoch_key(place.space.id, epoch, key)


def _possible_keys(place: Place, held: Mapping[bytes, bytes], envelopes: Iterable[Envelope]) -> Keys:
    """What we hold, what is boxed to us, and what those wrap."""
    keys: Keys = {epoch: {key} for epoch, key in held.items()}
    files: dict[bytes, list[KeyFile]] = {}
    seeds = place.box_seeds
    for envelope in envelopes:
        file = _key_file(place, envelope)
        if file:
            files.setdefault(file.epoch, []).append(file)
            opened = (file.opened(device, seed) for device, seed in seeds.items())
            keys.setdefault(file.epoch, set()).update(filter(None, opened))
    todo = [(epoch, key) for epoch, found in keys.items() for key in found]
    while todo:
        epoch, key = todo.pop()
        older = [pair for file in files.get(epoch, ()) for pair in file.before(key).items()]
        fresh = [(before, found) for before, found in older if found not in keys.setdefault(before, set())]
        for before, found in fresh:
            keys[before].add(found)
        todo += fresh
    return keys


def _key_file(place: Place, envelope: Envelope) -> KeyFile | None:
    digest = envelope.digest
    if digest not in place.memo.key_files:
        try:
            place.memo.key_files[digest] = read_key_file(envelope)
        except FormatError:
            return None
    return place.memo.key_files[digest]


def _entries(place: Place, keys: Keys, envelopes: Iterable[Envelope]) -> list[Entry]:
    found = (_entry(place, envelope, keys.get(envelope.header.epoch, set())) for envelope in envelopes)
    return [entry for entry in found if entry]


def _entry(place: Place, envelope: Envelope, keys: Iterable[bytes]) -> Entry | None:
    digest = envelope.digest
    known = place.memo.entries.get(digest)
    if known:
        return known
    for key in keys:
        try:
            place.memo.entries[digest] = read_entry(envelope, key)
        except FormatError:
            continue
        return place.memo.entries[digest]
    return None


def _counting(place: Place, keys: Keys) -> dict[bytes, bytes]:
    """An epoch has the id that its key gives: there is one key for it, whoever hands it over."""
    return {
        epoch: key
        for epoch in keys.keys() & place.members.epochs
        for key in keys[epoch]
        if epoch_check(key, place.id) == epoch
    }


def _keep_signed(place: Place) -> None:
    """Have in the mirror what a member signed, and nothing else."""
    for path, envelope in tuple(place.memo.candidates.items()):
        if _is_signed(place, envelope):
            kept = place.mirror.keep(_path(place, envelope), envelope.data)
            place.memo.signed[kept] = envelope
            place.accept(path)
            del place.memo.candidates[path]


def _is_signed(place: Place, envelope: Envelope) -> bool:
    if envelope.header.kind is FileKind.AUTH:
        return place.members.knows((envelope.digest,))
    card = place.members.card(envelope.header.device)
    return card is not None and envelope.digest in place.memo.key_files and envelope.is_by(card.sign_key)


def _hold_rest(place: Place) -> None:
    for path, envelope in tuple(place.memo.candidates.items()):
        reason = _why(place, envelope)
        place.hold(path, reason, envelope.header.device, len(envelope.data))
        if reason in SETTLED and place.members.found:
            del place.memo.candidates[path]
    for digest, entry in place.members.entries.items():
        if not place.members.counts(digest) and not isinstance(entry.act, Unknown):
            place.hold(place.paths.entry(entry.n, digest), "no-right", entry.device)
    for entry in place.members.overreaching:
        place.hold(place.paths.entry(entry.n, entry.digest), "no-right", entry.device)


def _why(place: Place, envelope: Envelope) -> str:
    card = place.members.card(envelope.header.device)
    if card is None:
        return "stranger"
    if not envelope.is_by(card.sign_key):
        return "unsigned"
    if envelope.header.kind is FileKind.AUTH and envelope.digest not in place.memo.entries:
        return "no-key"
    return "gap" if envelope.header.kind is FileKind.AUTH else "damaged"


def _look_again(place: Place) -> bool:
    """With other members, what was strange may be known; whether there is any."""
    place.memo.quiet.clear()
    strange = [path for path, item in place.memo.bad.items() if item.reason in ("stranger", "unsigned")]
    for path in strange:
        del place.memo.bad[path]
    return bool(strange)
