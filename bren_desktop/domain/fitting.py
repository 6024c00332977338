"""A record from stored values, whatever they are: merged, grown older than today's rules, or from a newer version.

What does not fit is left out of the record, as little as possible of it: one value, one element of a set, one part of
a row. It stays in the registers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bren_desktop.domain.fields import Shape, notes

Model = TypeVar("Model", bound=BaseModel)


def fitting(model: type[Model], plain: Mapping[str, Any]) -> tuple[Model, frozenset[str]]:
    """The record of `plain`, and the fields of which something was left out."""
    try:
        return model.model_validate(plain), frozenset()
    except ValidationError:
        kept = {field: _kept(model, field, value) for field, value in plain.items()}
    found = {field: value for field, value in kept.items() if value is not None}
    return model.model_validate(found), frozenset(field for field in plain if kept[field] != plain[field])


def _kept(model: type[BaseModel], field: str, value: Any) -> Any:
    """What of `value` fits; None for nothing."""
    shape = notes(model)[field].shape
    if shape is Shape.SINGLE:
        return value if _fits(model, field, value) else None
    elements: Iterable[Any] = value if shape is Shape.SET else (_kept_row(model, field, row) for row in value)
    return [element for element in elements if _fits(model, field, [element])]


def _kept_row(model: type[BaseModel], field: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in row.items() if _fits(model, field, [{name: part}])}


def _fits(model: type[BaseModel], field: str, value: Any) -> bool:
    try:
        model.model_validate({field: value})
    except ValidationError:
        return False
    return True
