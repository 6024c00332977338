"""Sentences from a bank: `[een|andere]` picks a wording, `{naam}` fills in, `<thuis,!12+>` says when it fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from bren_desktop.fiction.dice import Dice

_CONDITION = re.compile(r"<([^>]+)>\s*(.*)", re.DOTALL)
_CHOICE = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence with its wordings; usable where all of `needs` and none of `bars` are true."""

    needs: frozenset[str]
    bars: frozenset[str]
    parts: tuple[tuple[str, ...], ...]

    def fits(self, facts: AbstractSet[str]) -> bool:
        return self.needs <= facts and self.bars.isdisjoint(facts)

    def said(self, dice: Dice, words: Mapping[str, str]) -> str:
        """The sentence in one of its wordings, filled in."""
        text = "".join(part[0] if len(part) == 1 else dice.pick(part) for part in self.parts)
        return text.format_map(words)


@cache
def phrase(text: str) -> Phrase:
    """The phrase that a bank writes as `text`."""
    found = _CONDITION.fullmatch(text)
    marks = [mark.strip() for mark in found[1].split(",")] if found else []
    pieces = _CHOICE.split(found[2] if found else text)
    parts = tuple(tuple(piece.split("|")) if index % 2 else (piece,) for index, piece in enumerate(pieces))
    return Phrase(
        frozenset(mark for mark in marks if not mark.startswith("!")),
        frozenset(mark[1:] for mark in marks if mark.startswith("!")),
        tuple(part for part in parts if part != ("",)),
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """Sentences of which one is said. A turn of the slot says each once before any comes again."""

    name: str
    phrases: tuple[Phrase, ...]

    def at(self, seed: int, turn: int, facts: AbstractSet[str]) -> Phrase | None:
        """The sentence for the `turn`-th story that tells this, or None where none fits."""
        fitting = [each for each in self.phrases if each.fits(facts)]
        if not fitting:
            return None
        lap = turn // len(fitting)
        return fitting[(turn + crc32(f"{seed}:{lap}:{self.name}".encode())) % len(fitting)]


def slot(name: str, texts: Iterable[str]) -> Slot:
    """The slot of these sentences."""
    return Slot(name, tuple(phrase(text) for text in texts))
