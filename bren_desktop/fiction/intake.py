"""How a case came in: when, from where, from whom, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from bren_desktop.domain.dutch import first_sentences
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.fiction import names
from bren_desktop.fiction.days import recent
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.people import Professional, professional
from bren_desktop.fiction.stories import Story

CONCEPT = "ST-CON"
CONCEPTS = 0.04
HOME_REGION = "JZ24"
NEIGHBOURS = {"JZ18": "HOR", "JZ27": "MHO", "JZ29": "RIJ", "JZ31": "ZHZ"}
FROM_ELSEWHERE = 0.1
WORKERS = ("Marit Vonkengaard", "Joost Helmgraszoom", "Samira Lisdoddehoek", "Ellen Wilgenroosdrift")
"""The secretaries of the demo team."""

_DAYS = {
    "ST-CON": (0, 18),
    "ST-AAN": (0, 4),
    "ST-TRI": (2, 7),
    "ST-AVU": (6, 14),
    "ST-RET": (8, 30),
    "ST-AGE": (18, 60),
    "ST-BES": (18, 45),
    "ST-INZ": (25, 110),
    "ST-ADV": (30, 80),
    "ST-UIT": (60, 200),
    "ST-MON": (120, 480),
    "ST-AFG": (260, 900),
    "ST-AFB": (20, 300),
    "ST-HER": (300, 800),
}
"""How many days before the anchor a case in each status was reported."""
_STATUSES = {
    "ST-AAN": 3,
    "ST-TRI": 4,
    "ST-AVU": 2,
    "ST-RET": 5,
    "ST-AGE": 2,
    "ST-BES": 2,
    "ST-INZ": 4,
    "ST-ADV": 3,
    "ST-UIT": 9,
    "ST-MON": 14,
    "ST-AFG": 47,
    "ST-AFB": 4,
    "ST-HER": 1,
}
"""As in a team that has worked for some years: most is behind it, and some of everything is under way."""
_BEFORE_THE_TABLE = frozenset({"ST-CON", "ST-AAN", "ST-TRI", "ST-AVU", "ST-AFB"})
_ROUTES = {"VW-GI": "RT-GI", "VW-HA": "RT-MED", "VW-JA": "RT-MED", "VW-MS": "RT-MED", "VW-LAND": "RT-LAND"}
_REFERRERS = {
    "VW-GEM": ("jeugdconsulent", "wijkteam"),
    "VW-GI": ("jeugdbeschermer", "gi"),
    "VW-HA": ("huisarts", "ziekenhuis"),
    "VW-JA": ("jeugdarts", "wijkteam"),
    "VW-MS": ("kinderarts", "ziekenhuis"),
    "VW-RVDK": ("raadsonderzoeker", "gi"),
    "VW-RECHT": ("trajectbegeleider", "forensisch"),
    "VW-VT": ("vertrouwensarts", "gi"),
    "VW-AANB": ("behandelcoördinator", "ggz"),
    "VW-OND": ("consulent passend onderwijs", "school"),
    "VW-RET": ("procesregisseur", "wijkteam"),
    "VW-LAND": ("coördinator", "netwerk"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a young person lives, and whose case it is."""

    region: str
    team: str
    town: str


def status(dice: Dice, *, concepts: bool) -> tuple[str, date]:
    """A status, and a day on which such a case was reported."""
    code = CONCEPT if concepts and dice.chance(CONCEPTS) else dice.weighted(_STATUSES)
    return code, recent(dice, *_DAYS[code])


def place(dice: Dice) -> Place:
    """Mostly a gemeente of the demo team, the larger the more often; else one of a neighbour region."""
    if dice.chance(FROM_ELSEWHERE):
        region = dice.pick(tuple(NEIGHBOURS))
        return Place(region, NEIGHBOURS[region], dice.pick(_towns(region)))
    town = "Den Haag" if dice.chance(0.4) else dice.pick(_towns(HOME_REGION))
    return Place(HOME_REGION, "HGL", town)


def referral(dice: Dice, story: Story, where: Place) -> tuple[Mapping[str, Any], Professional]:
    """The fields about the verwijzer, and the person who referred."""
    code = dice.pick(story.referrers)
    if where.region != HOME_REGION and dice.chance(0.6):
        code = "VW-RET"
    role, kind = _REFERRERS[code]
    person = professional(dice, role, kind)
    by_mail = dice.chance(0.5)
    fields = {
        "verwijzer": code,
        "verwijzer_naam": person.name.full,
        "verwijzer_organisatie": person.organisation,
        "verwijzer_contact": names.email(person.name, person.organisation) if by_mail else person.phone,
        "verwijsroute": _ROUTES.get(code, "RT-GEM"),
    }
    return fields, person


def prepared(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What was written for the tables to which the case has come by now."""
    status, reported = fields["status"], fields["datum_aanmelding"]
    if status in _BEFORE_THE_TABLE:
        return {}
    written = {"samenvatting": first_sentences(fields["omschrijving"], 2)}
    if status == "ST-AGE":
        written["inbrengvraag"] = first_sentences(fields["hulpvraag"], 1)
        written["blad_gecontroleerd_door"] = WORKERS[0]
        written["blad_gecontroleerd_op"] = reported + timedelta(days=14)
    return written


@cache
def _towns(region: str) -> tuple[str, ...]:
    return tuple(vocabulary("jeugdregios").term(region).extra["gemeenten"])
