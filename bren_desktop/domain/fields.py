"""One annotation per field: what it is called, how private it is, and how versions of it merge.

Masking, letters, exports, search and conflict handling all read this annotation; nothing decides it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pydantic import BaseModel


class Sensitivity(StrEnum):
    """How private a field is; the order is from open to closed."""

    NEUTRAL = "neutraal"
    PERSONAL = "persoonlijk"
    SENSITIVE = "gevoelig"
    CRIMINAL = "strafrechtelijk"


class Shape(StrEnum):
    """How concurrent versions of a field live together (see `bren_desktop.oplog`)."""

    SINGLE = "single"
    """One value; concurrent values are all kept until a person settles them."""
    SET = "set"
    """Codes or words; an addition wins over a concurrent removal."""
    ROWS = "rows"
    """Rows with an `id`; each row is a value of its own."""


@dataclass(frozen=True, slots=True)
class Note:
    """The annotation of one field. `vocabulary` names the code list its values come from, if any."""

    label: str
    sensitivity: Sensitivity = Sensitivity.NEUTRAL
    shape: Shape = Shape.SINGLE
    vocabulary: str = ""
    long: bool = False


def neutral(label: str, *, vocabulary: str = "", shape: Shape = Shape.SINGLE, long: bool = False) -> Note:
    """A field that says nothing about a person by itself."""
    return Note(label, Sensitivity.NEUTRAL, shape, vocabulary, long)


def personal(label: str, *, vocabulary: str = "", shape: Shape = Shape.SINGLE) -> Note:
    """A field that identifies a person."""
    return Note(label, Sensitivity.PERSONAL, shape, vocabulary)


def sensitive(label: str, *, vocabulary: str = "", shape: Shape = Shape.SINGLE, long: bool = False) -> Note:
    """A field about health, family or upbringing (AVG art. 9 and what deserves the same care)."""
    return Note(label, Sensitivity.SENSITIVE, shape, vocabulary, long)


def criminal(label: str, *, long: bool = False) -> Note:
    """A field with data of a criminal-law kind (AVG art. 10)."""
    return Note(label, Sensitivity.CRIMINAL, long=long)


@cache
def notes(model: type[BaseModel]) -> Mapping[str, Note]:
    """The annotation of every field of `model`, in the order of the model. Raises TypeError where one lacks it."""
    found: dict[str, Note] = {}
    for name, info in model.model_fields.items():
        note = next((item for item in info.metadata if isinstance(item, Note)), None)
        if note is None:
            raise TypeError(f"{model.__name__}.{name} has no annotation")
        found[name] = note
    return found
