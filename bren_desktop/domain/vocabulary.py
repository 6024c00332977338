"""The field's code lists: immutable codes, dated labels, and input that people and spreadsheets really give.

The lists live in `db/reference/` as data; a network may change labels and validity, never a code.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from bren_desktop import bundled

TO_CODE = "OVERIG"
"""The code of a value that no list knows yet: "overig, te coderen"."""
CONCEPTS = "begrippen"
"""The list of the concepts of the thesaurus, which is read when it is first asked for."""
_FIRST_WORDS = 3
"""So many of the other words for a concept find it as well."""
_BRACKETS = re.compile(r"(.+?)\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a list. `valid_from` and `valid_until` (exclusive) bound its use, never its readability."""

    code: str
    label: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
    criminal: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A named list of terms in the order in which people expect them."""

    name: str
    terms: tuple[Term, ...]
    _by_code: Mapping[str, Term]
    _by_text: Mapping[str, str]

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def term(self, code: str) -> Term:
        """The term of `code`; an unknown code gives a term that shows the code itself."""
        if code == TO_CODE:
            return Term(TO_CODE, "overig, te coderen")
        return self._by_code.get(code) or Term(code, code)

    def label(self, code: str) -> str:
        """The Dutch label of `code`, or the code itself where no list knows it."""
        return self.term(code).label

    def find(self, text: str) -> str | None:
        """The code meant by a code, label or alias in any case, or None."""
        return self._by_text.get(folded(text))


def folded(text: str) -> str:
    """`text` without case, accents and surplus space, for comparing what people type."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in bare if not unicodedata.combining(char)).split())


def vocabulary(name: str) -> Vocabulary:
    """The list called `name`, such as `knelpunten`. Raises KeyError for a name that is no list."""
    return _concepts() if name == CONCEPTS else _all()[name]


@cache
def labels() -> Mapping[str, str]:
    """The label of every code of every list, for what is read without knowing its list: codes are used once."""
    return {term.code: term.label for known in _all().values() for term in known}


@cache
def _all() -> Mapping[str, Vocabulary]:
    reference = bundled.folder("db") / "reference"
    lists: dict[str, list[dict[str, Any]]] = {}
    for source in ("vocabularies.json", "aanvulling.json", "termijnen.json"):
        for name, rows in json.loads((reference / source).read_text("utf-8")).items():
            if isinstance(rows, list):
                lists.setdefault(name, []).extend(rows)
    criminal = {row["code"] for row in lists.pop("strafrechtelijke_codes")}
    return {name: _vocabulary(name, rows, criminal) for name, rows in lists.items()}


@cache
def shipped_concepts() -> Mapping[str, Mapping[str, Any]]:
    """The concepts of the thesaurus that comes with the program by their ids, as they stand there."""
    source = bundled.folder("resources") / "thesaurus" / "jeugdhulp.toml"
    return tomllib.loads(source.read_text("utf-8"))


@cache
def _concepts() -> Vocabulary:
    return concept_list(shipped_concepts())


def concept_list(tables: Mapping[str, Mapping[str, Any]]) -> Vocabulary:
    """Concepts by their ids. One is of a criminal-law kind where a code of its own is, or a concept above it."""
    codes = {term.code for known in _all().values() for term in known if term.criminal}
    criminal = {id for id, table in tables.items() if codes.intersection(table.get("codes", ()))}
    while new := {id for id, table in tables.items() if criminal.intersection(table.get("broader", ()))} - criminal:
        criminal |= new
    rows = [
        {"code": id, "label": table["prefLabel"], "aliassen": table.get("altLabel", ())[:_FIRST_WORDS]}
        for id, table in tables.items()
    ]
    return _vocabulary(CONCEPTS, rows, criminal)


def _vocabulary(name: str, rows: list[dict[str, Any]], criminal: set[str]) -> Vocabulary:
    terms = tuple(term for row in rows for term in _terms(row, criminal))
    texts: dict[str, str] = {}
    for term in terms:
        prefixless = term.code.partition("-")[2]
        for text in (term.code, term.label, *term.aliases, prefixless):
            if text:
                texts.setdefault(folded(text), term.code)
    for text, code in _without_brackets(terms).items():
        texts.setdefault(text, code)
    return Vocabulary(name, terms, {term.code: term for term in terms}, texts)


def _without_brackets(terms: tuple[Term, ...]) -> dict[str, str]:
    """What people write of `Friesland (Fryslân)`: the code by the label before its brackets, where one term has it."""
    bare = [(folded(found[1]), term.code) for term in terms if (found := _BRACKETS.fullmatch(term.label))]
    often = Counter(text for text, _ in bare)
    return {text: code for text, code in bare if often[text] == 1}


def _terms(row: dict[str, Any], criminal: set[str]) -> Iterator[Term]:
    known = {"code", "label", "naam", "ouder", "aliassen", "verfijning", "geldig_van", "geldig_tot"}
    yield Term(
        code=row["code"],
        label=row.get("label") or row["naam"],
        parent=row.get("ouder", ""),
        aliases=tuple(row.get("aliassen", ())),
        criminal=row["code"] in criminal,
        valid_from=_day(row.get("geldig_van")),
        valid_until=_day(row.get("geldig_tot")),
        extra={key: value for key, value in row.items() if key not in known},
    )
    for finer in row.get("verfijning", ()):
        yield from _terms({"ouder": row["code"], **finer}, criminal)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
