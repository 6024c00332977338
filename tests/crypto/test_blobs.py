"""An attachment opens with its key in its space, and gives nothing otherwise."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.crypto.blobs import close_blob, open_blob

KEY, NONCE, SPACE = bytes(range(32)), bytes(24), bytes(16)


@given(st.binary(max_size=2000))
def test_what_was_closed_opens(content: bytes) -> None:
    file = close_blob(content, KEY, NONCE, SPACE)
    assert open_blob(file, KEY, SPACE) == content
    assert open_blob(file, bytes(32), SPACE) is None
    assert open_blob(file, KEY, bytes([1] * 16)) is None
    assert open_blob(file[:-1], KEY, SPACE) is None


@given(st.binary(max_size=200))
def test_other_bytes_give_nothing(file: bytes) -> None:
    assert open_blob(file, KEY, SPACE) is None
    assert open_blob(b"BRENB\x01" + file, KEY, SPACE) is None
