"""Import of experts and cases: read a file, map its columns, show what would happen, and take the good rows.

Taking is one transaction. An `id` in the file becomes the external id; a row without one is known by its content.
A re-import changes a field only where the file says something else than last time (`said`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import MODELS, Kind, Values, build, flatten, wanted
from bren_desktop.domain.rights import Right, require
from bren_desktop.errors import InvalidInputError
from bren_desktop.oplog.registers import top_values
from bren_desktop.services import mapping, said
from bren_desktop.services.cases import KEPT_BY_PROGRAM
from bren_desktop.services.context import Context, author
from bren_desktop.services.mapping import ID, ColumnMapping
from bren_desktop.services.numbers import numbered
from bren_desktop.services.parsing import FieldProblem, first_problem, parse_record
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.tables import ReadTable, Rejection, Table, TableRow

_EDIT = {Kind.CASE: Right.EDIT_CASE, Kind.EXPERT: Right.EDIT_POOL}
_SETTING = "import-mapping:"
_ENTITY_LENGTH = 26
_LONGEST_ID = 200
_TWICE = "Deze regel staat al eerder in het bestand. Alleen de eerste telt."
_SAME_ID = "Dit kenmerk staat al eerder in het bestand. Alleen de eerste regel telt."
_NO_NAME = "Een nieuw pareltje moet een naam hebben."


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A row that can be taken: its record, the fields it speaks about, and the key that it is known by."""

    line: int
    id: str
    content: str
    record: BaseModel
    given: frozenset[str]


@dataclass(frozen=True, slots=True)
class ToCode:
    """A text that no list knew, how often it occurs, and the code that looks most like it (or empty)."""

    field: str
    text: str
    count: int
    suggestion: str


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What taking would do."""

    kind: Kind
    mapping: ColumnMapping
    signature: str
    good: tuple[GoodRow, ...]
    rejected: tuple[Rejection, ...]
    to_code: tuple[ToCode, ...]
    unused_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What taking did: rows that changed something, rows that did not, and the others."""

    imported: int
    unchanged: int
    rejected: tuple[Rejection, ...]
    to_code: tuple[ToCode, ...]


class Importing:
    """Import into one profile. `read_table` is the door to files."""

    def __init__(self, context: Context, read_table: ReadTable) -> None:
        self._context = context
        self._read_table = read_table

    def read(self, path: Path) -> Table:
        """The rows of a file. Raises UnreadableFileError."""
        return self._read_table(path)

    def propose(self, actor: Actor, table: Table, kind: Kind) -> ColumnMapping:
        """The mapping used last for these columns, else one by name."""
        _require(actor, kind)
        with self._context.store.read() as reader:
            remembered = _remembered(reader, kind, table.headers)
        return remembered or mapping.proposed(kind, table.headers)

    def preview(self, actor: Actor, table: Table, columns: ColumnMapping) -> ImportPreview:
        """What `take` would take and what it would not. Changes nothing."""
        _require(actor, columns.kind)
        reading = _Preview(self._context, columns)
        with self._context.store.read() as reader:
            good = [row for each in table.rows if (row := reading.row(each, reader))]
        rejected = sorted([*table.rejected, *reading.rejected], key=lambda each: each.line)
        return ImportPreview(
            columns.kind,
            columns,
            mapping.signature(columns.kind, table.headers),
            tuple(good),
            tuple(rejected),
            tuple(reading.unknown()),
            columns.unused,
        )

    def take(self, actor: Actor, preview: ImportPreview) -> ImportReport:
        """Take the good rows in one transaction, and remember the mapping."""
        _require(actor, preview.kind)
        taking = _Taking(self._context, actor, preview.kind)
        with self._context.store.write(author(actor)) as writer:
            for row in preview.good:
                taking.row(writer, row)
            writer.set_local(_SETTING + preview.signature, preview.mapping.model_dump_json())
        rejected = sorted([*preview.rejected, *taking.rejected], key=lambda each: each.line)
        return ImportReport(taking.imported, taking.unchanged, tuple(rejected), preview.to_code)


def _require(actor: Actor, kind: Kind) -> None:
    if kind not in _EDIT:
        raise InvalidInputError("Alleen casussen en pareltjes kunnen worden geïmporteerd.")
    require(actor, Right.IMPORT)
    require(actor, _EDIT[kind])


def _remembered(reader: Reader, kind: Kind, headers: tuple[str, ...]) -> ColumnMapping | None:
    text = reader.local(_SETTING + mapping.signature(kind, headers))
    try:
        return ColumnMapping.model_validate_json(text) if text else None
    except ValidationError:
        return None


def _entity(context: Context, reader: Reader, kind: Kind, row_id: str, content: str) -> tuple[str, Values]:
    """The entity that a row is about, and what it is now (nothing for a new one)."""
    if len(row_id) == _ENTITY_LENGTH and (registers := reader.registers(kind, row_id)):
        return row_id, top_values(registers)
    entity = context.store.entity_for(kind, row_id or f"content:{content}")
    return entity, top_values(reader.registers(kind, entity))


class _Preview:
    """Reads the rows of one table."""

    def __init__(self, context: Context, columns: ColumnMapping) -> None:
        self._context = context
        self._columns = columns
        self._model = MODELS[columns.kind]
        self._seen: set[str] = set()
        self._unknown: Counter[tuple[str, str]] = Counter()
        self.rejected: list[Rejection] = []

    def row(self, row: TableRow, reader: Reader) -> GoodRow | None:
        raw = self._columns.raw(row.cells)
        if all(value in (None, "", [], {}) for value in raw.values()):
            return None
        parsed = parse_record(self._model, raw)
        self._unknown.update(parsed.to_code)
        if parsed.record is None:
            self._reject(row.line, parsed.problems)
            return None
        row_id = str(getattr(parsed.record, "extern_id", ""))
        good = GoodRow(row.line, row_id, "" if row_id else _content(raw), parsed.record, frozenset(raw) - {ID})
        problem = self._problem(good, reader)
        if problem:
            self._reject(row.line, [problem])
        return None if problem else good

    def _reject(self, number: int, problems: Iterable[FieldProblem]) -> None:
        self.rejected += [Rejection(number, problem.field, problem.reason) for problem in problems]

    def _problem(self, row: GoodRow, reader: Reader) -> FieldProblem | None:
        if len(row.id) > _LONGEST_ID:
            return FieldProblem(ID, f"Het kenmerk is te lang: ten hoogste {_LONGEST_ID} tekens.")
        key = row.id or row.content
        if key in self._seen:
            return FieldProblem(ID, _SAME_ID) if row.id else FieldProblem("", _TWICE)
        self._seen.add(key)
        if self._columns.kind is Kind.EXPERT and not getattr(row.record, "naam", ""):
            _, current = _entity(self._context, reader, self._columns.kind, row.id, row.content)
            return None if current else FieldProblem("naam", _NO_NAME)
        return None

    def unknown(self) -> Iterator[ToCode]:
        """The texts that no list knew, in the order of the fields, the most frequent first."""
        order = {name: index for index, name in enumerate(self._model.model_fields)}
        for (field, text), count in sorted(
            self._unknown.items(), key=lambda each: (order.get(each[0][0], 0), -each[1], each[0][1])
        ):
            yield ToCode(field, text, count, mapping.suggestion(self._columns.kind, field, text))


def _content(raw: Mapping[str, object]) -> str:
    """A fingerprint of what a row says, so that a row without an id is known again."""
    filled = {key: value for key, value in raw.items() if value not in (None, "", [])}
    return sha256(json.dumps(filled, sort_keys=True, default=str).encode(errors="replace")).hexdigest()


class _Taking:
    """Writes good rows, and counts."""

    def __init__(self, context: Context, actor: Actor, kind: Kind) -> None:
        self._context = context
        self._actor = actor
        self._kind = kind
        self._kept = KEPT_BY_PROGRAM if kind is Kind.CASE else frozenset()
        self._team = context.store.entity_for(Kind.TEAM, actor.team)
        self._taken: set[str] = set()
        self.imported = 0
        self.unchanged = 0
        self.rejected: list[Rejection] = []

    def row(self, writer: Writer, row: GoodRow) -> None:
        entity, current = _entity(self._context, writer, self._kind, row.id, row.content)
        if entity in self._taken:
            self.rejected.append(Rejection(row.line, ID, _SAME_ID))
            return
        self._taken.add(entity)
        if current:
            self._bring_up_to_date(writer, entity, current, row)
        else:
            writer.write(self._kind, entity, self._new(writer, row))
            self.imported += 1

    def _bring_up_to_date(self, writer: Writer, entity: str, current: Values, row: GoodRow) -> None:
        spoken = row.given - self._kept
        values = said.merged(current, _theirs(flatten(row.record), spoken), spoken)
        problem = self._invalid(current, values) if values else None
        if problem:
            self.rejected.append(Rejection(row.line, problem.field, problem.reason))
        elif writer.write(self._kind, entity, values) and said.is_visible(current, values):
            self.imported += 1
            self._renumber(writer, entity)
        else:
            self.unchanged += 1

    def _new(self, writer: Writer, row: GoodRow) -> Values:
        record = row.record
        if isinstance(record, Case):
            record = numbered(writer, self._actor, record, self._team)
        values = flatten(record)
        spoken = row.given - self._kept
        return {**values, **said.merged({}, _theirs(values, spoken), spoken)}

    def _invalid(self, current: Values, values: Values) -> FieldProblem | None:
        """Why the record would not be a sound one after merging with what people changed since, if so."""
        after: dict[tuple[str, str], Any] = {**current, **values}
        try:
            build(MODELS[self._kind], {name: value for name, value in after.items() if value is not None})
        except ValidationError as error:
            return first_problem(MODELS[self._kind], error)
        return None

    def _renumber(self, writer: Writer, entity: str) -> None:
        if self._kind is not Kind.CASE:
            return
        before = build(Case, top_values(writer.registers(Kind.CASE, entity)))
        after = numbered(writer, self._actor, before, self._team)
        if after is not before:
            writer.write(Kind.CASE, entity, wanted((), after, KEPT_BY_PROGRAM))


def _theirs(values: Values, given: frozenset[str]) -> dict[tuple[str, str], Any]:
    """What a row says, by field and key; the lists that follow from its fields included."""
    fields = given | {"te_coderen"} | ({"aard_ontbrekend_aanbod"} if "ontbrekend_aanbod" in given else set())
    return {name: value for name, value in values.items() if name[0] in fields}
