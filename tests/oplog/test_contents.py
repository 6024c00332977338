"""A parcel's content is taken apart only when it has exactly the agreed shape."""

from __future__ import annotations

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.oplog.contents import BlobRef, pack_content, read_content
from bren_desktop.oplog.operations import DecodingError

digests = st.binary(min_size=32, max_size=32)
refs = st.builds(BlobRef, digests, digests, digests)


@given(st.binary(), st.lists(refs, max_size=3))
def test_what_was_packed_is_read_back(operation: bytes, blobs: list[BlobRef]) -> None:
    assert read_content(pack_content(operation, blobs)) == (operation, tuple(blobs))


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        operation, blobs = read_content(data)
    except DecodingError:
        return
    assert read_content(pack_content(operation, blobs)) == (operation, blobs)


GOOD = bytes(32)


@pytest.mark.parametrize(
    "content",
    [
        [b"op"],
        [b"op", [], 1],
        ["op", []],
        [None, []],
        [b"op", None],
        [b"op", b""],
        [b"op", {}],
        [b"op", [None]],
        [b"op", [[GOOD, GOOD]]],
        [b"op", [[GOOD, GOOD, GOOD, GOOD]]],
        [b"op", [[GOOD, GOOD, bytes(31)]]],
        [b"op", [[GOOD, GOOD, "x" * 32]]],
        [b"op", [b"abc"]],
        {"a": 1, "b": 2},
        7,
        msgpack.ExtType(1, b""),
    ],
    ids=repr,
)
def test_another_shape_is_refused(content: object) -> None:
    with pytest.raises(DecodingError):
        read_content(msgpack.packb(content))


def test_bytes_after_the_content_are_refused() -> None:
    with pytest.raises(DecodingError):
        read_content(pack_content(b"op", []) + b"\0")
