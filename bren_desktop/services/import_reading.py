"""The rows of a file, one by one, as records that can be taken or reasons why not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from pydantic import BaseModel

from bren_desktop.domain.entities import MODELS, Kind, Values
from bren_desktop.domain.states import NEVER_GIVEN, State
from bren_desktop.domain.vocabulary import TO_CODE
from bren_desktop.oplog.registers import top_values
from bren_desktop.services.context import Context
from bren_desktop.services.mapping import ID, ColumnMapping, suggestion
from bren_desktop.services.parsing import FieldProblem, parse_record
from bren_desktop.services.ports import Reader
from bren_desktop.services.tables import Rejection, TableRow

SAME_ID = "Dit kenmerk staat al eerder in het bestand. Alleen de eerste regel telt."
_TWICE = "Deze regel staat al eerder in het bestand. Alleen de eerste telt."
_NO_NAME = "Een nieuw pareltje moet een naam hebben."
_NO_STORY = "Een nieuwe casus moet een omschrijving of een hulpvraag hebben."
_NEVER_GIVEN = (
    "Deze status krijgt een casus niet uit een bestand. Overbrugging en escalatie lopen naast een status: "
    "vul in hoever de casus is."
)
_UNPLACED = (
    "Geen lijst kent deze status. De casus begint als concept, of als aangemeld waar niets ontbreekt. Wat er stond, "
    "blijft bij de casus staan tot iemand de volgende stap zet."
)
_ENTITY_LENGTH = 26
_LONGEST_ID = 200


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


def entity_of(context: Context, reader: Reader, kind: Kind, row: GoodRow) -> tuple[str, Values]:
    """The entity that a row is about, and what it is now (nothing for a new one)."""
    if len(row.id) == _ENTITY_LENGTH and (registers := reader.registers(kind, row.id)):
        return row.id, top_values(registers)
    entity = context.store.entity_for(kind, row.id or f"content:{row.content}")
    return entity, top_values(reader.registers(kind, entity))


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, context: Context, columns: ColumnMapping) -> None:
        self._context = context
        self._columns = columns
        self._model = MODELS[columns.kind]
        self._today = context.today()
        self._seen: set[str] = set()
        self._unknown: Counter[tuple[str, str]] = Counter()
        self.rejected: list[Rejection] = []
        self.noted: list[Rejection] = []

    def row(self, row: TableRow, reader: Reader) -> GoodRow | None:
        raw = self._columns.raw(row.cells)
        if all(value in (None, "", [], {}) for value in raw.values()):
            return None
        parsed = parse_record(self._model, raw, today=self._today)
        self._unknown.update(parsed.to_code)
        if parsed.record is None:
            self._reject(row.line, parsed.problems)
            return None
        row_id = str(getattr(parsed.record, "extern_id", ""))
        good = GoodRow(row.line, row_id, "" if row_id else _content(row.cells), parsed.record, frozenset(raw) - {ID})
        problem = self._problem(good, reader)
        if problem:
            self._reject(row.line, [problem])
            return None
        return self._placed(good, reader)

    def _placed(self, row: GoodRow, reader: Reader) -> GoodRow:
        """A case of which no list knows the state begins as one without: from there every step is possible."""
        if getattr(row.record, "status", "") != TO_CODE:
            return row
        if not entity_of(self._context, reader, self._columns.kind, row)[1]:
            self.noted.append(Rejection(row.line, "status", _UNPLACED))
        return replace(row, record=row.record.model_copy(update={"status": State.CONCEPT.value}))

    def _reject(self, number: int, problems: Iterable[FieldProblem]) -> None:
        self.rejected += [Rejection(number, problem.field, problem.reason) for problem in problems]

    def _problem(self, row: GoodRow, reader: Reader) -> FieldProblem | None:
        if len(row.id) > _LONGEST_ID:
            return FieldProblem(ID, f"Het kenmerk is te lang: ten hoogste {_LONGEST_ID} tekens.")
        key = row.id or row.content
        if key in self._seen:
            return FieldProblem(ID, SAME_ID) if row.id else FieldProblem("", _TWICE)
        self._seen.add(key)
        lacking = _lacking(self._columns.kind, row)
        if lacking and entity_of(self._context, reader, self._columns.kind, row)[1]:
            return None
        return lacking

    def unknown(self) -> Iterator[ToCode]:
        """The texts that no list knew, in the order of the fields, the most frequent first."""
        order = {name: index for index, name in enumerate(self._model.model_fields)}
        for (field, text), count in sorted(
            self._unknown.items(), key=lambda each: (order.get(each[0][0], 0), -each[1], each[0][1])
        ):
            yield ToCode(field, text, count, suggestion(self._columns.kind, field, text))


def _lacking(kind: Kind, row: GoodRow) -> FieldProblem | None:
    """Why a row cannot become a new record."""
    if kind is Kind.EXPERT and not getattr(row.record, "naam", ""):
        return FieldProblem("naam", _NO_NAME)
    if kind is Kind.CASE and row.given.isdisjoint({"omschrijving", "hulpvraag"}):
        return FieldProblem("omschrijving", _NO_STORY)
    if kind is Kind.CASE and getattr(row.record, "status", "") in NEVER_GIVEN:
        return FieldProblem("status", _NEVER_GIVEN)
    return None


def _content(cells: Mapping[str, object]) -> str:
    """A fingerprint of a row as it stands in the file: one without an id is known again however it is mapped."""
    filled = {key: value for key, value in cells.items() if value not in (None, "", [])}
    return sha256(json.dumps(filled, sort_keys=True).encode(errors="replace")).hexdigest()
