"""What the program writes the independent reader opens, and what the page's own writer writes the program opens."""

from __future__ import annotations

import secrets

from hypothesis import given, settings
from hypothesis import strategies as st

from bren_desktop.crypto.blobs import close_blob, open_blob
from bren_desktop.crypto.parcels import Address, case_key_id, close, close_open, content
from bren_desktop.oplog.contents import BlobRef, pack_content, read_content
from bren_desktop.services.sync_ports import CaseKey, Parcel
from bren_desktop.sync.format import bundles, entries, envelope, epochs, segments
from bren_desktop.sync.format.pen import Pen
from tests.sync.independent import forge, reader
from tests.sync.independent.histories import EPOCH, KEY, NETWORK, SPACE, History, histories

IDS = st.binary(min_size=16, max_size=16)
DIGESTS = st.binary(min_size=32, max_size=32)
NUMBERS = st.integers(0, 2**62)
PARCELS = st.lists(st.tuples(st.just(b"") | IDS, st.binary(max_size=300)), max_size=5)
SEEN = st.lists(st.tuples(IDS, NUMBERS, st.binary(min_size=8, max_size=8)), unique_by=lambda row: row[0], max_size=4)
FORGED = forge.Pen.new(NETWORK, SPACE)
OURS = Pen(NETWORK, SPACE, FORGED.device, FORGED.sign_seed, EPOCH, KEY)
QUICK = settings(max_examples=60)


def opened(data: bytes) -> reader.File:
    (file,) = reader.files_in(data)
    assert file.signed_by(FORGED.sign_key)
    return file


@QUICK
@given(NUMBERS, PARCELS, SEEN, st.sets(DIGESTS, max_size=3), st.just(b"") | IDS)
def test_a_segment_means_the_same_to_both(
    first: int,
    parcels: list[tuple[bytes, bytes]],
    seen: list[tuple[bytes, int, bytes]],
    heads: set[bytes],
    state: bytes,
) -> None:
    peers = tuple(segments.Seen(*row) for row in sorted(seen))
    sent = tuple(Parcel(first + at, *parcel) for at, parcel in enumerate(parcels))
    segment = segments.Segment(first, 1, "0", 1, 2, peers, tuple(sorted(heads)), state, sent)
    file = opened(segments.segment_file(OURS, segment, 3, bytes(range(32))).data)
    assert file.header[5:7] == [3, bytes(range(32))]
    rows = [[device, seq, start] for device, seq, start in sorted(seen)]
    text = [1, 2, "0", 1, rows, sorted(heads), state, first, [list(parcel) for parcel in parcels], []]
    assert reader.unpack(file.text(KEY)) == text
    forged = FORGED.segment(
        EPOCH, KEY, 3, bytes(range(32)), parcels, first=first, seen=rows, heads=heads, state=state, clock=(1, 2)
    )
    theirs = envelope.parse(forged)
    assert theirs.is_by(FORGED.sign_key)
    assert segments.read_segment(theirs, KEY) == segment
    assert forge.path(forged).split("/")[-1].startswith("00000003-")


@QUICK
@given(histories(most=6))
def test_an_entry_means_the_same_to_both(history: History) -> None:
    keys = {pen.device: pen.sign_key for pen in history.pens}
    for digest, data in history.files.items():
        ours = entries.read_entry(envelope.parse(data), KEY)
        theirs = history.entries[digest]
        assert (ours.digest, ours.n, ours.device, list(ours.parents)) == (digest, *theirs[1:3], theirs.parents)
        assert ours.envelope.is_by(keys[ours.device])
        if isinstance(ours.act, entries.Unknown):
            assert theirs.action == "later"
            continue
        again = opened(entries.entry_file(OURS, ours.n, ours.act, ours.parents, ours.at_ms).data)
        assert reader.unpack(again.text(KEY)) == [theirs.parents, theirs.at, theirs.action, _plain(theirs.values)]


def _plain(values: list[object]) -> list[object]:
    return [list(value) if isinstance(value, tuple) else value for value in values]


def test_keys_travel_both_ways() -> None:
    old, old_key = secrets.token_bytes(16), secrets.token_bytes(32)
    data = epochs.key_file(OURS, {old: old_key}, {FORGED.device: FORGED.box_key}).data
    seen = reader.read_space([data], SPACE, b"", {FORGED.device: FORGED.box_private})
    assert seen.epochs == {}
    candidates = reader.Reader([data], SPACE, b"", {FORGED.device: FORGED.box_private})
    candidates.read()
    assert candidates.candidates == {EPOCH: {KEY}, old: {old_key}}
    forged = epochs.read_key_file(
        envelope.parse(FORGED.key_file(EPOCH, KEY, [(FORGED.device, FORGED.box_key)], [(old, old_key)]))
    )
    assert forged.before(KEY) == {old: old_key}
    assert epochs.epoch_check(KEY, SPACE) == forge.epoch_check(SPACE, KEY)


def test_bundles_parcels_and_attachments_travel_both_ways() -> None:
    subject, key = secrets.token_bytes(16), secrets.token_bytes(32)
    named = case_key_id(key, SPACE, subject)
    theirs = FORGED.bundle(EPOCH, KEY, [(subject, key)])
    assert bundles.read_bundle(envelope.parse(theirs), KEY) == (CaseKey(subject, named, key),)
    ours = opened(bundles.bundle_file(OURS, [CaseKey(subject, named, key)]).data)
    assert reader.unpack(ours.text(KEY)) == [[subject, key]]
    blob_key = secrets.token_bytes(32)
    file = close_blob(b"brief", blob_key, secrets.token_bytes(24), SPACE)
    ref = BlobRef(forge.sha(b"brief"), forge.sha(file), blob_key)
    space = reader.Reader([file], SPACE, b"", {})
    assert space.attachment(*ref) == b"brief"
    assert open_blob(forge.blob(SPACE, blob_key, b"brief"), blob_key, SPACE) == b"brief"
    _both_ways(space, subject, key, named, [list(ref)])


def _both_ways(space: reader.Reader, subject: bytes, key: bytes, named: bytes, blobs_named: list[list[bytes]]) -> None:
    address = Address(SPACE, FORGED.device, 7, subject)
    space.out.case_keys = {subject: {named: key}}
    packed = pack_content(b"operation", [BlobRef(*ref) for ref in blobs_named])
    for body in (
        close(packed, address, named, key),
        FORGED.parcel(7, subject, b"operation", key, blobs=blobs_named)[1],
    ):
        opened_here = space._open_body(b"bren/parcel/v1", FORGED.device, 7, subject, body)
        assert opened_here == [b"operation", blobs_named]
        assert read_content(content(body, address, key)) == (b"operation", tuple(BlobRef(*r) for r in blobs_named))
    small = close_open(pack_content(b"x" * 100_000, ()))
    assert space._open_body(b"bren/parcel/v1", FORGED.device, 7, b"", small)[0] == b"x" * 100_000
    for body in (close_open(packed), FORGED.parcel(7, b"", b"operation", blobs=blobs_named)[1]):
        assert space._open_body(b"bren/parcel/v1", FORGED.device, 7, b"", body)[0] == b"operation"
        assert read_content(content(body, address, b""))[0] == b"operation"
