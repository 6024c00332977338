"""The list of erased cases only grows, and what is no list is never taken for an empty one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bren_desktop.keystore.erased import NAME, DamagedErasedListError, ErasedList, parse

A, B = "a" * 26, "b2" * 13


def test_a_list_only_grows(tmp_path: Path) -> None:
    listed = ErasedList(tmp_path)
    assert listed.ids() == frozenset()
    assert not (tmp_path / NAME).exists()
    listed.add([A])
    listed.add([B])
    listed.add([])
    assert ErasedList(tmp_path).ids() == {A, B}
    assert parse(listed.data()) == {A, B}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format": 2, "erased": []}',
        b'{"format": 1, "erased": ["../x"]}',
        b'{"format": 1, "erased": [1]}',
        b'{"format": 1, "erased": "a"}',
        b"\xff",
        b"[" * 100_000,
        b" " * (16 * 1024 * 1024 + 1),
    ],
)
def test_what_is_no_list_is_never_empty(tmp_path: Path, data: bytes) -> None:
    (tmp_path / NAME).write_bytes(data)
    with pytest.raises(DamagedErasedListError):
        ErasedList(tmp_path).ids()
    with pytest.raises(DamagedErasedListError):
        ErasedList(tmp_path).add([A])
    assert (tmp_path / NAME).read_bytes() == data
