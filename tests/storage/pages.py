"""Every page of a store's file as SQLite sees it, decrypted: for tests that look for what should be gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE, _RESERVED, _IV = 4096, 80, 16
_SALT = 16
_WAL_HEADER, _FRAME_HEADER = 32, 24


def decrypted(path: Path, key: bytes) -> bytes:
    """The content of all pages of the file and of its journal, used or free (SQLCipher 4, raw key)."""
    journal = path.with_name(f"{path.name}-wal")
    pages = [*_in_file(path.read_bytes()), *(_in_journal(journal.read_bytes()) if journal.exists() else ())]
    return b"".join(_page(page, key) for page in pages)


def _in_file(data: bytes) -> Iterator[bytes]:
    for at in range(0, len(data), _PAGE):
        page = data[at : at + _PAGE]
        yield page if at else page[_SALT:]


def _in_journal(data: bytes) -> Iterator[bytes]:
    size = _FRAME_HEADER + _PAGE
    for at in range(_WAL_HEADER, len(data) - size + 1, size):
        number = int.from_bytes(data[at : at + 4], "big")
        page = data[at + _FRAME_HEADER : at + size]
        yield page[_SALT:] if number == 1 else page


def _page(page: bytes, key: bytes) -> bytes:
    iv = page[-_RESERVED:][:_IV]
    opener = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return opener.update(page[:-_RESERVED])
