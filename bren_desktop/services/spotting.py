"""The words of a text that say what was searched for, where the words that were typed do not stand in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from bren_desktop.language.reading import Mention
from bren_desktop.services.knowledge import Knowledge, Shares

MOST_SENTENCES = 12
_SENTENCE = re.compile(r"[^.!?;\n]+")
Read = Callable[[str], Sequence[Mention]]
"""What one sentence mentions."""


class Spotter:
    """Finds a mention of `concepts`, each with what it is worth. Only a few promising sentences are `read`."""

    def __init__(self, knowledge: Knowledge, concepts: Shares, read: Read) -> None:
        self._knowledge, self._worth, self._read = knowledge, concepts, read
        self._openings = knowledge.field.openings(concepts) if concepts else ()

    def place(self, text: str) -> tuple[int, int] | None:
        """Where the words stand that say it best, and of equals first."""
        promising = islice((each for each in _SENTENCE.finditer(text) if self._promises(each[0])), MOST_SENTENCES)
        spans = [span for each in promising for span in self._in_sentence(each[0], each.start())]
        return max(spans, key=lambda span: span[0])[1:] if spans else None

    def _promises(self, sentence: str) -> bool:
        lowered = sentence.lower()
        return any(opening in lowered for opening in self._openings)

    def _in_sentence(self, sentence: str, start: int) -> Iterator[tuple[float, int, int]]:
        for mention in self._read(sentence):
            worth = max((self._worth.get(concept, 0.0) for concept in self._knowledge.meant(mention)), default=0.0)
            words = mention.words.split(" … ")[0]
            place = sentence.find(words)
            if worth and not mention.denied and place >= 0:
                yield worth * (1.0 if mention.strong else 0.5), start + place, start + place + len(words)
