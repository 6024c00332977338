"""Growing up: from 16 on the Big 5 and a toekomstplan, and what must be arranged before 18."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from bren_desktop.domain.advising import Missing
from bren_desktop.domain.aftercare import FuturePlan
from bren_desktop.domain.ages import birthday
from bren_desktop.domain.cases import Case, known_age
from bren_desktop.domain.fields import notes
from bren_desktop.domain.vocabulary import vocabulary

FROM_AGE, PRESSING_FROM, ADULT = 16, 17.5, 18
ARRANGED, UNKNOWN = "BS-OK", "BS-ONB"
HAPPENED = ("doorgenomen_op", "plan_op", "schakeloverleg_op", "verlengd_op")
"""The days of a plan that tell what was done."""


@dataclass(frozen=True, slots=True)
class GrowingUp:
    """Where somebody stands on the way to 18. `starts` and `adult` are None where the birth date is not known.

    `shown`: the Big 5 are at hand. `pressing`: 18 is within half a year, or past; then `unarranged` (codes of the Big
    5) and `undecided` (about verlengde jeugdhulp) cannot wait.
    """

    starts: date | None
    adult: date | None
    shown: bool
    pressing: bool
    unarranged: tuple[str, ...]
    undecided: bool


def plan_entity(case: str) -> str:
    """The entity of the plan of a case, the same for whoever begins it: on any laptop, with any home team."""
    digest = blake2b(f"toekomstplan {case}".encode(), digest_size=16).digest()
    return b32encode(digest).decode("ascii").rstrip("=").lower()


def growing_up(case: Case, plan: FuturePlan, today: date) -> GrowingUp:
    """Where the young person of `case` stands. Of somebody whose age alone is known, 17 counts as pressing."""
    born, age = case.geboortedatum, known_age(case, today)
    stands = stand_of(plan)
    return GrowingUp(
        starts=birthday(born, FROM_AGE) if born else None,
        adult=birthday(born, ADULT) if born else None,
        shown=plan != FuturePlan(casus=plan.casus) or (age is not None and age >= FROM_AGE),
        pressing=birthday(born, PRESSING_FROM) <= today if born else age is not None and age > FROM_AGE,
        unarranged=tuple(code for code, stand in stands.items() if stand != ARRANGED),
        undecided=not plan.verlengd_besluit,
    )


def stand_of(plan: FuturePlan) -> dict[str, str]:
    """How each of the Big 5 stands, in their order; what nobody said is unknown."""
    said = {row.id: row.stand for row in plan.big5}
    return {term.code: said.get(term.code) or UNKNOWN for term in vocabulary("big5")}


def plan_faults(plan: FuturePlan, today: date) -> tuple[Missing, ...]:
    """What must be put right before it can be recorded."""
    return tuple(_plan_faults(plan, today))


def _plan_faults(plan: FuturePlan, today: date) -> Iterator[Missing]:
    items, stands = vocabulary("big5"), vocabulary("big5_standen")
    if any(row.id not in items or (row.stand and row.stand not in stands) for row in plan.big5):
        yield Missing("big5", "Kies bij elk van de Big 5 uit de lijst hoe het staat.")
    for field in HAPPENED:
        day = getattr(plan, field)
        if day and day > today:
            yield Missing(field, f"Deze datum ligt in de toekomst: {notes(FuturePlan)[field].label.lower()}.")
    if plan.plan and not plan.plan_op:
        yield Missing("plan_op", "Vul in wanneer het toekomstplan is gemaakt.")
    if plan.verlengd_besluit and not plan.verlengd_op:
        yield Missing("verlengd_op", "Vul in wanneer dit over verlengde jeugdhulp is besloten of aangevraagd.")
