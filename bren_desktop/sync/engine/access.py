"""Who is a member of a space and which epoch keys count: from the auth and key files of mirror and share together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bren_desktop.sync.engine.incoming import NewFile, envelope_of, new_files
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.format.entries import Entry, Unknown, read_entry
from bren_desktop.sync.format.envelope import Envelope, FileKind, parse
from bren_desktop.sync.format.epochs import KeyFile, epoch_check, read_key_file
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.membership.members import Membership
from bren_desktop.sync.transport.share import AbsentError

Keys = dict[bytes, set[bytes]]
"""Keys by epoch, none of them believed yet."""


def open_space(place: Place) -> None:
    """Know the members and the keys that count, and keep what was signed by a member."""
    _gather(place, place.paths.auth, FileKind.AUTH)
    _gather(place, place.paths.keys, FileKind.EPOCH_KEY)
    stamp = frozenset([*place.memo.signed, *place.memo.candidates])
    if place.memo.stamp != stamp or place.memo.members is None:
        before = place.memo.members.heads if place.memo.members else ()
        _judge(place)
        if place.members.heads != before:
            _look_again(place)
        _keep_signed(place)
        place.memo.stamp = frozenset([*place.memo.signed, *place.memo.candidates])
    _hold_rest(place)


def _gather(place: Place, folder: str, kind: FileKind) -> None:
    """Have every file of a kind in memory: those of the mirror, and those of the share that may be worth it."""
    for name in tuple(place.mirror.files(folder)):
        path = f"{folder}/{name}"
        if path not in place.memo.signed:
            envelope = kept(place, path)
            if envelope:
                place.memo.signed[path] = envelope
    for file in new_files(place, folder, lambda path: path in place.memo.candidates or place.mirror.has(path)):
        envelope = envelope_of(place, file)
        if envelope:
            _sort(place, file, envelope, kind)


def kept(place: Place, path: str) -> Envelope | None:
    """A file of the mirror; one that the disk spoilt is dropped, and fetched anew."""
    try:
        return parse(place.mirror.read(path))
    except (FormatError, AbsentError):
        place.mirror.drop(path)
        return None


def _sort(place: Place, file: NewFile, envelope: Envelope, kind: FileKind) -> None:
    header = envelope.header
    if (header.kind, header.network, header.space) != (kind, place.space.network, place.id):
        place.hold(file.path, "stray", size=len(file.data), data=file.data)
    elif place.mirror.has(_path(place, envelope)):
        place.memo.same.add(file.path)
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
    for envelope in envelopes:
        file = _key_file(place, envelope)
        if file:
            files.setdefault(file.epoch, []).append(file)
            key = file.opened(place.device, place.space.box_seed)
            if key:
                keys.setdefault(file.epoch, set()).add(key)
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
            place.memo.same.add(path)
            del place.memo.candidates[path]
            place.memo.bad.pop(path, None)


def _is_signed(place: Place, envelope: Envelope) -> bool:
    if envelope.header.kind is FileKind.AUTH:
        return place.members.knows((envelope.digest,))
    card = place.members.card(envelope.header.device)
    return card is not None and envelope.digest in place.memo.key_files and envelope.is_by(card.sign_key)


def _hold_rest(place: Place) -> None:
    for path, envelope in place.memo.candidates.items():
        place.hold(path, _why(place, envelope), envelope.header.device, len(envelope.data))
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


def _look_again(place: Place) -> None:
    """With other members, what was strange may be known."""
    place.memo.quiet.clear()
    for path, item in tuple(place.memo.bad.items()):
        if item.reason in ("stranger", "unsigned"):
            del place.memo.bad[path]
