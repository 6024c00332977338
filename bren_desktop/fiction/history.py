"""The hulpverleningsgeschiedenis: periods that follow each other up to the day of the aanmelding."""

from __future__ import annotations

from datetime import date, timedelta

from bren_desktop.domain.cases import HistoryRow
from bren_desktop.fiction import names
from bren_desktop.fiction.banks import bank
from bren_desktop.fiction.cast import Cast
from bren_desktop.fiction.days import before, month
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.phrases import phrase
from bren_desktop.fiction.stories import Story

REALISTIC_ROWS = 8
STAYS = frozenset({"HV-V1", "HV-V2", "HV-V3", "HV-V4", "HV-J1", "HV-O3", "HV-O4"})
"""Forms of help in which somebody lives elsewhere."""


def history(dice: Dice, story: Story, cast: Cast, until: date, *, realistic: bool) -> tuple[HistoryRow, ...]:
    """The rows, oldest first. A young child has a shorter past."""
    most = max(2, min(len(story.path), cast.age - 2))
    path = (*story.path, *story.path[:2]) if realistic else story.path
    forms = dice.some(path, REALISTIC_ROWS if realistic else dice.between(max(2, most - 3), most))
    lengths = [dice.between(*bank("geschiedenis")[form]["duur"]) for form in forms]
    months = min(sum(lengths) + len(forms), max(12, (cast.age - 1) * 12))
    start = before(until, months * 30 + 20)
    scale = (until - start).days / (sum(lengths) + len(forms))
    turns = dice.between(0, 11), dice.between(0, 11)
    rows = []
    for index, (form, length) in enumerate(zip(forms, lengths, strict=True)):
        end = start + timedelta(days=int(length * scale))
        said = _said(dice, cast, form, [turn + index for turn in turns])
        rows.append(HistoryRow(van=month(start), tot=month(end), vorm=form, **said))
        start = end + timedelta(days=int(scale))
    return tuple(rows)


def places(dice: Dice, story: Story, rows: tuple[HistoryRow, ...]) -> int:
    """In how many places the young person has lived, home included; moves within a provider leave no row."""
    stays = sum(row.vorm in STAYS for row in rows)
    if "verblijf" in story.facts:
        return 3 + stays + dice.between(0, 4)
    return 1 + stays + dice.between(0, 1)


def _said(dice: Dice, cast: Cast, form: str, turns: list[int]) -> dict[str, str]:
    """By whom, why it ended, and how it was: the turns keep the next period from repeating the last."""
    texts = bank("geschiedenis")[form]
    reasons, memories = texts["redenen"], texts["ervaringen"]
    return {
        "aanbieder": names.organisation(dice, texts["soort"]) if "soort" in texts else "",
        "reden_einde": phrase(reasons[turns[0] % len(reasons)]).said(dice, cast.words),
        "ervaring": phrase(memories[turns[1] % len(memories)]).said(dice, cast.words),
    }
