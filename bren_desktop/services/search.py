"""One search box over cases, pareltjes, documents and discussions.

Candidates by words and by concepts first; then the few are ranked, counted by facet and narrowed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, may
from bren_desktop.language.near import Words
from bren_desktop.language.reading import Mention, read
from bren_desktop.services.asked_papers import asked_papers
from bren_desktop.services.candidates import Candidates, Known
from bren_desktop.services.context import Context
from bren_desktop.services.facets import ANYTHING, KIND, Chosen, counted, narrowed
from bren_desktop.services.gathered import Gathered, take_numbered, take_papers
from bren_desktop.services.knowledge import Knowledge
from bren_desktop.services.ports import Reader
from bren_desktop.services.readlog import Sightings
from bren_desktop.services.rows import Found, Hit, Traits
from bren_desktop.services.spotting import Read

_BY_WORDS = (Kind.CASE, Kind.EXPERT)
_OF_CASES = (Kind.CASE, Kind.DOCUMENT, Kind.DISCUSSION)
NEEDS = {Kind.EXPERT: Right.READ_POOL, **dict.fromkeys(_OF_CASES, Right.READ_CASE)}
"""The right that reading each kind asks for."""
SENTENCES = 2_000
"""So many that were read are kept."""
LONGEST = 300
"""Of a page that is pasted, this much is looked for."""


class Search:
    """Results as you type, from the encrypted index. Kinds that the actor may not read give nothing."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._sightings = Sightings(context)
        self._words: tuple[tuple[Knowledge, int] | None, Words] = None, Words(())
        self._typed: tuple[object, str, Known] = None, "", Known()
        self._read: tuple[Knowledge | None, Read] = None, _nothing

    def find(
        self, actor: Actor, text: str, kinds: Sequence[Kind] = (Kind.CASE, Kind.EXPERT), limit: int = 20
    ) -> Sequence[Hit]:
        """The best hits for `text`: what is called so first, then what is about it, then what speaks of it."""
        return self.look(actor, text, kinds, limit, in_full=False).hits[:limit]

    def look(
        self,
        actor: Actor,
        text: str,
        kinds: Sequence[Kind] = (Kind.CASE, Kind.EXPERT),
        most: int = 20,
        chosen: Chosen = ANYTHING,
        *,
        in_full: bool = True,
    ) -> Found:
        """The same, at most so many of each kind; of what was found, those that have what was `chosen`.

        Not `in_full`, it is counted by kind only: looking up what the others count takes longer than a key may.
        """
        allowed, text = [kind for kind in kinds if may(actor, NEEDS[kind])], text[:LONGEST]
        if not text.strip() or not allowed:
            return Found()
        with self._context.read(actor) as reader:
            knowledge = self._context.knowing.now(reader)
            known = self._typed_on((actor, reader.version(), knowledge), text)
            candidates = Candidates(knowledge, reader, [kind for kind in _BY_WORDS if kind in allowed], known)
            found = self._gathered(candidates, reader, allowed, text, lambda: self._known(knowledge, reader))
            ranked = found.ranked()
            traits: Traits = {KIND: found.kinds(), **(reader.traits(ranked) if in_full or chosen else {})}
            shown = found.first(narrowed(ranked, traits, chosen), most)
            hits = reader.hits([*shown], found.meant, candidates.spotter(found.meant, self._reading(knowledge)).place)
        if any(hit.kind in _OF_CASES for hit in hits):
            self._sightings.note(actor, "zoeken")
        best = {hit.kind: worth for worth, hit in reversed([*zip(shown.values(), hits, strict=True)])}
        meant = found.meant if found.meant != text else ""
        return Found(hits, meant, counted(ranked, traits, chosen), frozenset(found.more), best)

    def warm(self, actor: Actor) -> None:
        """Have ready what the first typing error is judged by."""
        with self._context.read(actor) as reader:
            self._known(self._context.knowing.now(reader), reader)

    def _typed_on(self, state: object, text: str) -> Known:
        """What the parts of the text met at the key before, while somebody types on and nothing changed."""
        before, typed, known = self._typed
        if state != before or not text.startswith(typed):
            known = Known()
        self._typed = state, text, known
        return known

    def _gathered(
        self, candidates: Candidates, reader: Reader, kinds: Sequence[Kind], text: str, known: Callable[[], Words]
    ) -> Gathered:
        """The candidates: by number, by the kind and day of a document or discussion, by words and by concepts."""
        found = Gathered(text)
        take_numbered(found, reader, kinds, text)
        if found.by_kind and text.strip()[0].isalpha():
            return found
        asked = asked_papers(text, self._context.today())
        if asked:
            take_papers(found, reader, kinds, asked)
        if not found.by_kind:
            found.meant = candidates.mended(text, known)
        found.add(candidates.scored(found.meant))
        return found

    def _reading(self, knowledge: Knowledge) -> Read:
        """Reads sentences, and keeps them while this store is open: with the next key most hits are the same."""
        if self._read[0] is not knowledge:
            self._read = knowledge, lru_cache(SENTENCES)(partial(read, knowledge.field))
        return self._read[1]

    def _known(self, knowledge: Knowledge, reader: Reader) -> Words:
        """Every word that may have been meant: those of titles and of the thesaurus."""
        version = knowledge, reader.version()
        if self._words[0] != version:
            self._words = version, Words(knowledge.spelled_well.union(reader.title_words()))
        return self._words[1]


def _nothing(_: str) -> Sequence[Mention]:
    return ()
