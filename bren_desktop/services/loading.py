"""Finding a record by what people call it, and reading it from its registers."""

from __future__ import annotations

from pydantic import BaseModel

from bren_desktop.domain.entities import MODELS, Kind, Model, build
from bren_desktop.errors import NotFoundError
from bren_desktop.oplog.registers import Registers, top_values
from bren_desktop.services.ports import Reader

_NAMES = {Kind.CASE: "casus", Kind.EXPERT: "pareltje", Kind.DOCUMENT: "document", Kind.CONSENT: "toestemming"}


def resolve(reader: Reader, kind: Kind, name: str) -> str:
    """The entity that `name` means: an id as commands print it, or a nummer. Raises NotFoundError."""
    entity = reader.find(kind, name)
    if entity is None:
        what = _NAMES.get(kind, kind.value)
        raise NotFoundError("Er is geen {what} met dit nummer of kenmerk. Controleer het nummer.", what=what)
    return entity


def load(reader: Reader, kind: Kind, model: type[Model], entity: str) -> Model:
    """The record of `entity`. Raises NotFoundError where it does not exist."""
    return built(kind, model, present(reader, kind, entity))


def present(reader: Reader, kind: Kind, entity: str) -> Registers:
    """The registers of an entity that must exist. Raises NotFoundError."""
    registers = reader.registers(kind, entity)
    if not registers:
        raise NotFoundError("Dit bestaat niet (meer). Ververs de lijst.")
    return registers


def built(kind: Kind, model: type[Model], registers: Registers) -> Model:
    """The record that `registers` show."""
    if not issubclass(MODELS[kind], model):
        raise TypeError(f"{kind} is no {model.__name__}")
    return build(model, top_values(registers))


def children(reader: Reader, kind: Kind, model: type[Model], parent: str) -> tuple[tuple[str, Model], ...]:
    """The records of `kind` that hang below `parent`, newest first, each with its entity."""
    return tuple((entity, load(reader, kind, model, entity)) for entity in reader.children(kind, parent))


def changed_fields(before: BaseModel, after: BaseModel) -> frozenset[str]:
    """The names of the fields in which two records of one model differ."""
    return frozenset(name for name in type(before).model_fields if getattr(before, name) != getattr(after, name))
