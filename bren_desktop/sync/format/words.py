"""Six words that both screens show: whoever swapped the request on its way would have to grind for the same ones."""

from __future__ import annotations

import hashlib
from functools import cache

from bren_desktop import bundled
from bren_desktop.crypto.derive import Argon2Work, argon2id

COUNT = 6
_WORK = Argon2Work(passes=3, memory_kib=64 * 1024, lanes=1)
_LIST = "share/words-1.txt"


def words(request_file: bytes, request_key: bytes) -> tuple[str, ...]:
    """The words of a request; they cost a slow derivation."""
    salt = hashlib.sha256(request_key).digest()[:16]
    indexes = argon2id(hashlib.sha256(request_file).digest(), salt, _WORK, COUNT)
    known = word_list()
    return tuple(known[index] for index in indexes)


@cache
def word_list() -> tuple[str, ...]:
    """The 256 words, in the order of their bytes."""
    text = (bundled.folder("resources") / _LIST).read_text(encoding="utf-8")
    return tuple(text.split())
