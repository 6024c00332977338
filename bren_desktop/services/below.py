"""Filing and amending what hangs below a case: the one way in for every such record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic

from pydantic import BaseModel

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Row
from bren_desktop.domain.entities import Kind, flatten, wanted
from bren_desktop.domain.fields import Shape, notes
from bren_desktop.domain.fitting import Model
from bren_desktop.domain.rights import Right, require
from bren_desktop.errors import InvalidInputError
from bren_desktop.oplog.registers import Registers
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import built, present, stored
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.rows import Changes


@dataclass(frozen=True, slots=True)
class Filed(Generic[Model]):
    """A record below a case, and what its reader saw of it: that goes back at saving."""

    entity: str
    record: Model
    seen: Registers


def filed(reader: Reader, kind: Kind, model: type[Model], case: str) -> tuple[Filed[Model], ...]:
    """The records of `kind` below a case, the last begun first."""
    return tuple(_filed_as(reader, kind, model, entity) for entity in reader.children(kind, case))


def file(context: Context, actor: Actor, right: Right, kind: Kind, case: str, record: BaseModel) -> str:
    """File a new record with a case, which must exist. Returns its entity."""
    require(actor, right)
    with context.store.write(author(actor)) as writer:
        return file_in(writer, context, kind, case, record)


def file_in(writer: Writer, context: Context, kind: Kind, case: str, record: BaseModel) -> str:
    """The same within a transaction that does more."""
    present(writer, Kind.CASE, case)
    entity = context.store.new_entity()
    whole = identified(record, context).model_copy(update={"casus": case})
    writer.write(kind, entity, flatten(whole))
    return entity


def amend(
    context: Context,
    actor: Actor,
    right: Right,
    kind: Kind,
    entity: str,
    record: BaseModel,
    fields: Iterable[str],
    seen: Registers | None = None,
) -> Changes:
    """Bring these fields of a record to what `record` says. `seen`: what its author had before them."""
    require(actor, right)
    with context.store.write(author(actor)) as writer:
        return amend_in(writer, context, kind, entity, record, fields, seen)


def amend_in(
    writer: Writer,
    context: Context,
    kind: Kind,
    entity: str,
    record: BaseModel,
    fields: Iterable[str],
    seen: Registers | None = None,
) -> Changes:
    """The same within a transaction that does more."""
    registers = present(writer, kind, entity)
    before = stored(registers if seen is None else seen)
    writer.write(kind, entity, wanted(before, identified(record, context), fields), seen)
    return writer.changes


def refuse(faults: Iterable[tuple[str, str]]) -> None:
    """Raise InvalidInputError for the first of these: a field, and what is wrong with it in a sentence."""
    for field, sentence in faults:
        raise InvalidInputError("{reden}", field=field, reden=sentence)


def refused(field: str, reason: str) -> InvalidInputError:
    """What to raise where a new record does not hold: why in a sentence, and that nothing was recorded."""
    return InvalidInputError("{reden} Er is niets vastgelegd.", field=field, reden=reason)


def _filed_as(reader: Reader, kind: Kind, model: type[Model], entity: str) -> Filed[Model]:
    registers = present(reader, kind, entity)
    return Filed(entity, built(kind, model, registers), registers)


def identified(record: Model, context: Context) -> Model:
    """`record` with an id for every row that has none yet."""
    rows: dict[str, tuple[Row, ...]] = {}
    for name, note in notes(type(record)).items():
        value: tuple[Row, ...] = getattr(record, name)
        if note.shape is Shape.ROWS and any(not row.id for row in value):
            rows[name] = tuple(
                row if row.id else row.model_copy(update={"id": context.store.new_entity()}) for row in value
            )
    return record.model_copy(update=rows) if rows else record
