"""What an import file said last about an entity, so that a re-import changes a field only where the file differs.

Kept with the entity in the reserved field `import`, which no model knows: the key of its one element is a list of
fingerprints, eleven bytes per value. Laptops that import different files at once keep both elements; a value that
either file said counts as said.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from bren_desktop.domain.entities import Values

FIELD = "import"
_TO_CODE = "te_coderen"
_NAME, _HALF, _VALUE = 6, 3, 5
_ENTRY = _NAME + _VALUE
_ORDER = "n"

Said = dict[bytes, set[bytes]]
"""Fingerprints of values, by the fingerprint of (field, key)."""


def read(current: Values) -> Said:
    """What was said last, from the values of an entity."""
    found: Said = {}
    for field, key in current:
        if field == FIELD:
            for name, value in _entries(key):
                found.setdefault(name, set()).add(value)
    return found


def merged(current: Values, theirs: Values, given: Collection[str]) -> Values:
    """The values to write so that `current` follows a file that says `theirs` about the fields `given`.

    What the file said before is left as people made it since. A field that the file leaves empty is emptied only if
    the file filled it before.
    """
    said = read(current)
    prints = {name: _value(value) for name, value in theirs.items()}
    values: dict[tuple[str, str], Any] = {
        name: value for name, value in theirs.items() if not said or prints[name] not in said.get(_name(*name), ())
    }
    gone = [
        name
        for name, value in current.items()
        if said and name not in theirs and _name(*name) in said and _covered(name[0], value, given)
    ]
    values.update(dict.fromkeys(gone))
    for name in gone:
        del said[_name(*name)]
    now = _packed(said, {_name(*name): value for name, value in prints.items()}, given)
    values.update({name: None for name in current if name[0] == FIELD and name[1] != now})
    if now and (FIELD, now) not in current:
        values[FIELD, now] = True
    return values


def is_visible(current: Values, values: Values) -> bool:
    """Whether writing `values` changes anything that people see, beyond what the file is known to have said."""
    return any(name[0] != FIELD and current.get(name) != value for name, value in values.items())


def _covered(field: str, value: Any, given: Collection[str]) -> bool:
    """Whether the file speaks about this value: a text still to be coded belongs to the field it came from."""
    if field == _TO_CODE and _TO_CODE not in given:
        return isinstance(value, Mapping) and value.get("veld") in given
    return field in given


def _packed(said: Said, now: Mapping[bytes, bytes], given: Collection[str]) -> str:
    spoken = set(map(_half, given))
    entries = [name + value for name, value in now.items()]
    for name, values in said.items():
        if name not in now and name[:_HALF] not in spoken:
            entries += [name + value for value in values]
    return b64encode(b"".join(sorted(entries))).decode()


def _entries(key: str) -> Iterator[tuple[bytes, bytes]]:
    """The fingerprints in `key`; none in one that a strange laptop may have written."""
    try:
        data = b64decode(key)
    except ValueError:
        return
    for start in range(0, len(data) - _ENTRY + 1, _ENTRY):
        yield data[start : start + _NAME], data[start + _NAME : start + _ENTRY]


@lru_cache(maxsize=16_384)
def _name(field: str, key: str) -> bytes:
    return _half(field) + _half(key)


@lru_cache(maxsize=16_384)
def _half(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=_HALF).digest()


def _value(value: Any) -> bytes:
    if isinstance(value, Mapping):
        value = sorted((key, value[key]) for key in value if key != _ORDER)
    text = value if isinstance(value, str) else repr(value)
    return blake2b(text.encode(), digest_size=_VALUE).digest()
