"""Whatever comes from a share, nothing but the known refusals comes out: also from a member who seals it well."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bren_desktop.crypto import parcels
from bren_desktop.crypto.parcels import LARGEST, BadParcelError, OversizeError, close, close_open
from bren_desktop.oplog.contents import read_content
from bren_desktop.oplog.operations import decode
from bren_desktop.sync.format.bundles import read_bundle
from bren_desktop.sync.format.entries import Action, read_entry
from bren_desktop.sync.format.envelope import Envelope, FileKind, parse
from bren_desktop.sync.format.epochs import read_key_file
from bren_desktop.sync.format.packing import FormatError, pack, unpack
from bren_desktop.sync.format.segments import read_segment
from tests.sync.formats import samples
from tests.sync.formats.opening import READERS, REFUSALS, opened
from tests.sync.formats.samples import MAKERS, frozen, some

MIB = 1024 * 1024
SEALED: dict[FileKind, Callable[[Envelope], object]] = {
    FileKind.AUTH: lambda envelope: read_entry(envelope, samples.EPOCH_KEY),
    FileKind.CASE_KEYS: lambda envelope: read_bundle(envelope, samples.EPOCH_KEY),
    FileKind.SEGMENT: lambda envelope: read_segment(envelope, samples.EPOCH_KEY),
    FileKind.EPOCH_KEY: read_key_file,
}
SAMPLE_OF = {
    FileKind.AUTH: sorted(f"{name}.bra" for name in samples.ACTS),
    FileKind.CASE_KEYS: ["keys.brc"],
    FileKind.SEGMENT: ["segment.brs", "heartbeat.brs"],
}


def refused_or_read(read: Callable[[], object]) -> None:
    try:
        read()
    except REFUSALS:
        return


def by_a_member(kind: FileKind, text: bytes) -> Envelope:
    """`text` as a member with a patched program would publish it: signed and sealed as it should be."""
    if kind is FileKind.EPOCH_KEY:
        return parse(samples.PEN.in_clear(kind, text).data)
    return parse(samples.PEN.sealed(kind, text, seq=1).data)


def plain() -> st.SearchStrategy[Any]:
    ids = st.sampled_from([samples.DEVICE, samples.PARENT, samples.CASE_KEY, b"", some("short", 8)])
    words = st.sampled_from([*Action, "team", "network", "voorzitter", "lost", "left", "", "AA", samples.CARD.person])
    numbers = st.sampled_from([0, 1, 2**31, 2**63 - 1, 2**64 - 1, -1])
    leaves = (
        ids | words | numbers | st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.binary(max_size=40)
    )
    return st.recursive(leaves, lambda inner: st.lists(inner, max_size=9), max_leaves=25)


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """`data` with a few pieces changed, left out, doubled or put in."""
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(changed)))
        length = draw(st.integers(0, 20))
        piece = draw(st.one_of(st.binary(max_size=8), st.just(bytes(changed[at : at + length]) * 2)))
        changed[at : at + length] = piece
    return bytes(changed)


@given(st.sampled_from(sorted(READERS)), st.binary(max_size=400))
@example("bra", b"BREN")
@example("bri", b"BRENI\1")
@example("bin", b"")
def test_any_bytes(kind: str, data: bytes) -> None:
    refused_or_read(lambda: READERS[kind](data))


@given(st.sampled_from(sorted(MAKERS)), st.data())
def test_a_file_with_pieces_changed(name: str, data: st.DataObject) -> None:
    changed = data.draw(damaged(frozen(name)))
    refused_or_read(lambda: opened(name, changed))


@given(st.sampled_from(sorted(MAKERS)), st.sampled_from(sorted(READERS)))
def test_a_file_taken_for_another(name: str, kind: str) -> None:
    refused_or_read(lambda: READERS[kind](frozen(name)))


@given(st.sampled_from(FileKind), st.binary(max_size=300))
def test_any_text_of_a_member(kind: FileKind, text: bytes) -> None:
    refused_or_read(lambda: SEALED[kind](by_a_member(kind, text)))


@given(st.sampled_from(FileKind), plain())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_value_of_a_member(kind: FileKind, value: Any) -> None:
    refused_or_read(lambda: SEALED[kind](by_a_member(kind, pack(value))))


@given(st.sampled_from(sorted(SAMPLE_OF, key=str)), st.data())
@settings(max_examples=150)
def test_a_text_with_one_value_changed(kind: FileKind, data: st.DataObject) -> None:
    """The shape is right but for one place, which may be deep inside."""
    name = data.draw(st.sampled_from(SAMPLE_OF[kind]))
    value = unpack(parse(frozen(name)).opened(samples.EPOCH_KEY))
    at: Any = value
    while True:
        place = data.draw(st.integers(0, len(at) - 1))
        if isinstance(at[place], list) and at[place] and data.draw(st.booleans()):
            at = at[place]
            continue
        break
    at[place] = data.draw(plain())
    refused_or_read(lambda: SEALED[kind](by_a_member(kind, pack(value))))


@given(st.data())
def test_a_key_file_with_pieces_changed(data: st.DataObject) -> None:
    body = data.draw(damaged(parse(frozen("epoch.brk")).body))

    def read() -> None:
        file = read_key_file(by_a_member(FileKind.EPOCH_KEY, body))
        file.opened(samples.DEVICE, samples.BOX_SEED)
        file.before(samples.EPOCH_KEY)
        file.recovered(samples.IT_SEED, samples.COORDINATOR_SEED)

    refused_or_read(read)


@given(st.data())
def test_a_parcel_whose_content_is_changed(data: st.DataObject) -> None:
    content = data.draw(damaged(samples.CONTENT))

    def read() -> None:
        body = close(content, samples.ADDRESS, samples.CASE_KEY_ID, samples.CASE_KEY)
        operation, _ = read_content(parcels.content(body, samples.ADDRESS, samples.CASE_KEY))
        decode(operation)

    refused_or_read(read)


@given(st.data())
def test_a_parcel_that_is_pressed_otherwise(data: st.DataObject) -> None:
    body = b"\0" + data.draw(damaged(frozen("open-parcel.bin")[1:]))
    refused_or_read(lambda: opened("open-parcel.bin", body))


def no_more_memory_than(most: int, read: Callable[[], object]) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(REFUSALS):
            read()
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


def pressed(data: bytes, **how: Any) -> bytes:
    return b"\0" + bytes(zstandard.ZstdCompressor(**how).compress(data))


def test_a_parcel_that_would_grow_beyond_bounds_is_refused_unopened() -> None:
    bomb = pressed(bytes(64 * MIB))
    assert len(bomb) < MIB / 100
    no_more_memory_than(MIB, lambda: parcels.content(bomb, samples.ADDRESS, b""))


def test_a_parcel_that_does_not_say_how_large_it_is_is_refused() -> None:
    with pytest.raises(BadParcelError):
        parcels.content(pressed(b"text", write_content_size=False), samples.ADDRESS, b"")


def test_a_parcel_that_says_it_is_smaller_than_it_is_is_refused() -> None:
    honest = bytearray(pressed(bytes(MIB)))
    size_at = honest.index((MIB).to_bytes(4, "little"))
    honest[size_at : size_at + 4] = (10).to_bytes(4, "little")
    no_more_memory_than(MIB, lambda: parcels.content(bytes(honest), samples.ADDRESS, b""))


@given(part=st.binary(min_size=1, max_size=40), times=st.integers(0, 20_000), about=st.booleans())
@example(part=b"x", times=15 * MIB, about=True)
def test_no_text_of_ours_expands_too_far(part: bytes, times: int, about: bool) -> None:
    text = part * times
    key = samples.CASE_KEY
    body = close(text, samples.ADDRESS, samples.CASE_KEY_ID, key) if about else close_open(text)
    assert parcels.content(body, samples.ADDRESS, key) == text


@given(times=st.integers(2_000, 100_000))
def test_a_parcel_that_expands_too_far_is_refused(times: int) -> None:
    with pytest.raises(OversizeError):
        parcels.content(pressed(b"x" * times), samples.ADDRESS, b"")


def test_a_parcel_of_two_frames_is_refused() -> None:
    with pytest.raises(BadParcelError):
        parcels.content(close_open(b"one") + close_open(b"two")[1:], samples.ADDRESS, b"")


def test_the_largest_content_fits_and_one_more_does_not() -> None:
    assert len(parcels.content(close_open(bytes(LARGEST)), samples.ADDRESS, b"")) == LARGEST
    with pytest.raises(BadParcelError):
        close_open(bytes(LARGEST + 1))
    with pytest.raises(BadParcelError):
        parcels.content(pressed(bytes(LARGEST + 1)), samples.ADDRESS, b"")


@pytest.mark.parametrize(
    "text",
    [
        b"\x91" * 2000,
        b"\xdd\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff" + b"x" * 100,
        b"\xdd\x00\x00\x80\x00" + (b"\xdc\x00\x28" + b"\x90" * 40) * 0x8000,
        b"\x94" + b"\xdd\x00\x01\x86\xa0" + b"\x90" * 100_000 + (b"\xdd\x00\x01\x86\xa0" + b"\xc0" * 100_000) * 3,
    ],
    ids=["deep", "long", "binary", "many", "many and long"],
)
def test_a_text_that_asks_for_memory_is_refused(text: bytes) -> None:
    envelope = by_a_member(FileKind.SEGMENT, text)
    no_more_memory_than(150 * MIB, lambda: SEALED[FileKind.SEGMENT](envelope))


def test_unpack_takes_no_maps_extensions_or_bytes_behind() -> None:
    for data in (b"\x80", b"\xc7\x00\x05", b"\xd4\x05\x00", b"\xc0\xc0", b"", b"\xc1", b"\xa1\xff"):
        with pytest.raises(FormatError):
            unpack(data)
