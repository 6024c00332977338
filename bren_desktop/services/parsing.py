"""From a raw record (a file's row, a JSON object, a form) to a case or an expert, or to Dutch reasons why not.

Values of a list may be code, label or alias. What no list knows becomes "overig, te coderen" with a row in
`te_coderen` that holds the text (decision 6); the record is not refused for it, unless it has no place for that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from bren_desktop.domain.cases import Case, Row, ToCodeRow
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.fields import Note, Shape, notes
from bren_desktop.domain.values import LONGEST_LINE, dutch_reason
from bren_desktop.domain.vocabulary import TO_CODE
from bren_desktop.errors import InvalidInputError
from bren_desktop.services.coding import code_for, codes_for, json_in, known_place, line, pieces, stable_id

M = TypeVar("M", bound=BaseModel)

_UNKNOWN = "Dit veld is hier niet bekend."
_UNLISTED = "Kies een waarde uit de lijst."
_GAPS = "aard_ontbrekend_aanbod"
_WHOLE_RECORD: Mapping[type[BaseModel], str] = {Case: "geboortedatum", Expert: "leeftijd_van"}
"""The field that a rule over several fields is reported at."""
_LONGEST_ID = 100
_FIELD = re.compile(r"[a-z_]{1,40}")


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """Why the value of one field cannot be taken. The reason never repeats the value."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Parsed(Generic[M]):
    """The record, or None and the problems. `to_code` lists (field, text) for what no list knew."""

    record: M | None
    problems: tuple[FieldProblem, ...]
    to_code: tuple[tuple[str, str], ...]


def parse_record(model: type[M], raw: Mapping[str, object], *, today: date, strict: bool = False) -> Parsed[M]:
    """Read `raw`, entered `today`; `id` becomes `extern_id`. Unknown keys are ignored, or problems with `strict`."""
    reading = _Reading(raw)
    plain = {name: reading.value(name, note, raw[name]) for name, note in _present(model, raw)}
    _add_rows(plain, _GAPS, reading.gaps)
    codes_later = "te_coderen" in notes(model)
    if codes_later:
        _add_rows(plain, "te_coderen", [_to_code_row(*unknown) for unknown in reading.to_code])
    if raw.get("id") not in (None, ""):
        plain["extern_id"] = raw["id"]
    record, problems = validated(model, plain, today)
    if not codes_later:
        problems = (*(FieldProblem(name, _UNLISTED) for name, _ in reading.to_code), *problems)
    if strict:
        known = notes(model).keys() | {"id"}
        problems += tuple(FieldProblem(str(key), _UNKNOWN) for key in raw if key not in known)
    return Parsed(None if problems else record, problems, tuple(reading.to_code))


def parse_strict(model: type[M], raw: Mapping[str, object], *, today: date) -> M:
    """The record in `raw`. Raises InvalidInputError for the first problem, an unknown key included."""
    parsed = parse_record(model, raw, today=today, strict=True)
    if parsed.record is None:
        first = parsed.problems[0]
        note = notes(model).get(first.field)
        raise InvalidInputError(
            "{name}: {reason}", field=first.field, name=note.label if note else _key(first.field), reason=first.reason
        )
    return parsed.record


def _key(name: str) -> str:
    """What may be a field by its name; nothing that a person wrote in the wrong place."""
    return name if _FIELD.fullmatch(name) else "Een van de velden"


def parse_field(before: M, name: str, raw: object, *, today: date) -> M:
    """`before` with one field read from `raw`, and `te_coderen` to match. Raises InvalidInputError."""
    parsed = parse_record(type(before), {name: raw}, today=today)
    problems = parsed.problems
    if parsed.record is not None:
        rows: tuple[ToCodeRow, ...] = getattr(before, "te_coderen", ())
        kept = [row for row in rows if row.veld != name]
        new = {name: getattr(parsed.record, name), "te_coderen": (*kept, *getattr(parsed.record, "te_coderen", ()))}
        _, problems = validated(type(before), {**dict(before), **new}, today)
        standing = standing_problems(before, today) if problems else ()
        problems = tuple(each for each in problems if each.field == name or each not in standing)
        if not problems:
            return before.model_copy(update=new)
    raise InvalidInputError("{reason}", field=name, reason=problems[0].reason)


def standing_problems(before: BaseModel, today: date) -> tuple[FieldProblem, ...]:
    """What is wrong with a record already: a young person who turned 28 since must not stop every other change."""
    return validated(type(before), dict(before), today)[1]


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, Note], ...]:
    return tuple(notes(model).items())


def _present(model: type[BaseModel], raw: Mapping[str, object]) -> Iterator[tuple[str, Note]]:
    return ((name, note) for name, note in _plan(model) if raw.get(name) not in (None, "", [], ()))


def validated(model: type[M], plain: Mapping[str, object], today: date) -> tuple[M | None, tuple[FieldProblem, ...]]:
    """The record, or None and what is wrong with it, by the rules of entering it `today`."""
    try:
        return model.model_validate(plain, context={"today": today}), ()
    except ValidationError as error:
        return None, _problems(model, error)


def _problems(model: type[BaseModel], error: ValidationError) -> tuple[FieldProblem, ...]:
    found: dict[str, FieldProblem] = {}
    for each in error.errors(include_url=False, include_input=False):
        name = str(each["loc"][0]) if each["loc"] else _WHOLE_RECORD.get(model, "")
        name = "id" if name == "extern_id" else name
        found.setdefault(name, FieldProblem(name, dutch_reason(each)))
    return tuple(found.values())


def _add_rows(plain: dict[str, Any], name: str, rows: list[dict[str, object]]) -> None:
    """Put `rows` behind those given in field `name`; what is no list of rows stays, to be reported."""
    given = plain.get(name, [])
    if rows and isinstance(given, list):
        plain[name] = _by_id([*given, *rows])


def _to_code_row(name: str, text: str) -> dict[str, object]:
    return {"id": stable_id("te_coderen", name, text), "veld": name, "tekst": text}


def _by_id(rows: list[Any]) -> list[Any]:
    """`rows` with only the first of those that share an id."""
    found: dict[object, Any] = {}
    for index, row in enumerate(rows):
        found.setdefault(row.get("id") if isinstance(row, dict) else index, row)
    return list(found.values())


@dataclass(slots=True)
class _Reading:
    """Reads the fields of one raw record, and gathers what is still to be coded."""

    raw: Mapping[str, object]
    to_code: dict[tuple[str, str], None] = field(default_factory=dict)
    gaps: list[dict[str, object]] = field(default_factory=list)

    def value(self, name: str, note: Note, value: object) -> Any:
        if note.shape is Shape.ROWS:
            return self._rows(name, value)
        if note.shape is Shape.SET:
            return self._set(name, note.vocabulary, pieces(value))
        if name == "gemeente":
            return self._place(value)
        return self._code(name, note.vocabulary, value) if note.vocabulary else value

    def _code(self, name: str, codes: str, value: object) -> object:
        if not isinstance(value, str | int | float):
            return value
        text = line(value)
        code = code_for(codes, text) if text else ""
        return self._unknown(name, text) if code is None else code

    def _unknown(self, name: str, text: str) -> str:
        if len(text) > LONGEST_LINE:
            return text
        self.to_code[name, text] = None
        return TO_CODE

    def _place(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        text = line(value)
        known = known_place(text)
        if known is None and text and "te_coderen" not in self.raw:
            self._unknown("gemeente", text)
        return known or text

    def _set(self, name: str, codes: str, values: object) -> object:
        if not codes or not isinstance(values, list | tuple | set | frozenset):
            return values
        found: list[object] = []
        for element in values:
            if isinstance(element, Mapping):
                found += self._gap(name, codes, element)
            elif isinstance(element, str | int | float):
                found += self._codes(name, codes, line(element))
            else:
                found.append(element)
        return found

    def _codes(self, name: str, codes: str, text: str) -> tuple[str, ...]:
        return (codes_for(codes, text) or (self._unknown(name, text),)) if text else ()

    def _gap(self, name: str, codes: str, element: Mapping[Any, object]) -> list[object]:
        """`{code, aard, hiaat, verfijning}` of one missing provision: its codes, and a row for its nature."""
        if name != "ontbrekend_aanbod":
            return [element]
        found = self._codes(name, codes, line(element.get("code")))
        finer = pieces(element.get("verfijning") or ())
        if isinstance(finer, list | tuple) and any(isinstance(each, Mapping) for each in finer):
            return [element]
        nature = {"aard": element.get("aard"), "hiaat": element.get("hiaat")}
        if found and any(nature.values()):
            self.gaps.append(self._nature({"id": found[0], **nature}))
        finer_codes = self._set(name, codes, finer)
        return [*found, *(finer_codes if isinstance(finer_codes, list) else [finer_codes])]

    def _nature(self, row: dict[str, object]) -> dict[str, object]:
        """`row` with codes; its id is the code of the provision that it tells about."""
        lists = {"aard": "aard_ontbrekend_aanbod", "hiaat": "soort_hiaat"}
        coded = {key: self._code(_GAPS, lists[key], value) for key, value in row.items() if key in lists and value}
        provision = line(row.get("id"))
        return {**row, **coded, "id": code_for("ontbrekend_aanbod", provision) or provision}

    def _rows(self, name: str, value: object) -> object:
        rows = json_in(value) if isinstance(value, str) else value
        if isinstance(rows, Mapping):
            rows = [rows]
        if not isinstance(rows, list | tuple):
            return value
        found = [dict(row) if isinstance(row, Mapping) else row for row in rows]
        if name == _GAPS:
            found = _by_id([self._nature(row) if isinstance(row, dict) else row for row in found])
        return _identified(name, found)


def _identified(name: str, rows: list[Any]) -> list[Any]:
    """`rows` each with an id of its own: the one given, else one that equal rows of a file always get."""
    taken: set[str] = {row.id for row in rows if isinstance(row, Row)}
    seen: Counter[str] = Counter()
    for row in rows:
        if isinstance(row, dict):
            given = line(row.get("id"))
            fits = given and len(given) <= _LONGEST_ID and given not in taken
            row["id"] = given if fits else _fresh(name, row, taken, seen)
            taken.add(row["id"])
    return rows


def _fresh(name: str, row: Mapping[str, object], taken: set[str], seen: Counter[str]) -> str:
    content = repr(sorted((str(key), str(value)) for key, value in row.items() if key != "id"))
    while (found := stable_id(name, content, str(seen[content]))) in taken:
        seen[content] += 1
    return found
