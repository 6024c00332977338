"""How a record becomes registers and back: the one translation between models and what the store holds.

Registers hold plain values only: text, numbers, booleans, ISO dates, and mappings of those for rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from bren_desktop.domain.cases import Case
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.fields import Shape, notes
from bren_desktop.domain.records import Consult, ContactMoment, FiledDocument, Organisation, Person, Team

Values = Mapping[tuple[str, str], Any]
"""Plain values by (field, key): key is empty for a single field, the element of a set, or the id of a row."""
Model = TypeVar("Model", bound=BaseModel)
_ORDER = "n"


class Kind(StrEnum):
    """The kinds of entity in the store."""

    CASE = "casus"
    EXPERT = "pareltje"
    CONSENT = "toestemming"
    CONTACT = "contactmoment"
    CONSULT = "consult"
    DOCUMENT = "document"
    TEAM = "team"
    PERSON = "persoon"
    ORGANISATION = "organisatie"


MODELS: Mapping[Kind, type[BaseModel]] = {
    Kind.CASE: Case,
    Kind.EXPERT: Expert,
    Kind.CONSENT: Consent,
    Kind.CONTACT: ContactMoment,
    Kind.CONSULT: Consult,
    Kind.DOCUMENT: FiledDocument,
    Kind.TEAM: Team,
    Kind.PERSON: Person,
    Kind.ORGANISATION: Organisation,
}

NETWORK_KINDS = frozenset({Kind.EXPERT, Kind.ORGANISATION, Kind.PERSON})
"""What lives in the network space; everything else is the team's."""


@cache
def collections(kind: Kind) -> frozenset[str]:
    """The fields of `kind` that are sets or rows."""
    return frozenset(name for name, note in notes(MODELS[kind]).items() if note.shape is not Shape.SINGLE)


def flatten(record: BaseModel) -> dict[tuple[str, str], Any]:
    """The values of every field that is not empty."""
    found: dict[tuple[str, str], Any] = {}
    for name, note in notes(type(record)).items():
        value = getattr(record, name)
        if note.shape is Shape.SINGLE:
            if value not in (None, ""):
                found[name, ""] = value.isoformat() if isinstance(value, date) else value
        elif note.shape is Shape.SET:
            found.update({(name, element): True for element in value})
        else:
            found.update({(name, row.id): _row(row, index) for index, row in enumerate(value)})
    return found


def _row(row: BaseModel, index: int) -> dict[str, Any]:
    filled = {name: value for name, value in row.model_dump(exclude={"id"}).items() if value not in (None, "")}
    return {**filled, _ORDER: index}


def wanted(before: Iterable[tuple[str, str]], record: BaseModel, fields: Iterable[str] | None = None) -> Values:
    """The values that bring registers named `before` to `record`; None for what is to be emptied or removed.

    With `fields`, only those fields are touched; a field that this version does not know never is.
    """
    known = notes(type(record))
    after: dict[tuple[str, str], Any] = {name: None for name in before if name[0] in known}
    after.update(flatten(record))
    if fields is None:
        return after
    touched = frozenset(fields)
    return {name: value for name, value in after.items() if name[0] in touched}


def build(model: type[Model], values: Values) -> Model:
    """The record that `values` describe. Fields of a newer version that this one does not know are left out."""
    known = notes(model)
    plain: dict[str, Any] = {}
    for (field, key), value in sorted(values.items()):
        if field not in known:
            continue
        if known[field].shape is Shape.SINGLE:
            plain[field] = value
        elif known[field].shape is Shape.SET:
            plain.setdefault(field, []).append(key)
        else:
            plain.setdefault(field, []).append({"id": key, **value})
    for field, rows in plain.items():
        if known[field].shape is Shape.ROWS:
            rows.sort(key=lambda row: (row.pop(_ORDER, 0), row["id"]))
    return model.model_validate(plain)
