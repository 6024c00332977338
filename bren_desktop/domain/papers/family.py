"""What the letters to a family have in common: for whom they are, and how they greet."""

from __future__ import annotations

from collections.abc import Sequence

from bren_desktop.domain.cases import full_name
from bren_desktop.domain.deciders import Variant, deciders
from bren_desktop.domain.papers import common
from bren_desktop.domain.papers.kind import Sources

YOUNGEST = 12
_TOO_YOUNG = "Deze brief is voor een jeugdige van 12 jaar of ouder."
_OWN = "Vanaf 16 jaar beslist de jeugdige zelf wie de brief krijgt."


def to_young_person(sources: Sources) -> Sequence[str]:
    """The lines of the address of the young person, as far as the case knows them."""
    return [full_name(sources.case)]


def greet_young_person(sources: Sources) -> str:
    """The salutation to the young person."""
    return sources.phrase("aanhef", naam=sources.case.roepnaam or "jij")


def greet_parents(sources: Sources) -> str:
    """The salutation to the parents, or to the guardian who stands in their place."""
    name = sources.case.roepnaam
    if deciders(sources.case, sources.today).variant is Variant.GUARDIAN and name:
        return sources.phrase("aanhef_voogd", naam=name)
    return sources.phrase("aanhef", naam=name) if name else sources.phrase("aanhef_zonder")


def lacks_for_young_person(sources: Sources) -> str:
    """Why a letter about the advice cannot go to the young person."""
    age = sources.case.leeftijd
    return common.lacks_advice(sources) or (_TOO_YOUNG if age is not None and age < YOUNGEST else "")


def lacks_for_parents(sources: Sources) -> str:
    """Why a letter about the advice cannot go to the parents."""
    is_own = deciders(sources.case, sources.today).variant is Variant.OWN
    return common.lacks_advice(sources) or (_OWN if is_own else "")
