"""Every id has one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.storage.ids import id_bytes, id_text, new_id

IDS = st.binary(min_size=16, max_size=16)


@given(IDS)
def test_an_id_is_read_back(data: bytes) -> None:
    text = id_text(data)
    assert len(text) == 26
    assert id_bytes(text) == data


@given(st.text(max_size=30) | st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=26, max_size=26))
def test_what_reads_as_an_id_is_spelled_like_one(text: str) -> None:
    data = id_bytes(text)
    assert data == b"" or id_text(data) == text


@pytest.mark.parametrize("shape", ["{}\n", " {}", "{}b", "_{}"])
def test_another_spelling_is_none(shape: str) -> None:
    text = id_text(bytes(range(16)))
    for wrong in (shape.format(text), shape.format(text[:-1]), text.upper(), text[:-1]):
        assert id_bytes(wrong) == b""


def test_new_ids_differ() -> None:
    assert len({new_id() for _ in range(50)}) == 50
