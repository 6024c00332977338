"""The running texts of a case: what its story says, and in a realistic case more until each field is full."""

from __future__ import annotations

from collections.abc import Mapping

from bren_desktop.fiction.cast import Cast
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.stories import Story, general

FULL = 365
"""Characters in each text of a realistic case: 24 of them and the geschiedenis make some 9 kB."""
OWN_WORDS = frozenset({"stem_jeugdige", "stem_ouders"})
"""Fields without general sentences: what people say themselves is told by their story only."""


def texts(dice: Dice, story: Story, cast: Cast, turn: int, *, realistic: bool) -> Mapping[str, str]:
    """All running texts of a case, by field; a field without a fitting sentence is left out."""
    told = {field: _told(dice, story, field, cast, turn) for field in story.texts}
    more = general("algemeen")
    for field, bank in more.items():
        said = told.get(field, [])
        wanted = [each for each in bank if each.fits(cast.facts)]
        if realistic:
            for each in dice.shuffled(wanted):
                if sum(map(len, said)) >= FULL:
                    break
                said.append(each.said(dice, cast.words))
        elif wanted and (not said or dice.chance(0.3)):
            said.append(dice.pick(wanted).said(dice, cast.words))
        told[field] = said
    return {field: " ".join(said) for field, said in told.items() if said}


def _told(dice: Dice, story: Story, field: str, cast: Cast, turn: int) -> list[str]:
    found = (slot.at(turn, cast.facts) for slot in story.texts[field])
    return [each.said(dice, cast.words) for each in found if each]
