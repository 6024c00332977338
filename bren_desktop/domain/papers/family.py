"""What the letters to a family about its advice have in common: for whom they are, and how they greet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from bren_desktop.domain.cases import Case, full_name
from bren_desktop.domain.deciders import OTHER_PARENT, Variant, deciders, possible_ages
from bren_desktop.domain.papers.common import lacks_advice
from bren_desktop.domain.papers.kind import Audience, PaperKind, Piece, Release, Sources

YOUNGEST, DECIDES = 12, 16
_TOO_YOUNG = "Deze brief is voor een jeugdige van 12 jaar of ouder."
_OWN = "Vanaf 16 jaar beslist de jeugdige zelf wie de brief krijgt."
_UNKNOWN = "Vul eerst de geboortedatum in: de leeftijd bepaalt wie deze brief mag krijgen."


def to_family(
    key: str, young: str, parents: str, pieces: tuple[Piece, ...], release: Release = Release.OFFICE
) -> tuple[PaperKind, PaperKind]:
    """The same letter twice, each under its title: to the young person from 12 (je), and to the parents (u)."""
    letter = partial(PaperKind, audience=Audience.FAMILY, release=release, lacks=lacks_advice, pieces=pieces)
    return (
        letter(
            key=f"{key}_jeugdige",
            title=young,
            to_young=True,
            withheld=_withheld_from_young_person,
            recipient=_to_young_person,
            salutation=_greet_young_person,
        ),
        letter(key=f"{key}_ouders", title=parents, withheld=_withheld_from_parents, salutation=_greet_parents),
    )


def _to_young_person(sources: Sources) -> Sequence[str]:
    """The lines of the address of the young person, as far as the case knows them."""
    return [full_name(sources.case)]


def _greet_young_person(sources: Sources) -> str:
    """The salutation to the young person."""
    return sources.phrase("aanhef", naam=sources.case.roepnaam or "jij")


def _greet_parents(sources: Sources) -> str:
    """The salutation to the parents with gezag, or to the guardian who stands in their place."""
    name, who = sources.case.roepnaam, sources.decides
    if not name:
        return sources.phrase("aanhef_zonder")
    if who.variant is Variant.GUARDIAN:
        return sources.phrase("aanhef_voogd", naam=name)
    return sources.phrase("aanhef" if OTHER_PARENT in who.ways[0] else "aanhef_een", naam=name)


def _withheld_from_young_person(case: Case, day: date) -> str:
    """Why a letter about the advice may not go to the young person."""
    ages = possible_ages(case, day)
    if not ages:
        return _UNKNOWN
    return _TOO_YOUNG if min(ages) < YOUNGEST else ""


def _withheld_from_parents(case: Case, day: date) -> str:
    """Why a letter about the advice may not go to the parents: the young person may be the one who decides."""
    ages = possible_ages(case, day)
    if not ages:
        return _UNKNOWN
    is_own = deciders(case, day).variant is Variant.OWN
    return _OWN if is_own or (max(ages) >= DECIDES and case.wilsbekwaam is not False) else ""
