"""The thesaurus of the field in SKOS form: concepts with the words for them, and how they hang together."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from bren_desktop.domain.values import clean_text
from bren_desktop.domain.vocabulary import shipped_concepts
from bren_desktop.errors import InvalidInputError
from bren_desktop.language.lexicon import Lexicon
from bren_desktop.language.tokens import folded

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
_LINKS = ("broader", "related", "of_parent", "contra")


def _line(text: object) -> object:
    """`text` as a record of a network keeps it, so that who reads a file twice changes nothing."""
    plain = clean_text(text)
    return " ".join(plain.split()) if isinstance(plain, str) else plain


def _label(text: object) -> object:
    label = _line(text)
    if isinstance(label, str) and not folded(label):
        raise ValueError("no word")
    return label


Label = Annotated[str, StringConstraints(min_length=2, max_length=100), BeforeValidator(_label)]
"""A word or phrase; signs alone are none."""
Labels = Annotated[tuple[Label, ...], Field(max_length=1000)]
Ids = Annotated[tuple[Id, ...], Field(max_length=100)]
LARGEST = 2_000_000
"""How many characters a thesaurus may have."""
NARROWER, BROADER, RELATED = 0.8, 0.5, 0.3
"""How well somebody who knows a narrower, broader or related concept is at home in one."""


class Concept(BaseModel):
    """One concept, by the property names of SKOS; docs/decisions/0017-search-and-matching.md explains the others."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: Id
    label: Label = Field(alias="prefLabel")
    also: Labels = Field(default=(), alias="altLabel")
    hidden: Labels = Field(default=(), alias="hiddenLabel")
    hints: Labels = Field(default=(), alias="hint")
    broader: Ids = ()
    related: Ids = ()
    note: Annotated[str, BeforeValidator(clean_text)] = Field(default="", alias="scopeNote", max_length=1000)
    codes: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    of_parent: Ids | None = None
    contra: Ids = ()
    source: Annotated[str, StringConstraints(min_length=2, max_length=500), BeforeValidator(_line)]

    @property
    def labels(self) -> tuple[str, ...]:
        """Every word or phrase that means this concept by itself."""
        return self.label, *self.also, *self.hidden

    @property
    def linked(self) -> tuple[str, ...]:
        """Every concept that this one names."""
        return *self.broader, *self.related, *(self.of_parent or ()), *self.contra

    def without_links(self, others: Collection[str]) -> Concept:
        """The same concept naming none of `others`."""
        links: Mapping[str, tuple[str, ...] | None] = {name: getattr(self, name) for name in _LINKS}
        left = {name: tuple(id for id in ids if id not in others) for name, ids in links.items() if ids is not None}
        return self.model_copy(update=left)


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Concepts by id. `narrower` and `related` hold both directions of what the source says in one."""

    concepts: Mapping[str, Concept]
    narrower: Mapping[str, frozenset[str]] = field(init=False)
    related: Mapping[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        _check(self.concepts)
        narrower = _inverse(self.concepts, {one.id: one.broader for one in self.concepts.values()})
        related = {one.id: one.related for one in self.concepts.values()}
        both = {id: others.union(related[id]) for id, others in _inverse(self.concepts, related).items()}
        object.__setattr__(self, "narrower", narrower)
        object.__setattr__(self, "related", both)

    def lexicon(self, exceptions: Iterable[str] = ()) -> Lexicon:
        """The labels, ready to be found in running text; a mention carries the id of its concept."""
        words = {one.id: {"sterk": one.labels, "zwak": one.hints} for one in self.concepts.values()}
        return Lexicon(words, exceptions)

    def codes_of(self, concept: str) -> Iterator[str]:
        """The codes of a concept and of everything broader, the nearest first, each once."""
        yield from dict.fromkeys(code for one in self.line_of(concept) for code in self.concepts[one].codes)

    def line_of(self, concept: str) -> Iterator[str]:
        """The concept itself and everything broader, the nearest first."""
        wave, seen = [concept], {concept}
        while wave:
            yield from wave
            wave = list(dict.fromkeys(up for one in wave for up in self.concepts[one].broader if up not in seen))
            seen.update(wave)

    def kin(self, concept: str) -> Mapping[str, float]:
        """What somebody who knows `concept` knows something of: the concepts one step away, and how well (0 to 1)."""
        kin = dict.fromkeys(self.related[concept], RELATED)
        kin |= dict.fromkeys(self.narrower[concept], BROADER)
        return kin | dict.fromkeys(self.concepts[concept].broader, NARROWER)


def shipped() -> Thesaurus:
    """The thesaurus that comes with the program."""
    return _of_tables(shipped_concepts())


def parsed(text: str) -> Thesaurus:
    """The thesaurus that `text` (TOML) holds. Raises InvalidInputError, naming the concept, where it does not."""
    if len(text) > LARGEST:
        raise InvalidInputError("Deze thesaurus is te groot. Er is niets veranderd.")
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidInputError("Dit is geen geldige thesaurus (TOML). Er is niets veranderd.") from error
    return _of_tables(tables)


def written(thesaurus: Thesaurus) -> str:
    """The thesaurus as a text that `parsed` reads back."""
    return "\n".join(_table(one) for one in thesaurus.concepts.values())


def _table(one: Concept) -> str:
    filled = one.model_dump(by_alias=True, exclude={"id"}, exclude_defaults=True)
    return "".join([f"[{one.id}]\n", *(f"{name} = {_value(value)}\n" for name, value in filled.items())])


def _value(value: str | tuple[str, ...]) -> str:
    """A text or a list of texts. TOML escapes as JSON does, and the sign of deleting too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _of_tables(tables: Mapping[str, object]) -> Thesaurus:
    return Thesaurus({id: _concept(id, table) for id, table in tables.items()})


def _concept(id: str, table: object) -> Concept:
    try:
        return Concept.model_validate({**table, "id": id} if isinstance(table, dict) else table)
    except ValidationError as error:
        names = ", ".join(sorted({str(each["loc"][0]) for each in error.errors() if each["loc"]})) or "de vorm"
        raise InvalidInputError(
            "Het begrip {begrip} klopt niet: kijk naar {namen}. Er is niets veranderd.", begrip=id[:60], namen=names
        ) from error


def _check(concepts: Mapping[str, Concept]) -> None:
    names: dict[str, str] = {}
    for one in concepts.values():
        other = names.setdefault(one.label.casefold(), one.id)
        if other != one.id:
            text = "De begrippen {een} en {ander} heten allebei ‘{naam}’."
            raise InvalidInputError(text, field="naam", een=other, ander=one.id, naam=one.label)
    for one in concepts.values():
        for other in one.linked:
            if other not in concepts:
                raise InvalidInputError(
                    "Het begrip {begrip} verwijst naar {ander}, en dat is er niet.", begrip=one.id, ander=other
                )
    try:
        TopologicalSorter({one.id: one.broader for one in concepts.values()}).prepare()
    except CycleError as error:
        loop = " → ".join(error.args[1])
        raise InvalidInputError(
            "Deze begrippen zijn elk breder dan het volgende: {kring}.", field="breder", kring=loop
        ) from error


def _inverse(ids: Iterable[str], of: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {id: set() for id in ids}
    for one, others in of.items():
        for other in others:
            found[other].add(one)
    return {id: frozenset(others) for id, others in found.items()}
