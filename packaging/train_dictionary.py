"""How resources/share/parcels-1.zdict was made, once, from fictional records.

It is part of format 1 and frozen: never run this over it. A later format may bring a second dictionary beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import msgpack
import zstandard

from bren_desktop.domain.entities import Kind, Values, flatten
from bren_desktop.fiction.cases import case
from bren_desktop.fiction.experts import expert
from bren_desktop.oplog.operations import Author, Change, Dot, Operation, encode

DICTIONARY_ID = 0x42524E31
SIZE = 112 * 1024
_AUTHOR = Author("p" * 26, "Robin Voorbeeld", "secretaris")


def samples() -> Iterator[bytes]:
    """Parcels' contents: whole cases and experts, and amendments of one field."""
    for number in range(1, 1501):
        values = flatten(case(900 + number % 37, number, realistic=True))
        yield _content(Kind.CASE, number, values)
        field = list(values)[number % len(values)]
        yield _content(Kind.CASE, number, {field: values[field]})
        if number % 4 == 0:
            yield _content(Kind.EXPERT, number, flatten(expert(900, number)))


def _content(kind: Kind, number: int, values: Values) -> bytes:
    device = number.to_bytes(16, "big")
    changes = tuple(Change(field, key, value) for (field, key), value in values.items())
    clock = (1_763_000_000_000 + number * 86_400_000) << 16
    operation = Operation(Dot(device, number), clock, "s" * 26, kind.value, f"{number:026}", _AUTHOR, changes)
    return bytes(msgpack.packb([encode(operation), []]))


if __name__ == "__main__":
    made = zstandard.train_dictionary(SIZE, list(samples()), level=3, dict_id=DICTIONARY_ID, threads=1)
    Path(sys.argv[1]).write_bytes(made.as_bytes())
