"""A backup file gives back what went into it, or says that it is none: cut, changed, lengthened or forged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bren_desktop.errors import NotFoundError, UnreadableFileError
from bren_desktop.exchange.backup_file import pack, unpack, verify

PARTS = {"store.db": b"s" * 3_000_000, "keys.json": b'{"format": 1}', "erased.json": b""}


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    store = tmp_path / "copy"
    store.write_bytes(PARTS["store.db"])
    path = tmp_path / "b.bren"
    pack(path, {**PARTS, "store.db": store})
    return path


def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "uit"
    folder.mkdir()
    return folder


def forged(rows: object, body: bytes = b"") -> bytes:
    head = json.dumps(rows).encode()
    return b"BRENBACKUP\x01" + len(head).to_bytes(4, "big") + head + body


def row(name: str, data: bytes = b"") -> list[object]:
    return [name, len(data), hashlib.sha256(data).hexdigest()]


def test_what_went_in_comes_out(backup: Path, tmp_path: Path) -> None:
    folder = empty(tmp_path)
    unpack(backup, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == PARTS


def test_nothing_is_left_of_a_backup_that_fails(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        pack(tmp_path / "nergens" / "b.bren", PARTS)
    assert list(tmp_path.iterdir()) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(at=st.integers(0, 400) | st.integers(0, 3_000_000), flip=st.integers(1, 255))
def test_a_changed_byte_is_noticed(backup: Path, tmp_path: Path, at: int, flip: int) -> None:
    changed = bytearray(backup.read_bytes())
    changed[at] ^= flip
    other = tmp_path / "anders.bren"
    other.write_bytes(changed)
    try:
        assert verify(other) == verify(backup)
    except UnreadableFileError:
        return
    assert changed[at : at + 1].isspace()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: whole[:-1],
        lambda whole: whole[:20],
        lambda whole: whole + b"x",
        lambda whole: b"",
        lambda whole: b"PK\x03\x04" + whole,
        lambda whole: forged([row("../keys.json"), row("store.db"), row("erased.json")]),
        lambda whole: forged([row("store.db"), row("store.db"), row("erased.json")]),
        lambda whole: forged([row("store.db"), row("keys.json")]),
        lambda whole: forged([["store.db", -1, ""], row("keys.json"), row("erased.json")]),
        lambda whole: forged([["store.db", 10**15, ""], row("keys.json"), row("erased.json")]),
        lambda whole: forged("x" * 5000),
        lambda whole: forged({"store.db": 1}),
        lambda whole: b"BRENBACKUP\x01" + (4000).to_bytes(4, "big") + b"[" * 4000,
    ],
)
def test_what_is_no_backup_changes_nothing(backup: Path, tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    backup.write_bytes(spoil(backup.read_bytes()))
    folder = empty(tmp_path)
    with pytest.raises(UnreadableFileError, match="geen reservekopie"):
        unpack(backup, folder)
    assert list(folder.iterdir()) == []


def test_a_backup_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="Controleer het pad"):
        verify(tmp_path / "weg.bren")
