"""The escalatieladder: what a step needs, that steps go up, and when it is time to think of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bren_desktop.domain.advising import FAILED, Missing
from bren_desktop.domain.aftercare import Escalation
from bren_desktop.domain.clocks.levels import service_level
from bren_desktop.domain.following import PlanStanding, Standing
from bren_desktop.domain.vocabulary import vocabulary

FAILED_PLANS = 2
"""So many plans that failed are a reason to think of escalation."""
_NEEDS: Mapping[str, str] = {
    "stap": "Kies een stap van de ladder.",
    "op": "Vul in op welke dag u deze stap zet.",
    "reden": "Schrijf op waarom u deze stap zet.",
    "gevraagd_besluit": "Schrijf op welk besluit u vraagt.",
    "uiterlijk": "Vul in wanneer het besluit er uiterlijk moet zijn.",
}


@dataclass(frozen=True, slots=True)
class Stagnation:
    """Why it is time to think of escalation: points that are late for too long, plans that failed."""

    late: tuple[Standing, ...] = ()
    failed: tuple[PlanStanding, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.late or self.failed)


def stagnation(points: Iterable[Standing], plans: Iterable[PlanStanding], today: date) -> Stagnation:
    """What is stuck in the execution of an advice."""
    patience = int(service_level("TM-ESCALATIE").count)
    failed = tuple(plan for plan in plans if plan.stand == FAILED)
    return Stagnation(
        tuple(point for point in points if point.days_late(today) > patience),
        failed if len(failed) >= FAILED_PLANS else (),
    )


def height(step: str) -> int:
    """How high a step stands on the ladder, from 1; 0 for what is no step."""
    codes = [term.code for term in vocabulary("escalatiestappen")]
    return codes.index(step) + 1 if step in codes else 0


def goes_up(step: str, before: Iterable[Escalation]) -> bool:
    """Whether a step is higher than all those before it."""
    return all(height(step) > height(each.stap) for each in before)


def next_rung(before: Iterable[Escalation]) -> str:
    """The step above the highest that was taken; empty at the top."""
    highest = max((height(each.stap) for each in before), default=0)
    return next((term.code for term in vocabulary("escalatiestappen") if height(term.code) > highest), "")


def escalation_faults(escalation: Escalation, before: Sequence[Escalation], today: date) -> tuple[Missing, ...]:
    """What must be put right before it can be recorded, given the steps `before` it."""
    unsaid = (Missing(field, sentence) for field, sentence in _NEEDS.items() if not getattr(escalation, field))
    return (*unsaid, *_rung_faults(escalation, before), *_day_faults(escalation, today))


def _rung_faults(escalation: Escalation, before: Sequence[Escalation]) -> Iterator[Missing]:
    if escalation.stap and not goes_up(escalation.stap, before) and not escalation.waarom_niet_hoger:
        yield Missing("waarom_niet_hoger", "Deze stap is niet hoger dan een eerdere. Schrijf op waarom.")


def _day_faults(escalation: Escalation, today: date) -> Iterator[Missing]:
    if escalation.op and escalation.op > today:
        yield Missing("op", "De dag van deze stap ligt in de toekomst.")
    if escalation.op and escalation.uiterlijk and escalation.uiterlijk < escalation.op:
        yield Missing("uiterlijk", "Het besluit kan niet worden gevraagd voor een dag die er al was.")
    if escalation.afgesloten_op is None:
        if escalation.resultaat:
            yield Missing("afgesloten_op", "Vul in wanneer deze stap is afgesloten.")
        return
    if escalation.afgesloten_op > today:
        yield Missing("afgesloten_op", "De dag van het afsluiten ligt in de toekomst.")
    elif escalation.op and escalation.afgesloten_op < escalation.op:
        yield Missing("afgesloten_op", "Een stap kan niet zijn afgesloten voordat hij is gezet.")
    if not escalation.resultaat:
        yield Missing("resultaat", "Schrijf op wat deze stap opleverde.")
