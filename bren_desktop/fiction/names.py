"""Invented names, organisations, addresses and numbers: none can be anybody's."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from bren_desktop.domain.dutch import capitalised
from bren_desktop.fiction.banks import bank
from bren_desktop.fiction.dice import Dice

BOY, GIRL, OTHER = "GE-M", "GE-V", "GE-X"

_PRONOUNS = {
    BOY: {"hij": "hij", "hem": "hem", "zijn": "zijn", "jongen": "jongen"},
    GIRL: {
        "hij": "zij",
        "hem": "haar",
        "zijn": "haar",
        "zoon": "dochter",
        "jongen": "meisje",
        "jongeman": "jonge vrouw",
    },
    OTHER: {"hij": "die", "hem": "hen", "zijn": "hun", "jongen": "jongere"},
}


@dataclass(frozen=True, slots=True)
class Name:
    """A first name and a surname, and the languages that go with the family."""

    first: str
    particle: str
    last: str
    languages: tuple[str, ...] = ("Nederlands",)

    @property
    def full(self) -> str:
        return " ".join(part for part in (self.first, self.particle, self.last) if part)


def young(dice: Dice, gender: str) -> Name:
    """The name of a young person."""
    circle = _circle(dice)
    firsts = circle["jongens"] + circle["meisjes"] if gender == OTHER else circle[_list_for(gender)]
    particle, last = _surname(dice, circle)
    return Name(dice.pick(firsts), particle, last, tuple(circle["talen"]))


def adult(dice: Dice, gender: str = "") -> Name:
    """The name of a parent or professional."""
    woman = gender == GIRL or (not gender and dice.chance(0.65))
    first = dice.pick(bank("namen")["volwassenen"]["vrouwen" if woman else "mannen"])
    return Name(first, *_surname(dice, _circle(dice)))


def organisation(dice: Dice, kind: str) -> str:
    """An organisation of a kind such as `ggz` or `verblijf`."""
    names = bank("namen")["organisaties"]
    return str(dice.pick(names["soorten"][kind])).format(begin=dice.pick(names["begin"]))


def pronouns(gender: str) -> dict[str, str]:
    """The words for somebody, `hij` and `Hij` alike; somebody unknown is `de jeugdige`."""
    found = _PRONOUNS.get(gender, {"hij": "de jeugdige", "hem": "de jeugdige", "zijn": "de"})
    return found | {capitalised(key): capitalised(value) for key, value in found.items()}


def phone(dice: Dice) -> str:
    """A mobile number that is never given out: after 06 comes no 0."""
    return f"06-0000 {dice.between(0, 9999):04d}"


def landline(dice: Dice) -> str:
    """A number in an exchange that does not exist."""
    return f"070-000 {dice.between(0, 9999):04d}"


def email(name: Name, organisation_name: str = "") -> str:
    """An address at a domain that is kept free for examples."""
    domain = "example.nl" if organisation_name else "example.org"
    return f"{_plain(name.first[:1])}.{_plain(name.particle + name.last)}@{domain}"


def address(dice: Dice, place: str = "") -> str:
    """A street that does not exist, with a postcode that no place has."""
    parts = bank("namen")["adressen"]
    code = f"{dice.between(1000, 9899)} {dice.pick(parts['letters'])}"
    street = f"{dice.pick(parts['straten'])} {dice.between(1, 240)}"
    return f"{street}\n{code}  {place or dice.pick(parts['plaatsen'])}"


def _list_for(gender: str) -> str:
    return "jongens" if gender == BOY else "meisjes"


def _circle(dice: Dice) -> dict[str, Any]:
    circles = bank("namen")["kringen"]
    index = dice.weighted({index: circle["gewicht"] for index, circle in enumerate(circles)})
    found: dict[str, Any] = circles[index]
    return found


def _surname(dice: Dice, circle: dict[str, Any]) -> tuple[str, str]:
    if "achternamen" in circle:
        return "", dice.pick(circle["achternamen"])
    parts = bank("namen")["achternamen"]
    last = dice.pick(parts["begin"]) + dice.pick(parts["eind"])
    return (dice.pick(parts["tussenvoegsels"]) if dice.chance(0.3) else ""), last


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    return re.sub(r"[^a-z]", "", folded)
