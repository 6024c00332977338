"""The thesaurus as a network keeps it: what is in force, and changing it (decision 0017)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.domain.entities import Kind, wanted
from bren_desktop.domain.rights import Right, may, require
from bren_desktop.domain.vocabulary import folded, labels
from bren_desktop.errors import InvalidInputError, NotFoundError
from bren_desktop.language.thesaurus import Concept, Thesaurus
from bren_desktop.oplog.registers import Registers
from bren_desktop.services import undo
from bren_desktop.services.concept_records import MOST, concept_of, must_know_codes, ordered, record_of
from bren_desktop.services.context import Context, author
from bren_desktop.services.knowledge import Knowledge
from bren_desktop.services.loading import built, last_change, load, stored
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.rows import CaseFilter, Changes

MOST_COUNTED = 200
_FEW_CASES = 10
"""With fewer cases than these, none of what they hold is a word of every day."""
_LONGEST_ID = 50
_NO_ID = re.compile(r"[^a-z0-9]+")
_WHY_OUT = "Staat niet in de ingelezen thesaurus."
_DISPLACED = "Een begrip van uw netwerk heeft deze naam gekregen."


class State(StrEnum):
    """How a concept stands to the one of the program."""

    SHIPPED = "programma"
    CHANGED = "gewijzigd"
    ADDED = "toegevoegd"
    OUT = "uitgezet"


@dataclass(frozen=True, slots=True)
class Spread:
    """How many records hold some words, MOST_COUNTED for so many or more; `everyday`: most cases of the team do."""

    counts: Mapping[Kind, int]
    everyday: bool


@dataclass(frozen=True, slots=True)
class ConceptLine:
    """One concept: as it is in force, or as it was before it was taken out; who changed it last, and what is wrong.

    `broader` are the names of what it falls under, and `words` what it is found by.
    """

    record: ConceptRecord
    state: State
    is_shipped: bool
    who: str = ""
    when_ms: int = 0
    problems: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    words: str = ""

    @property
    def is_own(self) -> bool:
        """Whether the network says something of it, or stands in its way."""
        return self.state is not State.SHIPPED or bool(self.problems)


@dataclass(frozen=True, slots=True)
class OpenConcept:
    """One concept to change, and what `save` is to be given with it."""

    record: ConceptRecord
    seen: Registers


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file changed: how many concepts were added, changed and taken out."""

    added: int
    changed: int
    taken_out: int


class Concepts:
    """The concepts of one network."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def known(self, actor: Actor) -> Knowledge:
        """The thesaurus that is in force, and what of the network's own records is not."""
        with self._context.read(actor) as reader:
            return self._context.knowing.now(reader)

    def overview(self, actor: Actor) -> Sequence[ConceptLine]:
        """Every concept, those that are out too, by name."""
        with self._context.read(actor) as reader:
            lines = [*self._lines(reader, self._context.knowing.now(reader))]
        return sorted(lines, key=lambda line: folded(line.record.naam))

    def open(self, actor: Actor, id: str) -> OpenConcept:
        """One concept, to change it. Raises NotFoundError."""
        with self._context.read(actor) as reader:
            registers = reader.registers(Kind.CONCEPT, self._entity(id))
            known = self._context.knowing.now(reader).thesaurus.concepts.get(id)
            shipped = self._context.knowing.start.thesaurus.concepts.get(id)
        one = known or shipped
        if not registers and not one:
            raise NotFoundError("Dit begrip bestaat niet (meer). Ververs de lijst.")
        return OpenConcept(record_of(one) if one else built(Kind.CONCEPT, ConceptRecord, registers), registers)

    def save(self, actor: Actor, record: ConceptRecord, seen: Registers | None = None) -> str:
        """Put a whole concept in the thesaurus; one without `extern_id` is new. Its id. Raises InvalidInputError.

        `seen` is what `open` gave: what a colleague wrote since stays beside it as another version.
        """
        require(actor, Right.EDIT_CONCEPTS)
        if not record.naam or not record.herkomst:
            raise InvalidInputError(
                "Vul het begrip en de herkomst in. Er is nog niets opgeslagen.",
                field="herkomst" if record.naam else "naam",
            )
        with self._context.store.write(author(actor)) as writer:
            thesaurus = self._context.knowing.now(writer).thesaurus
            named = record if record.extern_id else record.model_copy(update={"extern_id": _new_id(record, thesaurus)})
            concept = concept_of(named)
            Thesaurus({**thesaurus.concepts, concept.id: concept})
            must_know_codes(concept)
            _must_have_room(dict(_said(writer)), {concept.id})
            self._write(writer, named, seen)
            return concept.id

    def take_out(self, actor: Actor, id: str, why: str) -> Changes:
        """Take a concept out of the thesaurus; `why` is its herkomst. Raises InvalidInputError."""
        require(actor, Right.EDIT_CONCEPTS)
        out = ConceptRecord(extern_id=id, herkomst=why)
        if not out.herkomst:
            raise InvalidInputError("Vul in waarom het begrip weg moet. Er is nog niets opgeslagen.", field="herkomst")
        with self._context.store.write(author(actor)) as writer:
            if id not in self._context.knowing.now(writer).thesaurus.concepts:
                raise NotFoundError("Dit begrip staat niet (meer) in de thesaurus. Ververs de lijst.")
            _must_have_room(dict(_said(writer)), {id})
            self._write(writer, out, fields=("extern_id", "naam", "herkomst"))
            return writer.changes

    def put_back(self, actor: Actor, id: str) -> Changes:
        """Have a concept as the program has it. Raises InvalidInputError for one of the network itself."""
        require(actor, Right.EDIT_CONCEPTS)
        shipped = self._context.knowing.start.thesaurus.concepts
        if id not in shipped:
            raise InvalidInputError("Dit begrip komt niet van het programma. Er is niets veranderd.")
        with self._context.store.write(author(actor)) as writer:
            others = self._context.knowing.now(writer).thesaurus.concepts
            Thesaurus({**others, id: shipped[id].without_links(shipped.keys() - others.keys() - {id})})
            self._write(writer, ConceptRecord(extern_id=id))
            return writer.changes

    def undo(self, actor: Actor, id: str) -> Changes:
        """Take back the actor's last change of a concept. Raises InvalidInputError."""
        require(actor, Right.EDIT_CONCEPTS)
        with self._context.store.write(author(actor)) as writer:
            undo.compensate(writer, Kind.CONCEPT, self._entity(id), actor.person, ())
            return writer.changes

    def bring(self, actor: Actor, wanted_one: Thesaurus) -> Brought:
        """Make `wanted_one` the thesaurus that is in force; only what differs is written. Raises InvalidInputError."""
        require(actor, Right.EDIT_CONCEPTS)
        with self._context.store.write(author(actor)) as writer:
            known, new = _ordered(self._context.knowing.now(writer).thesaurus), _ordered(wanted_one)
            shipped, said = _ordered(self._context.knowing.start.thesaurus), {id for id, _ in _said(writer)}
            differing = [
                one for id, one in new.items() if one != known.get(id) and (id in said or one != shipped.get(id))
            ]
            gone = known.keys() - new.keys()
            _must_be_whole(known, gone)
            _must_have_room(said, gone.union(one.id for one in differing if one != shipped.get(one.id)))
            for concept in differing:
                must_know_codes(concept)
                is_shipped = concept == shipped.get(concept.id)
                self._write(writer, ConceptRecord(extern_id=concept.id) if is_shipped else record_of(concept))
            for id in sorted(gone):
                self._write(writer, ConceptRecord(extern_id=id, herkomst=_WHY_OUT))
        added = sum(one.id not in known for one in differing)
        return Brought(added, len(differing) - added, len(gone))

    def count(self, actor: Actor, words: str) -> Spread:
        """How many records that the actor may see hold these words."""
        rights = {Kind.CASE: Right.READ_CASE, Kind.EXPERT: Right.READ_POOL}
        with self._context.read(actor) as reader:
            counts = {
                kind: len(reader.holding(kind, words, MOST_COUNTED))
                for kind, right in rights.items()
                if may(actor, right)
            }
            return Spread(counts, Kind.CASE in counts and _in_most_cases(reader, words))

    def _write(
        self,
        writer: Writer,
        record: ConceptRecord,
        seen: Registers | None = None,
        fields: Collection[str] | None = None,
    ) -> None:
        entity = self._entity(record.extern_id)
        registers = writer.registers(Kind.CONCEPT, entity) if seen is None else seen
        writer.write(Kind.CONCEPT, entity, wanted(stored(registers), record, fields), seen)

    def _entity(self, id: str) -> str:
        return self._context.store.entity_for(Kind.CONCEPT, id)

    def _lines(self, reader: Reader, knowledge: Knowledge) -> Iterator[ConceptLine]:
        """What the network says of a concept counts for its state, also where it is not in force."""
        shipped, known = self._context.knowing.start.thesaurus.concepts, knowledge.thesaurus.concepts
        own = dict(_said(reader))
        for id in {**shipped, **known, **own}:
            entity, said = own.get(id, ("", ConceptRecord()))
            one = known.get(id) or shipped.get(id)
            record = record_of(one) if one else said.model_copy(update={"naam": said.naam or id})
            if not said.naam and said.herkomst:
                record = record.model_copy(update={"herkomst": said.herkomst})
            who, when_ms = last_change(reader, entity) if entity else ("", 0)
            problems = [each.why for each in knowledge.left_out if each.concept == id]
            if not (entity or id in known):
                problems.append(_DISPLACED)
            state, broader = _state(said, is_shipped=id in shipped), tuple(map(knowledge.terms.label, record.breder))
            yield ConceptLine(record, state, id in shipped, who, when_ms, tuple(problems), broader, _words(record))


def matching(lines: Iterable[ConceptLine], text: str) -> Sequence[ConceptLine]:
    """The concepts that hold every word of `text`, or a part of one."""
    asked = folded(text).split()
    return [line for line in lines if all(word in line.words for word in asked)]


def _in_most_cases(reader: Reader, words: str) -> bool:
    cases = reader.count_cases(CaseFilter())
    most = cases // 2 + 1
    return cases >= _FEW_CASES and len(reader.holding(Kind.CASE, words, most)) >= most


def _said(reader: Reader) -> Iterator[tuple[str, tuple[str, ConceptRecord]]]:
    """The concepts by id of which the network says something, each with its entity and record."""
    for entity in reader.entities(Kind.CONCEPT):
        record = load(reader, Kind.CONCEPT, ConceptRecord, entity)
        if record.naam or record.herkomst:
            yield record.extern_id, (entity, record)


def _ordered(thesaurus: Thesaurus) -> Mapping[str, Concept]:
    return {id: ordered(one) for id, one in thesaurus.concepts.items()}


def _state(said: ConceptRecord, *, is_shipped: bool) -> State:
    if said.naam:
        return State.CHANGED if is_shipped else State.ADDED
    return State.OUT if said.herkomst else State.SHIPPED


def _words(record: ConceptRecord) -> str:
    meant = [labels().get(code, "") for code in record.codes]
    lists = (record.ook, record.verborgen, record.hints, record.codes, meant)
    return folded(" ".join((record.naam, record.extern_id, record.herkomst, *itertools.chain.from_iterable(lists))))


def _new_id(record: ConceptRecord, thesaurus: Thesaurus) -> str:
    """An id made of the name, so that who adds the same concept elsewhere makes the same one."""
    plain = _NO_ID.sub("-", folded(record.naam))[:_LONGEST_ID].strip("-") or "begrip"
    numbered = (f"{plain}-{number}" for number in itertools.count(2))
    return next(id for id in itertools.chain([plain], numbered) if id not in thesaurus.concepts)


def _must_be_whole(known: Collection[str], gone: Collection[str]) -> None:
    if 2 * len(gone) > len(known):
        raise InvalidInputError(
            "In dit bestand staat minder dan de helft van de begrippen: de andere zouden verdwijnen. Er is niets "
            "veranderd. Schrijf eerst de hele thesaurus naar een bestand, en wijzig dat."
        )


def _must_have_room(said: Collection[str], wanted: Collection[str]) -> None:
    """What the network says something of already may always be changed."""
    more = [id for id in wanted if id not in said]
    if more and len(said) + len(more) > MOST:
        raise InvalidInputError(f"Een netwerk heeft hooguit {MOST} eigen begrippen. Er is niets veranderd.")
