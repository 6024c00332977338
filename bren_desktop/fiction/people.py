"""Who stands around a young person: family, professionals, and the one that can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

from bren_desktop.domain.cases import InvolvedRow
from bren_desktop.fiction import names
from bren_desktop.fiction.cast import Cast
from bren_desktop.fiction.dice import Dice
from bren_desktop.fiction.names import BOY, GIRL, Name

REALISTIC_ROWS = 4
_FAMILY = {
    "samen": (("moeder", GIRL), ("vader", BOY)),
    "gescheiden": (("moeder", GIRL), ("vader", BOY)),
    "moeder": (("moeder", GIRL),),
    "vader": (("vader", BOY),),
    "pleeg": (("pleegmoeder", GIRL), ("pleegvader", BOY)),
    "voogd": (),
}
_PROFESSIONALS = {
    "ggz": ("regiebehandelaar", "systeemtherapeut", "psychiater"),
    "ambulant": ("gezinsbegeleider", "ambulant begeleider"),
    "school": ("intern begeleider", "mentor van school", "consulent passend onderwijs"),
    "wijkteam": ("jeugdconsulent", "gezinscoach"),
}
_TRUSTED = ("oma", "tante", "buurvrouw", "oud-mentor", "voetbaltrainer", "oom", "moeder van een vriend", "nicht")


@dataclass(frozen=True, slots=True)
class Professional:
    """Somebody who helps: name, function, organisation and how to reach them."""

    name: Name
    role: str
    organisation: str
    phone: str

    def row(self) -> InvolvedRow:
        return InvolvedRow(
            naam=self.name.full,
            relatie=self.role,
            organisatie=self.organisation,
            telefoon=self.phone,
            email=names.email(self.name, self.organisation),
        )


def professional(dice: Dice, role: str, kind: str) -> Professional:
    """Somebody invented who works as `role` at an organisation of a kind."""
    return Professional(names.adult(dice), role, names.organisation(dice, kind), names.landline(dice))


def involved(dice: Dice, cast: Cast, lead: Professional, *, realistic: bool) -> tuple[InvolvedRow, ...]:
    """The rows of betrokkenen; the one who coordinates comes right after the family."""
    rows = [*_family(dice, cast), lead.row()]
    wanted = REALISTIC_ROWS if realistic else len(rows) + dice.between(0, 2)
    for kind in dice.shuffled(tuple(_PROFESSIONALS)):
        if len(rows) >= wanted:
            break
        rows.append(professional(dice, dice.pick(_PROFESSIONALS[kind]), kind).row())
    return tuple(rows[:wanted])


def trusted(dice: Dice) -> tuple[str, str]:
    """Name and relation of a JIM."""
    return names.adult(dice).full, dice.pick(_TRUSTED)


def _family(dice: Dice, cast: Cast) -> list[InvolvedRow]:
    rows = []
    for relation, gender in _FAMILY[cast.family]:
        name = names.adult(dice, gender)
        if not relation.startswith("pleeg"):
            name = _same_family(dice, cast, name, gender)
        rows.append(_parent(dice, cast, relation, name))
    return rows


def _same_family(dice: Dice, cast: Cast, name: Name, gender: str) -> Name:
    """Fathers, and mothers now and then, bear the surname of the young person."""
    if gender == GIRL and dice.chance(0.6):
        return name
    return Name(name.first, cast.name.particle, cast.name.last)


def _parent(dice: Dice, cast: Cast, relation: str, name: Name) -> InvolvedRow:
    return InvolvedRow(
        naam=name.full,
        relatie=relation,
        telefoon=names.phone(dice),
        email=names.email(name) if dice.chance(0.6) else "",
        gezag=cast.age < 18 and not relation.startswith("pleeg"),
    )
