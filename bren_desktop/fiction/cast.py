"""Who a case is about: the young person, the family, and the words in which they are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bren_desktop.domain.dutch import capitalised
from bren_desktop.fiction.days import before
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.names import BOY, GIRL, OTHER, Name, pronouns, young
from bren_desktop.fiction.stories import Story

_PARENTS = {
    "samen": "ouders",
    "gescheiden": "ouders",
    "moeder": "moeder",
    "vader": "vader",
    "pleeg": "pleegouders",
    "voogd": "voogd",
}
_VERBS = {
    "zijn": "is",
    "hebben": "heeft",
    "willen": "wil",
    "zien": "ziet",
    "vragen": "vraagt",
    "kunnen": "kan",
    "houden": "houdt",
    "zoeken": "zoekt",
    "missen": "mist",
    "vertellen": "vertelt",
    "durven": "durft",
    "voelen": "voelt",
    "hopen": "hoopt",
    "merken": "merkt",
    "staan": "staat",
    "vinden": "vindt",
    "zeggen": "zegt",
}
_SIBLINGS = {
    "": "een neefje dat vaak komt",
    "een jongere broer": "het broertje",
    "een oudere zus": "de oudere zus",
    "een oudere broer": "de oudere broer",
    "een zusje": "het zusje",
    "twee jongere broers": "de jongste broer",
    "twee zussen": "een van de zussen",
    "een broertje en een zusje": "het zusje",
}
"""Who else lives at home, and which of them a sentence means."""
_ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde")


@dataclass(frozen=True, slots=True)
class Cast:
    """The young person of one case. `facts` decide which sentences fit, `words` fill them in."""

    name: Name
    gender: str
    age: int
    born: date
    family: str
    home: str
    facts: frozenset[str]
    words: Mapping[str, str]


def cast(dice: Dice, story: Story, reported: date, place: str) -> Cast:
    """The young person that `story` is about, on the day that the case was reported."""
    low, high = story.ages
    age = (dice.between(low, high) + dice.between(low, high) + 1) // 2
    gender = OTHER if dice.chance(0.015) else GIRL if dice.chance(story.girls) else BOY
    name = young(dice, gender)
    born = before(reported, age * 365 + age // 4 + dice.between(12, 345))
    family = dice.weighted(story.families)
    home = dice.pick(story.homes_with.get(family, story.homes))
    facts = story.facts | {family, gender, home} | {f"{years}+" for years in (8, 12, 16, 18) if age >= years}
    facts |= {"twee" if family in ("samen", "gescheiden") else "een"}
    return Cast(name, gender, age, born, family, home, facts, _words(dice, story, name, gender, age, family, place))


def _words(dice: Dice, story: Story, name: Name, gender: str, age: int, family: str, place: str) -> Mapping[str, str]:
    words = {
        **pronouns(gender),
        "roepnaam": name.first,
        "leeftijd": str(age),
        "gemeente": place,
        "klas": _class(dice, age),
        "taal": name.languages[-1],
        **_home(dice, family),
        **_parents(family),
    }
    for key, values in story.words.items():
        words[key] = dice.pick(values).format_map(words)
    return words | {capitalised(key): capitalised(value) for key, value in words.items()}


def _parents(family: str) -> dict[str, str]:
    parents = _PARENTS[family]
    many = parents.endswith("ouders")
    article = "de voogd" if family == "voogd" else parents
    verbs = {f"ouders_{verb}": f"{article} {verb if many else single}" for verb, single in _VERBS.items()}
    return {"ouders": article, **verbs}


def _home(dice: Dice, family: str) -> dict[str, str]:
    siblings = dice.pick(tuple(_SIBLINGS))
    adults = {"samen": "beide ouders", "gescheiden": "moeder", "pleeg": "pleegouders"}.get(family, family)
    housemates = f"{adults} en {siblings}" if siblings else adults
    return {"huisgenoten": housemates, "broerzus": _SIBLINGS[siblings]}


def _class(dice: Dice, age: int) -> str:
    if age < 5:
        return "de peutergroep"
    if age < 12:
        return f"groep {age - 3}"
    if age < 17:
        level = dice.pick(("vmbo", "vmbo", "havo", "praktijkonderwijs", "vso"))
        return f"de {_ORDINALS[min(age - 12, 3)]} klas van {'de' if level == 'havo' else 'het'} {level}"
    return dice.pick(("het eerste jaar van een mbo-opleiding", "een entreeopleiding", "het laatste jaar van het vso"))
