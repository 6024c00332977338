"""The steps of an inzet: request, answer, first contact, end, evaluation; each only after the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from itertools import pairwise

from bren_desktop.domain.advising import Missing
from bren_desktop.domain.aftercare import Deployment
from bren_desktop.domain.fields import notes

DECLINED = "IA-NEE"


class Step(StrEnum):
    """One step, by the field that holds its day."""

    REQUEST = "gevraagd_op"
    ANSWER = "antwoord_op"
    CONTACT = "eerste_contact"
    END = "afgerond_op"
    EVALUATION = "evaluatie_op"


TOLD_AT: Mapping[Step, tuple[str, ...]] = {
    Step.REQUEST: ("expert", "inzetvorm"),
    Step.ANSWER: ("antwoord", "reden_afwijzing"),
    Step.CONTACT: (),
    Step.END: ("minuten",),
    Step.EVALUATION: (
        "resultaat",
        "tevreden_verwijzer",
        "tevreden_jeugdige",
        "tevreden_ouders",
        "toegevoegde_waarde",
    ),
}
"""What is told at each step besides its day."""
_NEEDS: Mapping[str, tuple[Step, str]] = {
    "expert": (Step.REQUEST, "Kies een pareltje uit de pool."),
    "inzetvorm": (Step.REQUEST, "Kies de inzetvorm."),
    "antwoord": (Step.ANSWER, "Kies of het pareltje de inzet aanneemt of afwijst."),
    "minuten": (Step.END, "Vul in hoeveel minuten de inzet kostte."),
    "resultaat": (Step.EVALUATION, "Kies het resultaat."),
    "tevreden_verwijzer": (Step.EVALUATION, "Kies hoe tevreden de verwijzer is, of 'niet gevraagd'."),
    "tevreden_jeugdige": (Step.EVALUATION, "Kies hoe tevreden de jeugdige is, of 'niet gevraagd'."),
    "tevreden_ouders": (Step.EVALUATION, "Kies hoe tevreden de ouders zijn, of 'niet gevraagd'."),
}


def day_of(deployment: Deployment, step: Step) -> date | None:
    """When a step was taken."""
    day = getattr(deployment, step.value)
    return day if isinstance(day, date) else None


def next_step(deployment: Deployment) -> Step | None:
    """The first step that was not taken; None where nothing follows any more."""
    if deployment.antwoord == DECLINED:
        return None
    return next((step for step in Step if day_of(deployment, step) is None), None)


def deployment_faults(deployment: Deployment, today: date) -> tuple[Missing, ...]:
    """What must be put right before it can be recorded."""
    return (*_order_faults(deployment), *_day_faults(deployment, today), *_unsaid(deployment))


def _order_faults(deployment: Deployment) -> Iterator[Missing]:
    if day_of(deployment, Step.REQUEST) is None:
        yield Missing(Step.REQUEST, "Vul in wanneer de inzet is gevraagd.")
    for before, after in pairwise(Step):
        if not _is_said(deployment, after):
            continue
        if day_of(deployment, before) is None:
            yield Missing(before, f"Vul eerst in: {_label(before)}.")
        elif day_of(deployment, after) is None:
            yield Missing(after, f"Vul in: {_label(after)}.")
    if deployment.antwoord == DECLINED and day_of(deployment, Step.CONTACT):
        yield Missing(Step.CONTACT, "Een inzet die is afgewezen, gaat niet verder.")


def _day_faults(deployment: Deployment, today: date) -> Iterator[Missing]:
    taken = [(step, day) for step in Step if (day := day_of(deployment, step))]
    for step, day in taken:
        if day > today:
            yield Missing(step, f"Deze datum ligt in de toekomst: {_label(step)}.")
    for (before, earlier), (after, later) in pairwise(taken):
        if later < earlier:
            yield Missing(after, f"Deze datum ligt voor de vorige stap: {_label(before)}.")


def _unsaid(deployment: Deployment) -> Iterator[Missing]:
    for field, (step, sentence) in _NEEDS.items():
        if day_of(deployment, step) and getattr(deployment, field) in ("", None):
            yield Missing(field, sentence)
    if deployment.antwoord == DECLINED and not deployment.reden_afwijzing:
        yield Missing("reden_afwijzing", "Schrijf op waarom het pareltje de inzet afwijst.")


def _is_said(deployment: Deployment, step: Step) -> bool:
    return any(getattr(deployment, field) not in ("", None) for field in (step, *TOLD_AT[step]))


def _label(step: Step) -> str:
    return notes(Deployment)[step].label.lower()
