"""A case with all that was filed below it: read for the steps of its life, and the steps written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from pydantic import BaseModel

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.advice import Advice, Discussion
from bren_desktop.domain.aftercare import Bridge, Deployment, Escalation, FollowUp
from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import Closing, Lesson
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.course import Course, begins_round, replay
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.records import FiledDocument
from bren_desktop.domain.states import State
from bren_desktop.domain.transitions import Transition
from bren_desktop.services import below
from bren_desktop.services.context import Context
from bren_desktop.services.loading import children, load
from bren_desktop.services.numbers import renumber
from bren_desktop.services.ports import Reader, Writer

STATUS = ("status", "")
_SETTLED = "Twee collega's zetten tegelijk een stap. Daarna is gekozen welke status geldt."
_DAYS = {
    Kind.DISCUSSION: "datum",
    Kind.ADVICE: "vrijgegeven_op",
    Kind.DEPLOYMENT: "antwoord_op",
    Kind.DOCUMENT: "datum",
}
"""The field that says when a record came to count for a step."""
Model = TypeVar("Model", bound=BaseModel)


def read_course(reader: Reader, case: str, today: date) -> Course:
    """The course of a case. Raises NotFoundError."""

    def below(kind: Kind, model: type[Model]) -> dict[str, Model]:
        return dict(children(reader, kind, model, case))

    return Course(
        case=load(reader, Kind.CASE, Case, case),
        today=today,
        transitions=read_transitions(reader, case),
        discussions=below(Kind.DISCUSSION, Discussion),
        advices=below(Kind.ADVICE, Advice),
        follow_ups=below(Kind.FOLLOW_UP, FollowUp),
        deployments=below(Kind.DEPLOYMENT, Deployment),
        bridges=below(Kind.BRIDGE, Bridge),
        escalations=below(Kind.ESCALATION, Escalation),
        closings=below(Kind.CLOSING, Closing),
        lessons=below(Kind.LESSON, Lesson),
        documents=below(Kind.DOCUMENT, FiledDocument),
        consents=below(Kind.CONSENT, Consent),
        disclosures=below(Kind.DISCLOSURE, Disclosure),
        before_round=_before_round(reader, case),
    )


def read_transitions(reader: Reader, case: str) -> tuple[Transition, ...]:
    """The transitions of a case in the order in which they were made."""
    return tuple(each for _, each in reversed(children(reader, Kind.TRANSITION, Transition, case)))


def handed_to(reader: Reader, cases: Iterable[str]) -> tuple[str, ...]:
    """To whom these cases were handed over."""
    steps = [step for case in cases for step in read_transitions(reader, case)]
    return tuple(dict.fromkeys(step.doorgeleid_naar for step in steps if _is_handed_over(step)))


def _is_handed_over(step: Transition) -> bool:
    return step.naar == State.TRANSFERRED and bool(step.doorgeleid_naar)


def _before_round(reader: Reader, case: str) -> frozenset[str]:
    """The records whose day was written before the last step that began a round."""
    steps = children(reader, Kind.TRANSITION, Transition, case)
    began = next((entity for entity, each in steps if begins_round(each)), None)
    if began is None:
        return frozenset()
    clock = _written(reader, Kind.TRANSITION, began, "op")
    return frozenset(
        entity
        for kind, day in _DAYS.items()
        for entity in reader.children(kind, case)
        if _written(reader, kind, entity, day) < clock
    )


def _written(reader: Reader, kind: Kind, entity: str, field: str) -> int:
    """The clock of the operation that wrote a field; 0 where nothing did."""
    register = reader.registers(kind, entity).get((field, ""))
    return register.top.clock if register and register.top else 0


def write_step(writer: Writer, context: Context, case: str, step: Transition) -> str:
    """Write a transition and the state that it leads to. Returns the entity of the transition."""
    entity = below.file_in(writer, context, Kind.TRANSITION, case, step)
    writer.write(Kind.CASE, case, {STATUS: step.naar})
    return entity


def keep_number(writer: Writer, context: Context, actor: Actor, entity: str) -> None:
    """Give a case the number that its completeness has earned by now; a concept that is complete is registered."""
    registered = renumber(writer, actor, entity, context.store.entity_for(Kind.TEAM, actor.team))
    if registered is not None:
        write_registered(writer, context, actor, entity, registered)


def write_registered(writer: Writer, context: Context, actor: Actor, entity: str, case: Case) -> None:
    """Write that a concept was completed: it was registered on the day of its aanmelding."""
    today = context.today()
    day = min(case.datum_aanmelding or today, today)
    step = Transition(van=State.CONCEPT.value, naar=State.REGISTERED.value, op=day, door=actor.name)
    write_step(writer, context, entity, step)


def write_settled(writer: Writer, context: Context, actor: Actor, case: str, chosen: str) -> None:
    """Write which of two states was chosen, where the transitions end in the other."""
    ended = replay(read_transitions(writer, case))
    if ended not in ("", chosen):
        step = Transition(van=ended, naar=chosen, op=context.today(), door=actor.name, reden=_SETTLED)
        below.file_in(writer, context, Kind.TRANSITION, case, step)
