"""Writing good rows into the store, one by one, so that what people changed since survives."""

from __future__ import annotations

from typing import Any

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import MODELS, Kind, Values, build, flatten
from bren_desktop.services import said
from bren_desktop.services.context import Context
from bren_desktop.services.course import keep_number
from bren_desktop.services.import_reading import SAME_ID, GoodRow, entity_of
from bren_desktop.services.mapping import ID
from bren_desktop.services.numbers import KEPT_BY_PROGRAM, numbered
from bren_desktop.services.parsing import FieldProblem, standing_problems, validated
from bren_desktop.services.ports import Writer
from bren_desktop.services.tables import Rejection


class RowTaker:
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
        entity, current = entity_of(self._context, writer, self._kind, row)
        if entity in self._taken:
            self.rejected.append(Rejection(row.line, ID, SAME_ID))
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
            if self._kind is Kind.CASE:
                keep_number(writer, self._context, self._actor, entity)
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
        """Why the record would be less sound after merging with what people changed since, if so."""
        after: dict[tuple[str, str], Any] = {**current, **values}
        model = MODELS[self._kind]
        record = build(model, {name: value for name, value in after.items() if value is not None})
        _, problems = validated(model, dict(record), self._context.today())
        standing = standing_problems(build(model, current), self._context.today()) if problems else ()
        return next((each for each in problems if each not in standing), None)


def _theirs(values: Values, given: frozenset[str]) -> dict[tuple[str, str], Any]:
    """What a row says, by field and key; the lists that follow from its fields included."""
    fields = given | {"te_coderen"} | ({"aard_ontbrekend_aanbod"} if "ontbrekend_aanbod" in given else set())
    return {name: value for name, value in values.items() if name[0] in fields}
