"""What the letters to a family have in common: for whom they are, and how they greet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bren_desktop.domain.cases import Case, full_name
from bren_desktop.domain.deciders import OTHER_PARENT, Variant, deciders, possible_ages
from bren_desktop.domain.papers.kind import Sources

YOUNGEST, DECIDES = 12, 16
_TOO_YOUNG = "Deze brief is voor een jeugdige van 12 jaar of ouder."
_OWN = "Vanaf 16 jaar beslist de jeugdige zelf wie de brief krijgt."
_UNKNOWN = "Vul eerst de geboortedatum in: de leeftijd bepaalt wie deze brief mag krijgen."


def to_young_person(sources: Sources) -> Sequence[str]:
    """The lines of the address of the young person, as far as the case knows them."""
    return [full_name(sources.case)]


def greet_young_person(sources: Sources) -> str:
    """The salutation to the young person."""
    return sources.phrase("aanhef", naam=sources.case.roepnaam or "jij")


def greet_parents(sources: Sources) -> str:
    """The salutation to the parents with gezag, or to the guardian who stands in their place."""
    name, who = sources.case.roepnaam, sources.decides
    if not name:
        return sources.phrase("aanhef_zonder")
    if who.variant is Variant.GUARDIAN:
        return sources.phrase("aanhef_voogd", naam=name)
    return sources.phrase("aanhef" if OTHER_PARENT in who.ways[0] else "aanhef_een", naam=name)


def withheld_from_young_person(case: Case, day: date) -> str:
    """Why a letter about the advice may not go to the young person."""
    ages = possible_ages(case, day)
    if not ages:
        return _UNKNOWN
    return _TOO_YOUNG if min(ages) < YOUNGEST else ""


def withheld_from_parents(case: Case, day: date) -> str:
    """Why a letter about the advice may not go to the parents: the young person may be the one who decides."""
    ages = possible_ages(case, day)
    if not ages:
        return _UNKNOWN
    is_own = deciders(case, day).variant is Variant.OWN
    return _OWN if is_own or (max(ages) >= DECIDES and case.wilsbekwaam is not False) else ""
