"""The kinds of story that cases tell, as written in `resources/fiction/verhalen/`, and which case tells which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from bren_desktop.fiction.banks import bank, story_names
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.phrases import Phrase, Slot, phrase, slot

Codes = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Story:
    """One kind of story. `codes` always go with it, `sometimes` now and then; `words` are told the same all through."""

    name: str
    weight: int
    ages: tuple[int, int]
    girls: float
    families: Mapping[str, float]
    facts: frozenset[str]
    homes: tuple[str, ...]
    homes_with: Mapping[str, tuple[str, ...]]
    referrers: tuple[str, ...]
    path: tuple[str, ...]
    discussed: tuple[str, ...]
    codes: Codes
    sometimes: Codes
    words: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, tuple[Slot, ...]]


@dataclass(frozen=True, slots=True)
class _Deck:
    """Hundred cards, one for each percent of the cases, and how often a story came before in the deck."""

    cards: tuple[str, ...]
    earlier: tuple[int, ...]
    counts: Mapping[str, int]


def story_for(seed: int, number: int) -> tuple[Story, int]:
    """The story that case `number` tells, and how many cases told it before."""
    deck = _deck(seed)
    lap, place = divmod(number - 1, len(deck.cards))
    name = deck.cards[place]
    return story(name), lap * deck.counts[name] + deck.earlier[place]


@cache
def story(name: str) -> Story:
    """The story called `name`."""
    raw = bank(f"verhalen/{name}")
    return Story(
        name=name,
        weight=raw["gewicht"],
        ages=(raw["leeftijd"][0], raw["leeftijd"][1]),
        girls=raw["meisje"],
        families=raw["gezin"],
        facts=frozenset(raw.get("feiten", ())),
        homes=tuple(raw["wonen"]),
        homes_with=_tuples(raw.get("wonen_bij", {})),
        referrers=tuple(raw["verwijzers"]),
        path=tuple(raw["verloop"]),
        discussed=tuple(raw.get("besproken", ())),
        codes=_tuples(raw["codes"]),
        sometimes=_tuples(raw.get("codes_soms", {})),
        words=_tuples(raw["woorden"]),
        texts={field: _slots(f"{name}.{field}", slots) for field, slots in raw["tekst"].items()},
    )


@cache
def general(name: str) -> Mapping[str, tuple[Phrase, ...]]:
    """Sentences that fit many stories, by field, from the bank `name`."""
    return {field: tuple(phrase(text) for text in texts) for field, texts in bank(name).items()}


@lru_cache(maxsize=8)
def _deck(seed: int) -> _Deck:
    cards = [name for name in story_names() for _ in range(story(name).weight)]
    shuffled = tuple(Dice(seed, "verhalen").shuffled(cards))
    seen: Counter[str] = Counter()
    earlier = []
    for name in shuffled:
        earlier.append(seen[name])
        seen[name] += 1
    return _Deck(shuffled, tuple(earlier), seen)


def _tuples(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in table.items()}


def _slots(name: str, slots: list[list[str]]) -> tuple[Slot, ...]:
    return tuple(slot(f"{name}.{index}", texts) for index, texts in enumerate(slots))
