"""What reads otherwise since the thesaurus changed, told without reading it again (decision 0017)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property, lru_cache

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bren_desktop.domain.entities import Values
from bren_desktop.domain.vocabulary import CONCEPTS
from bren_desktop.language.lexicon import stems_of
from bren_desktop.language.numbers import EMB, LVB
from bren_desktop.language.overlay import difference, overlaid
from bren_desktop.language.sieve import Sieve
from bren_desktop.language.thesaurus import Concept
from bren_desktop.language.tokens import folded
from bren_desktop.services.knowledge import Knowledge

MOST_PHRASES = 300
"""Of more than this, looking whether a text may hold one costs about as much as reading it."""
_OWN = TypeAdapter(dict[str, Concept | None])


class Change(BaseModel):
    """`concepts` are others than before, and `phrases` came, went, or mean such a concept.

    What `speaks` of something else touches what was found to mention it, whatever the words.
    """

    model_config = ConfigDict(frozen=True)

    concepts: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    speaks: frozenset[str] = frozenset()

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve(self.phrases)

    @property
    def is_in_words(self) -> bool:
        """Whether records must be looked at for it."""
        return bool(self.concepts or self.phrases)

    def touches(self, text: str) -> bool:
        """Whether something else may be found in a text than before."""
        return self._sieve.lets_through(text)

    def touches_record(self, values: Values) -> bool:
        """Whether a record may, by what stands anywhere in it and by its confirmed concepts."""
        text = "\n".join([f"{key}\n{value}" for (_, key), value in values.items()])
        return any((CONCEPTS, concept) in values for concept in self.concepts) or self.touches(text)

    def after(self, earlier: Change) -> Change | None:
        """What changed since before `earlier`; what speaks of something else is known by what was read by then."""
        return _looked_for(self.concepts | earlier.concepts, self.phrases | earlier.phrases, self.speaks)


def change(before: Knowledge, after: Knowledge, *, offer: bool = False) -> Change | None:
    """What is different `after` for search, or for what matching holds as an `offer`.

    None where that is so much that everything had better be read again.
    """
    old, new = before.thesaurus.concepts, after.thesaurus.concepts
    concepts = {id for id in old.keys() | new.keys() if _stands_for(before, id) != _stands_for(after, id)}
    spoke, speaks = (known.offered if offer else known.spoken_of for known in (before, after))
    others = {id for id in old.keys() & new.keys() if spoke(id) != speaks(id)}
    phrases = {phrase for id in concepts for phrase, _ in (*_said(old.get(id)), *_said(new.get(id)))}
    reworded = [(old[id], new[id]) for id in old.keys() & new.keys() if old[id] != new[id]]
    phrases |= {phrase for was, now in reworded for phrase, _ in _told(was) ^ _told(now)}
    return _looked_for(concepts, phrases | ({"IQ"} if concepts & {LVB, EMB} else set()), others)


@lru_cache(maxsize=1)
def kept_change(kept: str) -> Change | None:
    """The change that was kept as JSON, if one was."""
    try:
        return Change.model_validate_json(kept)
    except ValidationError:
        return None


def own_of(knowledge: Knowledge, start: Knowledge) -> str:
    """What is in force that did not come with the program, to be kept until it changes."""
    return _OWN.dump_json(difference(start.thesaurus, knowledge.thesaurus), exclude_defaults=True).decode()


def with_own(start: Knowledge, kept: str) -> Knowledge | None:
    """What was in force when this was `kept`; None where that cannot be told."""
    try:
        return Knowledge(overlaid(start.thesaurus, _OWN.validate_json(kept)).thesaurus)
    except ValidationError:
        return None


def _looked_for(concepts: Collection[str], phrases: Collection[str], speaks: Collection[str]) -> Change | None:
    if len(phrases) > MOST_PHRASES:
        return None
    return Change(concepts=frozenset(concepts), phrases=frozenset(phrases), speaks=frozenset(speaks))


def _stands_for(knowledge: Knowledge, id: str) -> object:
    """What a word for the concept mentions, and how a case has it that confirms it."""
    one = knowledge.thesaurus.concepts.get(id)
    if one is None:
        return None
    of_parent = None if one.of_parent is None else frozenset(one.of_parent)
    return of_parent, one.label, knowledge.terms.term(id).criminal


def _said(one: Concept | None) -> Iterator[tuple[str, bool]]:
    """Every phrase of a concept, and whether it means the concept by itself."""
    if one is not None:
        yield from ((phrase, True) for phrase in one.labels)
        yield from ((phrase, False) for phrase in one.hints)


def _told(one: Concept) -> set[tuple[str, bool]]:
    """The same for a lexicon, to which phrases with the same stems are the first of them."""
    first: dict[tuple[str, ...], str] = {}
    return {(first.setdefault(stems_of(folded(phrase)), phrase), strong) for phrase, strong in _said(one)}
