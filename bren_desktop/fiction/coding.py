"""The codes of a case: what its story always carries, what it sometimes carries, and how urgent it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bren_desktop.domain.cases import GapRow
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.fiction.cast import Cast
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.stories import Story

SETS = ("vastloopredenen", "knelpunten", "ontbrekend_aanbod", "domeinen", "wettelijk_kader", "maatregelen")
TAGS = ("knelpunten", "ontbrekend_aanbod")
OF_MINORS = frozenset("MA-OTS MA-VOTS MA-MUHP MA-MGJ MA-SMGJ MA-VGD MA-VVGD MA-PVGD".split())
NO_MEASURE = "MA-GEEN"
PRESSING = {"UR-SPOED": 62, "UR-CRISIS": 8, "UR-REG": 30}
"""Requests around JeugdzorgPlus: 70% is urgent (requirements 1.13)."""
UNDER_WAY = frozenset({"ST-UIT", "ST-MON"})
_IN_A_ROW = frozenset({"ST-CON", "ST-AAN", "ST-TRI", "ST-AVU", "ST-HER"})
ORDINARY = {"UR-REG": 84, "UR-SPOED": 13, "UR-CRISIS": 3}


def codes(dice: Dice, story: Story, cast: Cast, *, realistic: bool) -> dict[str, Any]:
    """The code lists of a case, and of each missing provision what is lacking."""
    found: dict[str, Any] = {name: _chosen(dice, story, name) for name in SETS}
    if realistic:
        found |= {name: _exactly_three(dice, name, found[name]) for name in TAGS}
    if cast.age >= 18:
        found["maatregelen"] = tuple(code for code in found["maatregelen"] if code not in OF_MINORS)
        found["wettelijk_kader"] = tuple(dict.fromkeys(_grown_up(code) for code in found["wettelijk_kader"]))
    found["maatregelen"] = found["maatregelen"] or (NO_MEASURE,)
    found["hoofdreden"] = found["vastloopredenen"][0]
    found["aard_ontbrekend_aanbod"] = tuple(_gap(dice, code) for code in found["ontbrekend_aanbod"])
    return found


def is_pressing(fields: Mapping[str, Any]) -> bool:
    """Whether a case asks for JeugdzorgPlus, or for something instead of it."""
    return "KP-JZPLUS" in fields["knelpunten"] or any(code.startswith("OA-10") for code in fields["ontbrekend_aanbod"])


def urgency(dice: Dice, fields: Mapping[str, Any]) -> str:
    """How urgent a case with these codes is: less once all goes well, and a crisis does not wait in a row."""
    code = dice.weighted(PRESSING if is_pressing(fields) else ORDINARY)
    if fields["status"] in UNDER_WAY and dice.chance(0.9):
        return "UR-REG"
    return "UR-SPOED" if code == "UR-CRISIS" and fields["status"] in _IN_A_ROW else code


def consent(dice: Dice, fields: Mapping[str, Any]) -> dict[str, Any]:
    """On which ground the team works, and whether there is consent."""
    forced = any(code in OF_MINORS for code in fields["maatregelen"]) and dice.chance(0.35)
    if forced:
        return {"grondslag": "GS-GEDW", "toestemming_status": "TS-GEDW"}
    given = dice.chance(0.78)
    return {"grondslag": "GS-TOEST" if given else "GS-TAAK", "toestemming_status": "TS-JA" if given else "TS-ANON"}


def analysed(dice: Dice, fields: Mapping[str, Any]) -> dict[str, Any]:
    """When the verklarende analyse was made, and whether the family took part."""
    day = fields["datum_aanmelding"] - timedelta(days=dice.between(5, 160))
    return {"analyse_met_gezin": dice.chance(0.75), "analyse_datum": day}


def _chosen(dice: Dice, story: Story, name: str) -> tuple[str, ...]:
    always = story.codes.get(name, ())
    return tuple(dict.fromkeys((*always, *_now_and_then(dice, name, story.sometimes.get(name, ())))))


def _now_and_then(dice: Dice, name: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    """Measures come together, as an OTS with a machtiging; other codes each for themselves."""
    if name == "maatregelen":
        return choices if dice.chance(0.3) else ()
    return tuple(code for code in choices if dice.chance(0.4))


def _exactly_three(dice: Dice, name: str, found: tuple[str, ...]) -> tuple[str, ...]:
    """A realistic case carries six tags: three knelpunten and three missing provisions."""
    others = [term.code for term in vocabulary(name) if term.code not in found]
    return (*found, *dice.some(others, 3))[:3]


def _grown_up(code: str) -> str:
    return "WK-VJW" if code == "WK-JW" else code


def _gap(dice: Dice, code: str) -> GapRow:
    nature = "AO-CAP" if dice.chance(0.55) else "AO-ONTBREEKT"
    return GapRow(id=code, aard=nature, hiaat="SH-INKOOP" if dice.chance(0.25) else "SH-AANBOD")
