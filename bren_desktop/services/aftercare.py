"""What follows an advice (opvolging): points told about, inzet, overbrugging, escalatie, and growing up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from bren_desktop.domain import advising
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.advice import Advice
from bren_desktop.domain.advising import Missing
from bren_desktop.domain.aftercare import Bridge, Deployment, Escalation, FollowUp, FuturePlan
from bren_desktop.domain.bridging import BridgeCheck, bridge_faults, check_faults, checked, next_check
from bren_desktop.domain.cases import Case
from bren_desktop.domain.deploying import deployment_faults
from bren_desktop.domain.entities import Kind, wanted
from bren_desktop.domain.escalating import Stagnation, escalation_faults, stagnation
from bren_desktop.domain.fields import notes
from bren_desktop.domain.fitting import Model
from bren_desktop.domain.following import (
    FollowUpSheet,
    PlanStanding,
    Standing,
    follow_ups,
    plan_standings,
    sheet_faults,
    standings,
)
from bren_desktop.domain.growing_up import GrowingUp, growing_up, plan_entity, plan_faults
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError
from bren_desktop.oplog.registers import Registers
from bren_desktop.services import below
from bren_desktop.services.below import Filed
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import built, children, load, present, stored
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import Changes

Faults = Callable[[Model, date], Iterable[Missing]]
"""What is wrong with a record today, the first thing first."""
_CASE = "casus"


@dataclass(frozen=True, slots=True)
class OpenFuture:
    """The Big 5 and toekomstplan of a case, and where the young person stands on the way to 18."""

    plan: Filed[FuturePlan]
    growing_up: GrowingUp


class Aftercare:
    """What is told and agreed after an advice."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def standings(self, actor: Actor, case: str) -> Sequence[Standing]:
        """How each point of the advice that holds now stands, in the order of the advice; none without an advice."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return _standings(reader, case)

    def plans(self, actor: Actor, case: str) -> Sequence[PlanStanding]:
        """How each plan of the advice that holds now stands; none without an advice."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return _plans(reader, case)

    def follow_up(self, actor: Actor, case: str, sheet: FollowUpSheet) -> Sequence[str]:
        """Record what a sheet tells about points and plans of the advice that holds, all at once; dated today."""
        require(actor, Right.FOLLOW_UP)
        today = self._context.today()
        dated = sheet.model_copy(update={"datum": sheet.datum or today})
        with self._context.store.write(author(actor)) as writer:
            entity, advice = _current(writer, case)
            if not entity or sheet.advies != entity:
                raise InvalidInputError(
                    "Dit advies geldt niet (meer) voor deze casus. Er is niets vastgelegd. Open de casus opnieuw.",
                    field="opvolging",
                )
            below.refuse(sheet_faults(dated, advice, _plans(writer, case), today))
            return [
                below.file_in(writer, self._context, Kind.FOLLOW_UP, case, telling) for telling in follow_ups(dated)
            ]

    def deployments(self, actor: Actor, case: str) -> Sequence[Filed[Deployment]]:
        """The inzetten of a case, the last one first."""
        return self._open_all(actor, Kind.DEPLOYMENT, Deployment, case)

    def request_expert(self, actor: Actor, case: str, deployment: Deployment) -> str:
        """Record that a pareltje from the pool was asked; dated today by itself. Returns its entity."""
        dated = deployment.model_copy(update={"gevraagd_op": deployment.gevraagd_op or self._context.today()})
        return self._file(actor, Kind.DEPLOYMENT, case, dated, deployment_faults)

    def amend_deployment(
        self, actor: Actor, entity: str, deployment: Deployment, fields: Iterable[str], seen: Registers | None = None
    ) -> Changes:
        """Take an inzet a step further, or correct one; the steps stay in order."""
        return self._amend(actor, Kind.DEPLOYMENT, entity, deployment, fields, seen, deployment_faults)

    def bridges(self, actor: Actor, case: str) -> Sequence[Filed[Bridge]]:
        """The overbruggingen of a case, the last one first; an open one is a flag beside its state."""
        return self._open_all(actor, Kind.BRIDGE, Bridge, case)

    def start_bridge(self, actor: Actor, case: str, bridge: Bridge) -> str:
        """Record an overbrugging; by itself it is looked at again after 14 days. Returns its entity."""
        start = bridge.van or self._context.today()
        agreed = bridge.model_copy(update={"van": start, "volgende_check": bridge.volgende_check or next_check(start)})
        return self._file(actor, Kind.BRIDGE, case, agreed, bridge_faults)

    def check_bridge(self, actor: Actor, entity: str, check: BridgeCheck) -> Changes:
        """Record a look at an overbrugging; it moves the next look, and the end where `tot` is given."""
        require(actor, Right.FOLLOW_UP)
        context, today = self._context, self._context.today()
        look = check.model_copy(update={"op": check.op or today, "door": check.door or actor.name})
        with context.store.write(author(actor)) as writer:
            bridge = load(writer, Kind.BRIDGE, Bridge, entity)
            below.refuse(check_faults(look, bridge, today))
            looked_at = checked(bridge, look)
            below.refuse(bridge_faults(looked_at, today))
            return below.amend_in(writer, context, Kind.BRIDGE, entity, looked_at, ("checks", "volgende_check", "tot"))

    def amend_bridge(
        self, actor: Actor, entity: str, bridge: Bridge, fields: Iterable[str], seen: Registers | None = None
    ) -> Changes:
        """Correct an overbrugging, or end it with its outcome."""
        return self._amend(actor, Kind.BRIDGE, entity, bridge, fields, seen, bridge_faults)

    def escalations(self, actor: Actor, case: str) -> Sequence[Filed[Escalation]]:
        """The steps that were taken on the ladder, the last one first; an open one is a flag beside the state."""
        return self._open_all(actor, Kind.ESCALATION, Escalation, case)

    def suggested(self, actor: Actor, case: str) -> Stagnation:
        """Why it is time to think of escalation; nothing where it is not, or where a step is running."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            if any(step.is_open for _, step in children(reader, Kind.ESCALATION, Escalation, case)):
                return Stagnation()
            return stagnation(_standings(reader, case), _plans(reader, case), self._context.today())

    def escalate(self, actor: Actor, case: str, escalation: Escalation) -> str:
        """Record a step on the ladder, higher than those before it or with the reason why not. Returns its entity."""
        require(actor, Right.FOLLOW_UP)
        dated = escalation.model_copy(update={"op": escalation.op or self._context.today()})
        with self._context.store.write(author(actor)) as writer:
            before = [each for _, each in children(writer, Kind.ESCALATION, Escalation, case)]
            self._judge(writer, dated, lambda step, today: escalation_faults(step, before, today))
            return below.file_in(writer, self._context, Kind.ESCALATION, case, dated)

    def amend_escalation(
        self, actor: Actor, entity: str, escalation: Escalation, fields: Iterable[str], seen: Registers | None = None
    ) -> Changes:
        """Correct a step, or close it with its result. Which rung it was stays: another rung is another record."""
        kept = frozenset(fields) - {"stap"}
        return self._amend(
            actor,
            Kind.ESCALATION,
            entity,
            escalation,
            kept,
            seen,
            lambda step, today: escalation_faults(step, (), today),
        )

    def future(self, actor: Actor, case: str) -> OpenFuture:
        """The Big 5 and toekomstplan of a case; an empty plan where nobody began one."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            known = load(reader, Kind.CASE, Case, case)
            registers = reader.registers(Kind.FUTURE_PLAN, plan_entity(case))
        plan = built(Kind.FUTURE_PLAN, FuturePlan, registers)
        return OpenFuture(Filed(plan_entity(case), plan, registers), growing_up(known, plan, self._context.today()))

    def plan_future(
        self, actor: Actor, case: str, plan: FuturePlan, fields: Iterable[str], seen: Registers | None = None
    ) -> Changes:
        """Bring these fields of the plan of a case to what `plan` says; the first time begins it."""
        require(actor, Right.FOLLOW_UP)
        whole, touched = plan.model_copy(update={_CASE: case}), {*fields, _CASE}
        below.refuse((*_unknown_codes(whole), *plan_faults(whole, self._context.today())))
        with self._context.store.write(author(actor)) as writer:
            present(writer, Kind.CASE, case)
            entity = plan_entity(case)
            before = writer.registers(Kind.FUTURE_PLAN, entity) if seen is None else seen
            writer.write(Kind.FUTURE_PLAN, entity, wanted(stored(before), whole, touched), seen)
            return writer.changes

    def _open_all(self, actor: Actor, kind: Kind, model: type[Model], case: str) -> Sequence[Filed[Model]]:
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return below.filed(reader, kind, model, case)

    def _file(self, actor: Actor, kind: Kind, case: str, record: Model, faults: Faults[Model]) -> str:
        require(actor, Right.FOLLOW_UP)
        with self._context.store.write(author(actor)) as writer:
            self._judge(writer, record, faults)
            return below.file_in(writer, self._context, kind, case, record)

    def _amend(
        self,
        actor: Actor,
        kind: Kind,
        entity: str,
        record: Model,
        fields: Iterable[str],
        seen: Registers | None,
        faults: Faults[Model],
    ) -> Changes:
        """Bring these fields to what `record` says, if the whole is right with them."""
        require(actor, Right.FOLLOW_UP)
        touched = frozenset(fields) - {_CASE}
        with self._context.store.write(author(actor)) as writer:
            stands = load(writer, kind, type(record), entity)
            after = stands.model_copy(update={name: getattr(record, name) for name in touched})
            self._judge(writer, after, faults)
            return below.amend_in(writer, self._context, kind, entity, after, touched, seen)

    def _judge(self, reader: Reader, record: Model, faults: Faults[Model]) -> None:
        below.refuse(_unknown_codes(record))
        if isinstance(record, Deployment) and record.expert and not reader.exists(Kind.EXPERT, record.expert):
            raise InvalidInputError("Kies een pareltje uit de pool. Er is niets vastgelegd.", field="expert")
        below.refuse(faults(record, self._context.today()))


def _current(reader: Reader, case: str) -> tuple[str, Advice]:
    """The released advice that holds, with its entity; empty where there is none."""
    advices = dict(children(reader, Kind.ADVICE, Advice, case))
    entity = advising.current(advices)
    return entity, advices.get(entity, Advice())


def _standings(reader: Reader, case: str) -> tuple[Standing, ...]:
    return standings(*_current(reader, case), _tellings(reader, case))


def _plans(reader: Reader, case: str) -> tuple[PlanStanding, ...]:
    return plan_standings(*_current(reader, case), _tellings(reader, case))


def _tellings(reader: Reader, case: str) -> list[FollowUp]:
    return [telling for _, telling in children(reader, Kind.FOLLOW_UP, FollowUp, case)]


def _unknown_codes(record: BaseModel) -> Iterator[Missing]:
    for name, note in notes(type(record)).items():
        value = getattr(record, name)
        if note.vocabulary and value and value not in vocabulary(note.vocabulary):
            yield Missing(name, f"Kies een waarde uit de lijst: {note.label.lower()}.")
