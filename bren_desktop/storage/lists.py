"""The case list and the pool: filters, orders, pages, counts and facets, all in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, func, literal_column, or_, select

from bren_desktop.domain.entities import Kind
from bren_desktop.domain.vocabulary import folded
from bren_desktop.services.rows import CaseFilter, CaseRow, ExpertFilter, ExpertRow, Page
from bren_desktop.storage import schema
from bren_desktop.storage.records import Records
from bren_desktop.storage.search import filter_query, matching
from bren_desktop.storage.spaces import row_range

_CASES, _EXPERTS, _TAG, _ACCESS = schema.case_row, schema.expert_row, schema.tag.c, schema.case_access.c
CASE_FIELDS = tuple(field.name for field in fields(CaseRow) if field.name in schema.case_row.c)
_EXPERT_FIELDS = tuple(field.name for field in fields(ExpertRow))
_SORTED_AS = {"naam": "sort_naam", "organisatie": "sort_organisatie"}
_NAMESAKES = 20

Conditions = list[ColumnElement[bool]]


class Lists(Records):
    """The part of a reader that lists."""

    def cases(self, wanted: CaseFilter, page: Page) -> Sequence[CaseRow]:
        return self._case_rows(self._page(_CASES, CASE_FIELDS, self._case_conditions(wanted), page, "-changed_ms"))

    def count_cases(self, wanted: CaseFilter) -> int:
        return self._count(_CASES, self._case_conditions(wanted))

    def case_row(self, entity: str) -> CaseRow | None:
        rows = self._page(_CASES, CASE_FIELDS, [_is(_CASES, Kind.CASE, entity), self._sight.cases], Page(), "nummer")
        return next(iter(self._case_rows(rows)), None)

    def numbered_cases(self, numbers: Sequence[int]) -> Mapping[int, CaseRow]:
        columns = (*(_CASES.c[name] for name in CASE_FIELDS), _CASES.c.rec)
        found = self._sql.execute(select(*columns).where(_CASES.c.rec.in_(numbers), self._sight.cases)).all()
        rows = self._case_rows(plain(CASE_FIELDS, (line[:-1] for line in found)))
        return {line.rec: row for line, row in zip(found, rows, strict=True)}

    def _case_conditions(self, wanted: CaseFilter) -> Conditions:
        return [self._sight.cases, *_case_conditions(wanted)]

    def _case_rows(self, rows: Iterable[Mapping[str, Any]]) -> list[CaseRow]:
        shut, found = self.read_only(Kind.CASE), list(rows)
        persons = self._persons([row["entity"] for row in found])
        return [
            CaseRow(**row, read_only=row["entity"] in shut, persons=tuple(persons.get(row["entity"], ())))
            for row in found
        ]

    def _persons(self, cases: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """To whom each of these cases is assigned."""
        mine = select(schema.rec.c.id).where(schema.rec.c.kind == Kind.CASE.value, schema.rec.c.entity.in_(cases))
        wanted = select(_ACCESS.casus, _ACCESS.person).where(_ACCESS.rec.in_(mine), _ACCESS.begun == "")
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in self._sql.execute(wanted.order_by(_ACCESS.person)):
            found[row.casus].append(row.person)
        return found

    def experts(self, wanted: ExpertFilter, page: Page) -> Sequence[ExpertRow]:
        rows = self._page(_EXPERTS, _EXPERT_FIELDS, _expert_conditions(wanted), page, "naam")
        return [ExpertRow(**row) for row in rows]

    def count_experts(self, wanted: ExpertFilter) -> int:
        return self._count(_EXPERTS, _expert_conditions(wanted))

    def expert_row(self, entity: str) -> ExpertRow | None:
        rows = self._page(_EXPERTS, _EXPERT_FIELDS, [_is(_EXPERTS, Kind.EXPERT, entity)], Page(), "naam")
        return next((ExpertRow(**row) for row in rows), None)

    def facets(self, wanted: ExpertFilter) -> Mapping[str, Mapping[str, int]]:
        """Each facet counts what the other facets leave, so that a second code in it shows what it would add."""
        return {
            "expertise": self._tagged("expertise", replace(wanted, expertise=())),
            "domeinen": self._tagged("domeinen", replace(wanted, domeinen=())),
            "regio": self._tagged("regio", replace(wanted, regios=())),
            "soort": self._valued("soort", replace(wanted, soorten=())),
            "beschikbaarheid": self._valued("beschikbaarheid", replace(wanted, beschikbaarheid=())),
            "raamovereenkomst": self._valued("agreed", replace(wanted, raamovereenkomst=None)),
        }

    def namesakes(self, surname: str, born: str, first_name: str) -> Sequence[CaseRow]:
        """Those who share most come first: birth date, then first name."""
        name, given = folded(surname), folded(first_name)
        if not name:
            return []
        alike = [
            func.coalesce(_CASES.c.geboortedatum == born, False).desc(),
            (_CASES.c.first_name == given).desc(),
            _CASES.c.changed_ms.desc(),
        ]
        columns = [_CASES.c[field] for field in CASE_FIELDS]
        wanted = select(*columns).where(_CASES.c.surname == name, self._sight.cases).order_by(*alike).limit(_NAMESAKES)
        return self._case_rows(plain(CASE_FIELDS, self._sql.execute(wanted)))

    def _page(
        self, source: Table, names: Sequence[str], conditions: Conditions, page: Page, usual: str
    ) -> Iterator[dict[str, Any]]:
        wanted = select(*(source.c[name] for name in names)).where(*conditions)
        wanted = wanted.order_by(*_order(source, names, page.order or usual)).limit(page.limit).offset(page.offset)
        return plain(names, self._sql.execute(wanted))

    def _count(self, source: Table, conditions: Conditions) -> int:
        return self._sql.scalar(select(func.count()).select_from(source).where(*conditions)) or 0

    def _tagged(self, field: str, wanted: ExpertFilter) -> Mapping[str, int]:
        counted = select(_TAG.code, func.count()).where(_TAG.field == field, _TAG.rec.between(*row_range(Kind.EXPERT)))
        conditions = _expert_conditions(wanted)
        if conditions:
            counted = counted.where(_TAG.rec.in_(select(_EXPERTS.c.rec).where(*conditions)))
        return {row[0]: row[1] for row in self._sql.execute(counted.group_by(_TAG.code))}

    def _valued(self, name: str, wanted: ExpertFilter) -> Mapping[str, int]:
        value = _EXPERTS.c[name]
        counted = select(value, func.count()).where(value != "", *_expert_conditions(wanted)).group_by(value)
        return {row[0]: row[1] for row in self._sql.execute(counted)}


def _is(source: Table, kind: Kind, entity: str) -> ColumnElement[bool]:
    rec = schema.rec.c
    number = select(rec.id).where(rec.kind == kind.value, rec.entity == entity).scalar_subquery()
    return source.c.rec == number


def _order(source: Table, names: Collection[str], order: str) -> list[ColumnElement[Any]]:
    name = order.removeprefix("-")
    if name not in names:
        raise ValueError("no such order")
    columns = (source.c[_SORTED_AS.get(name, name)], source.c.rec)
    return [column.desc() if order.startswith("-") else column.asc() for column in columns]


def plain(names: Sequence[str], rows: Any) -> Iterator[dict[str, Any]]:
    """The rows of a list as values by name."""
    readers = [(index, name, _READERS[name]) for index, name in enumerate(names) if name in _READERS]
    for row in rows:
        values = dict(zip(names, row, strict=True))
        for index, name, reader in readers:
            values[name] = reader(row[index])
        yield values


def _words(value: str) -> tuple[str, ...]:
    return tuple(value.split("\n")) if value else ()


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("knelpunten", "regios", "expertise", "domeinen", "talen"), _words),
    **dict.fromkeys(("datum_aanmelding", "geboortedatum", "beschikbaar_vanaf", "afwezig_tot"), _day),
    "profiel_gecontroleerd": _day,
    "landelijk_inzetbaar": _flag,
}
"""How a column becomes a value again, where it is not one already."""


def _case_conditions(wanted: CaseFilter) -> Conditions:
    found = _among(_CASES, {"status": wanted.statuses, "urgentie": wanted.urgenties, "regio": wanted.regios})
    if wanted.knelpunten:
        found.append(_has_tag(_CASES, "knelpunten", wanted.knelpunten))
    if wanted.behandelaar:
        found.append(_CASES.c.behandelaar == wanted.behandelaar)
    if wanted.needs_attention:
        found.append(or_(_CASES.c.conflicts > 0, _CASES.c.to_code > 0))
    if wanted.born_between is not None:
        first, last = wanted.born_between
        found.append(_CASES.c.geboortedatum.between(first.isoformat(), last.isoformat()))
    return found + _text(_CASES, Kind.CASE, wanted.text)


def _expert_conditions(wanted: ExpertFilter) -> Conditions:
    found = _among(_EXPERTS, {"soort": wanted.soorten, "beschikbaarheid": wanted.beschikbaarheid})
    tagged = {"expertise": wanted.expertise, "domeinen": wanted.domeinen, "regio": wanted.regios}
    found += [_has_tag(_EXPERTS, field, codes) for field, codes in tagged.items() if codes]
    if wanted.raamovereenkomst is not None:
        found.append(_EXPERTS.c.agreed == ("ja" if wanted.raamovereenkomst else "nee"))
    if wanted.stale_before is not None:
        found.append(func.coalesce(_EXPERTS.c.profiel_gecontroleerd, "") < wanted.stale_before.isoformat())
    return found + _text(_EXPERTS, Kind.EXPERT, wanted.text)


def _among(source: Table, wanted: Mapping[str, Sequence[str]]) -> Conditions:
    return [source.c[name].in_(values) for name, values in wanted.items() if values]


def _has_tag(source: Table, field: str, codes: Sequence[str]) -> ColumnElement[bool]:
    return source.c.rec.in_(select(_TAG.rec).where(_TAG.field == field, _TAG.code.in_(codes)))


def _text(source: Table, kind: Kind, text: str) -> Conditions:
    if not text.strip():
        return []
    asked = filter_query(text)
    if asked is None:
        return [literal_column("0") == 1]
    return [source.c.rec.in_(matching(*asked, kind))]
