"""What can be done from anywhere: by its key, from the search box, and named by the help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bren_desktop.domain.vocabulary import folded

SHORTEST = 2
"""One letter begins too many words."""


@dataclass(frozen=True, slots=True)
class Command:
    """One deed. `keys` is a key sequence as Qt writes it, such as `Ctrl+N`; `words` are other words to find it by."""

    text: str
    keys: str
    run: Callable[[], None]
    words: str = ""


NAMED, BEGUN, MEANT = 1.0, 0.9, 0.5
"""What a command is worth beside other hits: whole words of its name, beginnings of them, other words for it."""


def worth(command: Command, typed: str) -> float:
    """How well a command fits what was typed, as hits of search are rated; 0 where a word is missing."""
    if not begins(f"{command.text} {command.words}", typed):
        return 0.0
    if not begins(command.text, typed):
        return MEANT
    return NAMED if set(_words(typed)) <= set(_words(command.text)) else BEGUN


def begins(text: str, typed: str) -> bool:
    """Whether every typed word begins a word of `text`."""
    parts, asked = _words(text), _words(typed)
    return len(typed.strip()) >= SHORTEST and bool(asked) and all(_begins_one(word, parts) for word in asked)


def _begins_one(word: str, parts: Sequence[str]) -> bool:
    return any(part.startswith(word) for part in parts)


@lru_cache(maxsize=256)
def _words(text: str) -> Sequence[str]:
    """The words, without accents and hyphens: `back-up` is `backup`. Commands are asked for theirs with every key."""
    return folded(text).replace("-", "").split()
