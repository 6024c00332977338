"""The running texts of a case: what its story says, and in a realistic case more until each field is full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bren_desktop.fiction.cast import Cast
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.phrases import Phrase, Slot
from bren_desktop.fiction.stories import Story, general

FULL = 390
"""Characters in each text of a realistic case: with the geschiedenis they make some 9 kB."""
ADDED = 0.3
"""How often an ordinary case says something general beside its own story."""


class Place(NamedTuple):
    """Where a case stands: its seed, how many cases told the same story before, and its number."""

    seed: int
    turn: int
    number: int


def texts(dice: Dice, story: Story, cast: Cast, place: Place, *, realistic: bool) -> Mapping[str, str]:
    """All running texts of a case, by field; a field without a fitting sentence is left out."""
    banks = general("algemeen")
    told: dict[str, list[str]] = {}
    for field in dict.fromkeys((*story.texts, *banks)):
        said = _said(dice, cast, story.texts.get(field, ()), place)
        bank = [each for each in banks.get(field, ()) if each.fits(cast.facts)]
        if realistic:
            said = _filled(dice, cast, said, bank)
        elif bank and not said:
            said = _said(dice, cast, (Slot(field, tuple(bank)),), place._replace(turn=place.number))
        elif bank and dice.chance(ADDED):
            said.append(dice.pick(bank).said(dice, cast.words))
        told[field] = said
    return {field: " ".join(said) for field, said in told.items() if said}


def _said(dice: Dice, cast: Cast, slots: Sequence[Slot], place: Place) -> list[str]:
    found = (slot.at(place.seed, place.turn, cast.facts) for slot in slots)
    return [each.said(dice, cast.words) for each in found if each and each.parts]


def _filled(dice: Dice, cast: Cast, said: list[str], bank: Sequence[Phrase]) -> list[str]:
    """More and more of the bank, until there is enough to read."""
    length = sum(map(len, said))
    for each in dice.shuffled(bank):
        if length >= FULL:
            break
        said.append(each.said(dice, cast.words))
        length += len(said[-1])
    return said
