"""Who decides about sharing, by age, gezag and wilsbekwaamheid: the table of docs/decisions/0015-consent.md."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bren_desktop.domain.ages import ConsentBand, age_on, birthday, consent_band
from bren_desktop.domain.cases import Case

YOUNG_PERSON, FIRST_PARENT, OTHER_PARENT = "TG-JEUGD", "TG-OUDER1", "TG-OUDER2"
GUARDIAN, REPRESENTATIVE = "TG-VOOGD", "TG-VERTEG"
GUARDIANSHIP = frozenset({"MA-VVGD", "MA-VGD", "MA-PVGD"})
"""The only measures that put somebody in the place of the parents; an OTS or a placement does not."""
BAND_BIRTHDAYS = (12, 16)
ADULT = 18
_GUARDED = frozenset({"GZ-VOOGD", "GZ-PLEEG"})
_BANDS = tuple(ConsentBand)


class Variant(StrEnum):
    """The sheets on which consent is asked for (requirements 4.2, block 10)."""

    PARENTS = "ouders"
    TOGETHER = "jeugdige en ouders"
    OWN = "jeugdige"
    GUARDIAN = "voogd"


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who decides on one day. Each of `ways` is enough; the first is what is asked for.

    `excepted`: whether the word of the young person may be enough by itself, for a reason (Jeugdwet 7.3.4).
    """

    variant: Variant
    ways: tuple[tuple[str, ...], ...]
    excepted: bool = False

    @property
    def entitled(self) -> frozenset[str]:
        """Everybody whose consent counts."""
        return frozenset(giver for way in self.ways for giver in way)

    def missing(self, givers: Collection[str]) -> tuple[str, ...]:
        """Who is still to be asked when `givers` have given; nobody where it is enough."""
        lacking = [tuple(giver for giver in way if giver not in givers) for way in self.ways]
        if () in lacking:
            return ()
        return max(zip(lacking, self.ways, strict=True), key=lambda each: len(each[1]) - len(each[0]))[0]


def deciders(case: Case, day: date) -> Deciders:
    """Who decides about sharing this case on `day`. An age that may lie in two bands asks everybody."""
    ages = possible_ages(case, day)
    bands = bands_of(ages)
    incapable = case.wilsbekwaam is False
    if incapable and _may_be_adult(case, ages):
        return Deciders(Variant.OWN, ((REPRESENTATIVE,),))
    if not incapable and (bands == {ConsentBand.OWN} or _is_nobodys(case, ages)):
        return Deciders(Variant.OWN, ((YOUNG_PERSON,),))
    alone = incapable or bands == {ConsentBand.CHILD}
    authority = _authority(case)
    if incapable and ConsentBand.CHILD not in bands:
        authority = tuple(dict.fromkeys((*authority, (REPRESENTATIVE,))))
    shared = Variant.PARENTS if alone else Variant.TOGETHER
    variant = Variant.GUARDIAN if has_guardian(case) else shared
    if alone:
        return Deciders(variant, authority)
    together = tuple((YOUNG_PERSON, *way) for way in authority)
    return Deciders(variant, together, excepted=ConsentBand.CHILD not in bands)


def has_guardian(case: Case) -> bool:
    """Whether a voogd decides instead of the parents."""
    return case.gezag in _GUARDED or not GUARDIANSHIP.isdisjoint(case.maatregelen)


def possible_ages(case: Case, day: date) -> tuple[int, ...]:
    """The ages on `day` that fit what is known: one, or the two that a stated age leaves open.

    None where nothing is known, and where nobody knows on which day a stated age held: it may be years old.
    """
    if case.geboortedatum is not None:
        return (age_on(case.geboortedatum, day),)
    if case.leeftijd is None or case.leeftijd_op is None:
        return ()
    latest = birthday(case.leeftijd_op, -case.leeftijd)
    earliest = birthday(case.leeftijd_op, -case.leeftijd - 1) + timedelta(days=1)
    return tuple(sorted({age_on(latest, day), age_on(earliest, day)}))


def bands_of(ages: Iterable[int]) -> frozenset[ConsentBand]:
    """The bands that these ages fall in; every band where no age is known."""
    return frozenset(map(consent_band, ages)) or frozenset(ConsentBand)


def is_aged_out(case: Case, given: date, day: date) -> bool:
    """Whether the young person certainly turned 12 or 16 after `given` and by `day`: then it is asked again."""
    before, now = (bands_of(possible_ages(case, each)) for each in (given, day))
    return max(map(_BANDS.index, before)) < min(map(_BANDS.index, now))


def next_band_day(case: Case, day: date) -> date | None:
    """The day after `day` on which the young person turns 12 or 16, where the birth date is known."""
    if case.geboortedatum is None:
        return None
    turns = (birthday(case.geboortedatum, years) for years in BAND_BIRTHDAYS)
    return next((turn for turn in turns if turn > day), None)


def _may_be_adult(case: Case, ages: Collection[int]) -> bool:
    return any(age >= ADULT for age in ages) or _is_nobodys(case, ages)


def _is_nobodys(case: Case, ages: Collection[int]) -> bool:
    """Whether all that is known is that nobody has gezag, because the young person is of age."""
    return not ages and case.gezag == "GZ-MEER"


def _authority(case: Case) -> tuple[tuple[str, ...], ...]:
    if has_guardian(case):
        return (GUARDIAN,), (REPRESENTATIVE,)
    return ((FIRST_PARENT,),) if case.gezag == "GZ-EEN" else ((FIRST_PARENT, OTHER_PARENT),)
