"""Records that get new names: every text that holds an old one follows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bren_desktop.domain.entities import Values

_NAME = re.compile(r"(?<![a-z2-7])[a-z2-7]{26}(?![a-z2-7])")


def followed(values: Values, names: Mapping[str, str]) -> dict[tuple[str, str], Any]:
    """`values` with every old name in them, keys too, replaced by its new one."""
    return {(field, renamed(key, names)): _value(value, names) for (field, key), value in values.items()}


def renamed(text: str, names: Mapping[str, str]) -> str:
    """`text` with every old name in it replaced by its new one."""
    return _NAME.sub(lambda found: names.get(found[0], found[0]), text)


def _value(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return renamed(value, names)
    if isinstance(value, list):
        return [_value(part, names) for part in value]
    if isinstance(value, dict):
        return {key: _value(part, names) for key, part in value.items()}
    return value
