"""What a query finds by its words and by its concepts, and what each record is worth: the ranking of search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from heapq import nlargest
from itertools import chain
from operator import itemgetter

from bren_desktop.domain.entities import Kind
from bren_desktop.language.asked import Part, parts
from bren_desktop.language.near import Words
from bren_desktop.language.stems import beginning
from bren_desktop.language.tokens import tokens
from bren_desktop.services.knowledge import Knowledge, Shares
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import Nowhere, Tier
from bren_desktop.services.spotting import Read, Spotter

CANDIDATES = 200
"""So many of each kind are ranked and counted."""
ASKED_FOR = CANDIDATES + 1
"""One more tells that there are more."""
WEIGHED = 60
"""So many that stand out by some parts of the query are looked at for the others."""
BY_PLACE: Mapping[Tier, float] = {Tier.TITLE: 1.0, Tier.BEGUN: 0.9, Tier.TEXT: 0.3}
"""What it is worth where the words stand as typed."""
ONLY_SAID = 0.05
"""The same for the words of a concept in a text that, well read, is not about it: it is denied, or said of others."""
NARROWER, BROADER, RELATED, CODED = 0.8, 0.4, 0.3, 0.2
"""What a record is worth that mentions a concept next to the one asked for, or only one of its codes."""
_TOO_BROAD = ("DM-", "WK-")
"""A domain or a law is no sign that a record is about one of its concepts."""
THE_DOMAIN = 0.5
"""What a record is worth that lies in the domain that was asked for by its name."""
SHOWS_LITTLE = 0.1
"""What a broader word tells of why a record was found, where another word tells it."""
PARTLY = 0.5
"""What a record is worth that meets only some parts of the query, times the share that it meets."""


@dataclass(slots=True)
class Known:
    """What the text met at the key before: by part the records and how well, and what is anywhere or nowhere."""

    met: dict[tuple[Kind, Part], Mapping[int, float]] = field(default_factory=dict)
    words: dict[tuple[Kind, str], bool] = field(default_factory=dict)
    nowhere: Nowhere = field(default_factory=dict)


class Candidates:
    """The candidates of one question to the store; what was asked once is not asked again."""

    def __init__(self, knowledge: Knowledge, reader: Reader, kinds: Sequence[Kind], known: Known) -> None:
        self._knowledge, self._kinds, self._known = knowledge, kinds, known
        self._reader = reader
        self._parts = cache(partial(parts, knowledge.field))
        self._speaking = cache(lambda kind, word: reader.speaking(kind, word, ASKED_FOR))

    def mended(self, text: str, known: Callable[[], Words]) -> str:
        """`text` with each word that is found nowhere replaced by the nearest that is.

        `known` holds words of titles that this reader may not see: a word that they cannot find is not told.
        """
        plain = [part.text for part in self._parts(text) if not part.concepts]
        lost = {word for word in plain if not self._is_found(word)}
        if not lost:
            return text
        words, typed = known(), tokens(text)
        meant = {each.text: self._nearest(each.word, words) for each in typed if each.text in lost}
        return " ".join(meant.get(each.text) or each.text for each in typed) if any(meant.values()) else text

    def _nearest(self, word: str, known: Words) -> str:
        """The word that was meant; empty for none."""
        named = self._knowledge.spelled_well
        return next((one for one in _near(word, known) if one in named or self._is_found(one)), "")

    def _is_found(self, word: str) -> bool:
        return any(map(partial(self._has, word), self._kinds))

    def _has(self, word: str, kind: Kind) -> bool:
        """Whether a word begins so, in a text or in a title: names of people stand in titles alone."""
        if (kind, word) not in self._known.words:
            self._known.words[kind, word] = bool(self._speaking(kind, word) or self._reader.holding(kind, word, 1))
        return self._known.words[kind, word]

    def scored(self, text: str) -> Mapping[Kind, Mapping[int, float]]:
        """What each candidate is worth, by its row number."""
        return {kind: self._scores(kind, text) for kind in self._kinds}

    def spotter(self, text: str, read: Read) -> Spotter:
        """Finds in a text what was searched for, where the words that were typed do not stand in it."""
        thesaurus = self._knowledge.thesaurus
        asked = [concept for part in self._parts(text) for concept in part.concepts]
        known = [thesaurus.concepts[concept] for concept in asked if concept in thesaurus.concepts]
        broader = [up for one in known for up in one.broader if up not in asked]
        worth = {**_meant(self._knowledge, asked), **dict.fromkeys(broader, SHOWS_LITTLE)}
        return Spotter(self._knowledge, worth, read)

    def _scores(self, kind: Kind, text: str) -> Mapping[int, float]:
        asked = self._parts(text)
        worth = {**BY_PLACE, Tier.TEXT: ONLY_SAID} if all(part.concepts for part in asked) else BY_PLACE
        holding = self._reader.holding(kind, text, ASKED_FOR, self._known.nowhere)
        scores = {number: worth[tier] for number, tier in holding.items()}
        if len(asked) == 1 and not asked[0].concepts:
            return scores
        met = self._all_met(kind, asked)
        totals = _added(met)
        for number, parts_met in Counter(chain.from_iterable(met)).items():
            share = 1.0 if parts_met == len(met) else PARTLY * parts_met / len(met)
            scores[number] = scores.get(number, 0.0) + share * totals[number] / len(met)
        return scores

    def _all_met(self, kind: Kind, asked: Sequence[Part]) -> Sequence[Mapping[int, float]]:
        """What meets each part; of a part that many records meet also those that stand out by the other parts."""
        met = [self._meeting(kind, part) for part in asked]
        best = nlargest(WEIGHED, _added(met).items(), key=itemgetter(1, 0))
        return [
            self._weighed(kind, part, each, [number for number, _ in best if number not in each])
            for part, each in zip(asked, met, strict=True)
        ]

    def _weighed(self, kind: Kind, part: Part, met: Mapping[int, float], others: Sequence[int]) -> Mapping[int, float]:
        if not (part.concepts and others and len(met) > CANDIDATES):
            return met
        return {**met, **self._reader.weighing(kind, others, _meant(self._knowledge, part.concepts))}

    def _meeting(self, kind: Kind, part: Part) -> Mapping[int, float]:
        """The records that meet one part of the query, by its words or its concepts, and how well."""
        if (kind, part) not in self._known.met:
            self._known.met[kind, part] = self._looked_up(kind, part)
        return self._known.met[kind, part]

    def _looked_up(self, kind: Kind, part: Part) -> Mapping[int, float]:
        said = ONLY_SAID if part.concepts else BY_PLACE[Tier.TEXT]
        spoken = dict.fromkeys(self._speaking(kind, beginning(part.text)), said)
        meant = self._reader.mentioning(kind, _meant(self._knowledge, part.concepts), ASKED_FOR)
        return spoken | {number: max(weight, spoken.get(number, 0.0)) for number, weight in meant.items()}


def _added(met: Sequence[Mapping[int, float]]) -> Mapping[int, float]:
    totals: dict[int, float] = {}
    for number, weight in chain.from_iterable(each.items() for each in met):
        totals[number] = totals.get(number, 0.0) + weight
    return totals


@lru_cache(maxsize=32)
def _near(word: str, known: Words) -> Sequence[str]:
    """The words that may be meant; kept, since who types a sentence asks it again with every letter that follows."""
    return known.near(word)


def _meant(knowledge: Knowledge, concepts: Sequence[str]) -> Shares:
    """What a record may mention that is about `concepts`, and what that is worth."""
    meant: dict[str, float] = {}
    for target, share in (each for concept in concepts for each in _next_to(knowledge, concept)):
        meant[target] = max(meant.get(target, 0.0), share)
    return meant


def _next_to(knowledge: Knowledge, concept: str) -> Iterator[tuple[str, float]]:
    yield concept, 1.0
    thesaurus = knowledge.thesaurus
    if concept not in thesaurus.concepts:
        return
    known = thesaurus.concepts[concept]
    yield from ((narrower, NARROWER) for narrower in thesaurus.narrower[concept])
    yield from ((broader, BROADER) for broader in known.broader)
    yield from ((related, RELATED) for related in thesaurus.related[concept])
    yield from ((code, CODED) for code in known.codes if not code.startswith(_TOO_BROAD))
    if concept in knowledge.domains:
        yield knowledge.domains[concept], THE_DOMAIN
