"""What a thesaurus gives to reading, searching and matching: made once of one, and never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial

from bren_desktop import __version__
from bren_desktop.domain.vocabulary import CONCEPTS, Vocabulary, concept_list, vocabulary
from bren_desktop.language.lexicon import Lexicon
from bren_desktop.language.numbers import iq_mentions
from bren_desktop.language.overlay import LeftOut
from bren_desktop.language.reading import Mention, read
from bren_desktop.language.spelling import judged_words
from bren_desktop.language.thesaurus import Thesaurus, shipped
from bren_desktop.language.tokens import folded
from bren_desktop.language.words import exceptions
from bren_desktop.matching.links import links

INHERITED = 0.6
"""What a code counts for a concept that has it from a broader one."""
SHORTEST_OF_FIELD = 5
"""A shorter word of a label may be a slip elsewhere."""
_THEMSELVES = ("EX-", "DM-")
Shares = Mapping[str, float]
"""Concepts and codes, each with how strongly (0 to 1)."""


@dataclass(frozen=True, eq=False)
class Knowledge:
    """A thesaurus, ready to work with. What takes time is made when it is first asked for.

    `left_out` is what the network's own records say and what is not in it.
    """

    thesaurus: Thesaurus
    left_out: tuple[LeftOut, ...] = ()

    @cached_property
    def field(self) -> Lexicon:
        """The labels, ready to be found in running text."""
        return self.thesaurus.lexicon(exceptions())

    @cached_property
    def terms(self) -> Vocabulary:
        """The concepts as a list to choose from."""
        return concept_list({one.id: one.model_dump(by_alias=True) for one in self.thesaurus.concepts.values()})

    @cached_property
    def spoken_of(self) -> Callable[[str], Shares]:
        """What a mention of a concept speaks of, each with its share: the concept, expertise (EX) and domains (DM)."""
        return cache(partial(_spoken_of, self.thesaurus))

    @cached_property
    def offered(self) -> Callable[[str], Shares]:
        """What somebody who tells of a concept offers: what it speaks of, and something of the concepts next to it."""
        return cache(partial(_offered, self.thesaurus, self.spoken_of))

    @cached_property
    def domains(self) -> Mapping[str, str]:
        """The concepts that are a domain (DM), by its label; others lie in one."""
        called = {folded(term.label): term.code for term in vocabulary("domeinen")}
        concepts = self.thesaurus.concepts.values()
        return {one.id: called[label] for one in concepts for label in map(folded, one.labels) if label in called}

    @cached_property
    def spelled_well(self) -> frozenset[str]:
        """The words of the labels as they should be written, folded: hidden labels are known mistakes."""
        return frozenset(word for label in self._shown_labels() for word in folded(label).split())

    @cached_property
    def written(self) -> frozenset[str]:
        """The longer of these words as they are written, for a spelling list that does not know the field."""
        words = (word.text for label in self._shown_labels() for word in judged_words(label))
        return frozenset(word for word in words if len(word) >= SHORTEST_OF_FIELD)

    def _shown_labels(self) -> Iterator[str]:
        return (label for one in self.thesaurus.concepts.values() for label in (one.label, *one.also))

    def make_ready(self) -> None:
        """Make now what somebody would wait for later; what reads no store goes by the list of the program."""
        _ = self.field, self.terms, self.spelled_well, vocabulary(CONCEPTS)

    @cached_property
    def mark(self) -> str:
        """Equal for whatever reads a text alike: this version of the program, with these concepts."""
        concepts = sorted(self.thesaurus.concepts.items())
        digest = hashlib.sha256("\n".join(one.model_dump_json() for _, one in concepts).encode())
        return f"{__version__} {digest.hexdigest()}"

    def listed(self, name: str) -> Vocabulary:
        """The list called `name`; that of concepts as it is here."""
        return self.terms if name == CONCEPTS else vocabulary(name)

    def mentions(self, text: str) -> Iterator[Mention]:
        """What a text of a case mentions, by its words and its numbers."""
        yield from read(self.field, text)
        yield from (each for each in iq_mentions(text) if each.code in self.thesaurus.concepts)

    def meant(self, mention: Mention) -> tuple[str, ...]:
        """The concepts that a mention means for the young person."""
        if not mention.of_parent:
            return (mention.code,)
        of_parent = self.thesaurus.concepts[mention.code].of_parent
        return (mention.code,) if of_parent is None else of_parent


@cache
def shipped_knowledge() -> Knowledge:
    """What the thesaurus that comes with the program gives; shared by all who changed nothing in it."""
    return Knowledge(shipped())


def _spoken_of(thesaurus: Thesaurus, concept: str) -> Shares:
    found = {concept: 1.0}
    for one in thesaurus.line_of(concept):
        share = 1.0 if one == concept else INHERITED
        for code in thesaurus.concepts[one].codes:
            for target, strength in _targets(code).items():
                found[target] = max(found.get(target, 0.0), share * strength)
    return found


def _offered(thesaurus: Thesaurus, spoken_of: Callable[[str], Shares], concept: str) -> Shares:
    return {**thesaurus.kin(concept), **spoken_of(concept)}


def _targets(code: str) -> Shares:
    return {code: 1.0} if code.startswith(_THEMSELVES) else links().asked_by.get(code, {})
