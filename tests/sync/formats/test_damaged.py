"""Files cut short, lengthened, or with a bit turned: never taken for whole."""

from __future__ import annotations

import pytest

from bren_desktop.sync.format.envelope import FileKind, IncompleteError, OversizeError, parse, parse_first
from bren_desktop.sync.format.packing import FormatError, pack
from tests.sync.formats.opening import REFUSALS, opened
from tests.sync.formats.samples import DEVICE, EPOCH, MAKERS, NETWORK, SPACE, frozen

ENVELOPES = sorted(name for name in MAKERS if name.endswith((".bra", ".brk", ".brc", ".brs")))
GUARDED = sorted(MAKERS.keys() - {"open-parcel.bin"})
"""All but what only the segment around it guards."""


@pytest.mark.parametrize("name", ENVELOPES)
def test_a_file_cut_short_anywhere_is_incomplete(name: str) -> None:
    data = frozen(name)
    for length in range(len(data)):
        with pytest.raises(IncompleteError):
            parse(data[:length])


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_a_file_cut_short_anywhere_is_refused(name: str) -> None:
    data = frozen(name)
    for length in range(len(data)):
        with pytest.raises(REFUSALS):
            opened(name, data[:length])


@pytest.mark.parametrize("name", sorted(MAKERS))
@pytest.mark.parametrize("more", [b"\0", b"BREN", b"x" * 100], ids=["a zero", "a start", "much"])
def test_a_file_with_more_behind_it_is_refused(name: str, more: bytes) -> None:
    with pytest.raises(REFUSALS):
        opened(name, frozen(name) + more)


@pytest.mark.parametrize("name", GUARDED)
def test_a_turned_bit_in_any_byte_is_seen(name: str) -> None:
    data = frozen(name)
    for at in range(len(data)):
        for bit in (1, 1 << (at * 5 + 3) % 8, 128):
            with pytest.raises(REFUSALS):
                opened(name, data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])


@pytest.mark.parametrize("declared", [4097, 2**31, 2**32 - 1])
def test_a_header_that_says_it_is_huge_is_refused(declared: int) -> None:
    data = frozen("segment.brs")
    with pytest.raises(FormatError, match="too large"):
        parse(data[:6] + declared.to_bytes(4, "big") + data[10:])


@pytest.mark.parametrize("kind", FileKind)
def test_a_body_that_says_it_is_too_large_is_refused(kind: FileKind) -> None:
    def start(length: int) -> bytes:
        header = pack([1, NETWORK, SPACE, EPOCH, DEVICE, 1, bytes(32), length, bytes(16)])
        return b"BREN" + kind.value + b"\1" + len(header).to_bytes(4, "big") + header + bytes(24)

    with pytest.raises(IncompleteError):
        parse(start(kind.largest))
    with pytest.raises(OversizeError):
        parse(start(kind.largest + 1))


def test_the_first_of_several_is_taken_and_the_rest_given_back() -> None:
    envelope, rest = parse_first(frozen("segment.brs") + b"rest")
    assert (envelope.data, rest) == (frozen("segment.brs"), b"rest")
