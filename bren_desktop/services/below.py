"""Filing and amending what hangs below a case: the one way in for every such record."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind, flatten, wanted
from bren_desktop.domain.rights import Right, require
from bren_desktop.oplog.registers import Registers
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import present, stored
from bren_desktop.services.ports import Writer
from bren_desktop.services.rows import Changes


def file(context: Context, actor: Actor, right: Right, kind: Kind, case: str, record: BaseModel) -> str:
    """File a new record with a case, which must exist. Returns its entity."""
    require(actor, right)
    with context.store.write(author(actor)) as writer:
        return file_in(writer, context, kind, case, record)


def file_in(writer: Writer, context: Context, kind: Kind, case: str, record: BaseModel) -> str:
    """The same within a transaction that does more."""
    present(writer, Kind.CASE, case)
    entity = context.store.new_entity()
    writer.write(kind, entity, flatten(record.model_copy(update={"casus": case})))
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
        registers = present(writer, kind, entity) if seen is None else seen
        writer.write(kind, entity, wanted(stored(registers), record, fields), seen)
        return writer.changes
