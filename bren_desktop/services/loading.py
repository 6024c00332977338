"""Finding a record by what people call it, and reading it from its registers."""

from __future__ import annotations

import logging

from bren_desktop.domain.entities import MODELS, Kind, Values, read_back
from bren_desktop.domain.fitting import Model
from bren_desktop.errors import NotFoundError, ReadOnlyError
from bren_desktop.oplog.clock import milliseconds
from bren_desktop.oplog.registers import Registers, top_values
from bren_desktop.services.ports import Reader

_LIKELY = 20
_log = logging.getLogger(__name__)
_NAMES = {Kind.CASE: "casus", Kind.EXPERT: "pareltje", Kind.DOCUMENT: "document", Kind.CONSENT: "toestemming"}


def resolve(reader: Reader, kind: Kind, name: str) -> str:
    """The entity that `name` means: an id as commands print it, or a nummer, an earlier one too, else NotFoundError."""
    entity = reader.find(kind, name) or reader.find(kind, name.strip().upper())
    if entity is None and kind is Kind.CASE:
        entity = _by_earlier_number(reader, name.strip().upper())
    if entity is None:
        what = _NAMES.get(kind, kind.value)
        raise NotFoundError("Er is geen {what} met dit nummer of kenmerk. Controleer het nummer.", what=what)
    return entity


def _by_earlier_number(reader: Reader, number: str) -> str | None:
    """The case that had this number before the one it has now: people noted it, and commands printed it."""
    for hit in reader.search(number, (Kind.CASE,), _LIKELY):
        if top_values(reader.registers(Kind.CASE, hit.entity)).get(("eerder_kenmerk", "")) == number:
            return hit.entity
    return None


def load(reader: Reader, kind: Kind, model: type[Model], entity: str) -> Model:
    """The record of `entity`. Raises NotFoundError where it does not exist."""
    return built(kind, model, present(reader, kind, entity))


def present(reader: Reader, kind: Kind, entity: str) -> Registers:
    """The registers of an entity that must exist. Raises NotFoundError."""
    registers = reader.registers(kind, entity)
    if not registers:
        raise NotFoundError("Dit bestaat niet (meer). Ververs de lijst.")
    return registers


def writable(reader: Reader, kind: Kind, entity: str) -> None:
    """Raise ReadOnlyError for a record in a space that this laptop is out of."""
    if entity in reader.read_only(kind):
        raise ReadOnlyError


def built(kind: Kind, model: type[Model], registers: Registers) -> Model:
    """The record that `registers` show."""
    return described(kind, model, top_values(registers))


def described(kind: Kind, model: type[Model], values: Values) -> Model:
    """The record that `values` describe."""
    if not issubclass(MODELS[kind], model):
        raise TypeError(f"{kind} is no {model.__name__}")
    record, left_out = read_back(model, values)
    if left_out:
        _log.warning("%s: values that do not fit were left out of %s", kind.value, ", ".join(sorted(left_out)))
    return record


def stored(registers: Registers) -> Values:
    """Every register with its value; None where it is empty."""
    return {**dict.fromkeys(registers), **top_values(registers)}


def last_change(reader: Reader, entity: str) -> tuple[str, int]:
    """Who changed a record last, and when."""
    last = next(iter(reader.history(entity, 1)), None)
    return (last.author.name, milliseconds(last.clock)) if last else ("", 0)


def children(reader: Reader, kind: Kind, model: type[Model], parent: str) -> tuple[tuple[str, Model], ...]:
    """The records of `kind` that hang below `parent`, newest first, each with its entity."""
    return tuple((entity, load(reader, kind, model, entity)) for entity in reader.children(kind, parent))
