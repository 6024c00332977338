"""Case keys between store and share: bundles taken in, made, and replaced where they hold the key of an erased case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bren_desktop.services.sync_ports import CaseKey
from bren_desktop.sync.engine import access
from bren_desktop.sync.engine.fetch import canonical
from bren_desktop.sync.engine.incoming import NewFile, envelope_of, hold_bad, new_files
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.format.bundles import MOST_KEYS, bundle_file, read_bundle
from bren_desktop.sync.format.envelope import Envelope, FileKind
from bren_desktop.sync.format.packing import FormatError
from bren_desktop.sync.format.pen import Pen
from bren_desktop.sync.transport.share import BusyError, RefusedError


def fetch_bundles(place: Place, pen: Pen | None) -> None:
    """Have every new key, and let none of an erased case lie anywhere."""
    _erase(place, pen)
    folder = place.paths.bundles
    for file in new_files(place, folder, lambda path: place.mirror.has(path) or place.mirror.has(canonical(path))):
        envelope = envelope_of(place, file)
        keys = _read(place, file, envelope) if envelope else None
        if envelope is None or keys is None:
            continue
        if any(key.subject in place.doomed for key in keys):
            place.notes.say("erased", file.path)
            _replace(place, pen, file.path, keys)
        else:
            _keep(place, file.path, envelope, keys)


def _read(place: Place, file: NewFile, envelope: Envelope) -> tuple[CaseKey, ...] | None:
    header = envelope.header
    card, key = place.members.card(header.device), place.keys.get(header.epoch)
    size = len(file.data)
    if (header.kind, header.network, header.space) != (FileKind.CASE_KEYS, place.space.network, place.id):
        place.hold(file.path, "stray", size=size, data=file.data)
    elif card is None:
        place.hold(file.path, "stranger", header.device, size, file.data)
    elif not envelope.is_by(card.sign_key):
        place.hold(file.path, "unsigned", header.device, size, file.data)
    elif key is None:
        place.hold(file.path, "no-key", header.device, size)
    else:
        try:
            return read_bundle(envelope, key)
        except FormatError as error:
            hold_bad(place, file, error)
    return None


def _keep(place: Place, path: str, envelope: Envelope, keys: Iterable[CaseKey]) -> None:
    """The store first: what the mirror has is not read again."""
    with place.store.sync() as rows:
        rows.put_case_keys(place.space.id, keys)
    place.mirror.keep(place.paths.bundle(envelope.digest), envelope.data)
    place.accept(path)


def _erase(place: Place, pen: Pen | None) -> None:
    """Destroy what is to be erased: in the store, in the mirror, and on the share."""
    for subject in _lying(place):
        with place.store.sync() as rows:
            rows.erase(subject, place.space.id)
            touched = rows.changes.touched
        place.notes.touched |= touched
        place.memo.clean = None
    if place.memo.clean == place.doomed:
        return
    for path, keys in list(_mirrored(place)):
        if any(key.subject in place.doomed for key in keys):
            _replace(place, pen, path, keys)
    if pen is not None:
        place.memo.clean = place.doomed


def _lying(place: Place) -> list[bytes]:
    """What is to be erased and lies here: an erasure counts only in the space in which it was signed."""
    asked = place.doomed - place.erased
    if not asked:
        return []
    with place.store.look() as rows:
        return sorted(rows.lying(place.space.id, asked))


def _mirrored(place: Place) -> Iterator[tuple[str, tuple[CaseKey, ...]]]:
    """Every bundle of the mirror that we can open."""
    folder = place.paths.bundles
    for name in sorted(place.mirror.files(folder)):
        path = f"{folder}/{name}"
        if path not in place.memo.bundles:
            envelope = access.kept(place, path)
            key = place.keys.get(envelope.header.epoch) if envelope else None
            if envelope is None or key is None:
                continue
            place.memo.bundles[path] = read_bundle(envelope, key)
        yield path, place.memo.bundles[path]


def _replace(place: Place, pen: Pen | None, path: str, keys: Iterable[CaseKey]) -> None:
    """Publish what may stay of a bundle, and only then take the old one away."""
    if pen is None:
        place.notes.complete = False
        return
    rest = {key.id: key for key in keys if key.subject not in place.doomed}
    with place.store.sync() as rows:
        rows.put_case_keys(place.space.id, rest.values())
    elsewhere = {other: rest.keys() & ids for other, ids in _clean(place)}
    held = frozenset[bytes]().union(*elsewhere.values())
    new = write_bundles(place, pen, [key for key in rest.values() if key.id not in held])
    for kept in [*(other for other, ids in elsewhere.items() if ids), *new]:
        place.remote.put(kept, place.mirror.read(kept))
    try:
        place.remote.trash(path)
    except (BusyError, RefusedError):
        place.hold(path, "undeletable")
    if place.mirror.has(path):
        place.mirror.drop(path)
    place.memo.bundles.pop(path, None)


def _clean(place: Place) -> Iterator[tuple[str, frozenset[bytes]]]:
    """The ids of the keys in every bundle of the mirror that has none of an erased case."""
    for path, keys in _mirrored(place):
        if place.doomed.isdisjoint(key.subject for key in keys):
            yield path, frozenset(key.id for key in keys)


def write_bundles(place: Place, pen: Pen, keys: Sequence[CaseKey]) -> list[str]:
    """Put keys into new bundles in the mirror; their paths."""
    paths = []
    for at in range(0, len(keys), MOST_KEYS):
        file = bundle_file(pen, keys[at : at + MOST_KEYS])
        paths.append(place.mirror.keep(place.paths.bundle(file.digest), file.data))
    return paths


def bundle_lost(place: Place, pen: Pen) -> None:
    """Bundle anew the keys of which the mirror has no bundle any more: perhaps nobody else has them."""
    if place.memo.bundled:
        return
    held = {key.id for _, keys in _mirrored(place) for key in keys}
    with place.store.look() as rows:
        lost = [key for key in rows.shared_case_keys(place.space.id) if key.id not in held]
    write_bundles(place, pen, lost)
    place.memo.bundled = True


def recover(place: Place) -> None:
    """Take in every key of the mirror again: a store that was restored may lack some."""
    if place.memo.recovered:
        return
    place.memo.recovered = True
    found = [key for _, keys in _mirrored(place) for key in keys]
    with place.store.sync() as rows:
        rows.put_case_keys(place.space.id, found)
