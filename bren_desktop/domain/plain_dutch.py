"""Plain Dutch (B1) for families: explains jargon, splits long sentences, and says what is still too hard.

The words are data: `resources/letters/gewone_woorden.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bren_desktop import bundled
from bren_desktop.domain.dutch import sentence

MOST_WORDS = 15
"""Words of a sentence that most people read in one go."""
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")
_BREAKS = re.compile(r"\s*;\s*")


@dataclass(frozen=True, slots=True)
class TooHard:
    """What in a text is hard to read: sentences that are too long, and words that are not explained."""

    sentences: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sentences or self.words)


def explained(text: str) -> str:
    """`text` with the meaning after each piece of jargon, the first time that it is used."""
    for word, meaning in _jargon().items():
        if meaning not in text:
            text = _pattern(word).sub(lambda found, said=meaning: f"{found[0]} ({said})", text, count=1)  # type: ignore[misc]
    return text


def plain_sentence(text: str) -> str:
    """`text` as whole sentences with jargon explained; what stood after a semicolon is a sentence of its own."""
    return explained(" ".join(sentence(part) for part in _BREAKS.split(text) if part.strip()))


def too_hard(text: str) -> TooHard:
    """What a reader of B1 would stumble over in `text`."""
    long = tuple(part for part in _SENTENCE.split(text) if len(part.split()) > MOST_WORDS)
    words = tuple(word for word, meaning in _jargon().items() if _pattern(word).search(text) and meaning not in text)
    return TooHard(long, words)


@cache
def _jargon() -> Mapping[str, str]:
    found: Mapping[str, str] = json.loads(
        (bundled.folder("resources") / "letters" / "gewone_woorden.json").read_text("utf-8")
    )
    return found


@cache
def _pattern(word: str) -> re.Pattern[str]:
    flags = 0 if word.isupper() else re.IGNORECASE
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", flags)
