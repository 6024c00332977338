"""MessagePack from outside, taken apart within bounds: a few bytes cannot ask for much memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgpack

LONGEST = 100_000
"""Items in one array or map."""
MOST_ITEMS = 1_000_000
"""Items in all."""
_HARMLESS = 64 * 1024
"""Bytes that cannot hold enough items to matter."""

Hook = Callable[..., Any]


def unpack_bounded(data: bytes, *, ext_hook: Hook, pairs_hook: Hook = dict) -> Any:
    """The value in `data`. Raises ValueError, or an UnpackException or StackError of msgpack."""
    if len(data) <= _HARMLESS:
        return msgpack.unpackb(data, ext_hook=ext_hook, object_pairs_hook=pairs_hook)
    count = _Count(pairs_hook)
    return msgpack.unpackb(
        data,
        ext_hook=ext_hook,
        object_pairs_hook=count.pairs,
        list_hook=count.array,
        max_array_len=LONGEST,
        max_map_len=LONGEST,
    )


class _Count:
    """Counts the items of arrays and maps as they are closed."""

    def __init__(self, pairs_hook: Hook) -> None:
        self._left = MOST_ITEMS
        self._pairs_hook = pairs_hook

    def array(self, items: list[Any]) -> list[Any]:
        self._take(len(items))
        return items

    def pairs(self, pairs: list[tuple[Any, Any]]) -> Any:
        self._take(2 * len(pairs))
        return self._pairs_hook(pairs)

    def _take(self, items: int) -> None:
        self._left -= 1 + items
        if self._left < 0:
            raise ValueError("too many items")
