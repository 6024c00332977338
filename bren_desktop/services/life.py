"""Bringing a case from one state to the next: what is possible now, what it lacks, and the step itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.advising import RELEASE
from bren_desktop.domain.aftercare import Bridge, Escalation
from bren_desktop.domain.cases import Case, ToCodeRow
from bren_desktop.domain.clocks.calendar import UnknownYearError
from bren_desktop.domain.course import Course
from bren_desktop.domain.dutch import listing, short_date
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.life import Step, is_undecided, step_to, steps_from
from bren_desktop.domain.needs import Lack
from bren_desktop.domain.rights import Right, may, require
from bren_desktop.domain.states import State
from bren_desktop.domain.terms import Term, terms
from bren_desktop.domain.transitions import Transition
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError, NotAllowedError
from bren_desktop.oplog.registers import conflicts
from bren_desktop.services.context import Context, author
from bren_desktop.services.course import STATUS, read_course, read_transitions, write_step
from bren_desktop.services.loading import children, load, present
from bren_desktop.services.numbers import renumber
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.rows import Changes
from bren_desktop.services.team import calendar_of, read_team


class NotYetPossibleError(InvalidInputError):
    """A step that still lacks something. `field` is the first of `lacks`."""

    def __init__(self, step: Step, lacks: Sequence[Lack]) -> None:
        super().__init__(
            "De casus kan nog niet naar de status '{status}'. De status is niet veranderd. {wat}",
            field=lacks[0].field,
            status=vocabulary("casusstatus").label(step.target),
            wat=" ".join(map(_named, lacks)),
        )
        self.lacks = tuple(lacks)


@dataclass(frozen=True, slots=True)
class Option:
    """A step that leads on. `lacks` is what the case lacks, without what the window of the step itself asks.

    `allowed`: whether the role of the one who asks may make it.
    """

    step: Step
    lacks: tuple[Lack, ...]
    allowed: bool

    @property
    def mine(self) -> tuple[Lack, ...]:
        """What the one who asks can fill in; of the step of another that is all but a release."""
        return self.lacks if self.allowed else tuple(lack for lack in self.lacks if lack.field not in RELEASE)


@dataclass(frozen=True, slots=True)
class Flags:
    """What runs beside the state: a bridge and an escalation that have not ended, newest first.

    `undecided`: the step that led to the state lacks the decision of the voorzitter that it asks.
    """

    bridges: tuple[Bridge, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    undecided: bool = False


class Life:
    """The steps of cases. Mistakes are put right by a next step; a transition is never rewritten."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def steps(self, actor: Actor, case: str) -> Sequence[Option]:
        """The steps that lead on from where the case is, the usual ones first; none while two states stand."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            course, is_settled = read_course(reader, case, self._context.today()), _is_settled(reader, case)
        return [_option(actor, course, step) for step in steps_from(course.case.status)] if is_settled else []

    def move(self, actor: Actor, case: str, target: str, details: Transition) -> Changes:
        """Bring a case to the state `target`, on `details.op` or today.

        `details.van`, where it is filled in, is the state that the person saw: a case that went on since stays.
        Raises NotAllowedError, NotYetPossibleError (which names every lack) or InvalidInputError.
        """
        require(actor, Right.MOVE_CASE)
        with self._context.store.write(author(actor)) as writer:
            make_step(writer, self._context, actor, case, target, details)
            return writer.changes

    def history(self, actor: Actor, case: str) -> Sequence[tuple[str, Transition]]:
        """The transitions of a case, newest first, each with its entity."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return children(reader, Kind.TRANSITION, Transition, case)

    def terms(self, actor: Actor, case: str) -> Sequence[Term]:
        """How long the case took to each phase that it has reached; nothing for days that no calendar knows."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            made, registered = read_transitions(reader, case), load(reader, Kind.CASE, Case, case).datum_aanmelding
            calendar = calendar_of(read_team(reader, self._context, actor))
        try:
            return terms(made, registered, self._context.today(), calendar)
        except UnknownYearError:
            return ()

    def flags(self, actor: Actor, case: str) -> Flags:
        """What runs beside the state of the case."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            bridges = children(reader, Kind.BRIDGE, Bridge, case)
            escalations = children(reader, Kind.ESCALATION, Escalation, case)
            last = read_transitions(reader, case)[-1:]
        return Flags(
            tuple(each for _, each in bridges if each.is_open),
            tuple(each for _, each in escalations if each.is_open),
            any(map(is_undecided, last)),
        )


def make_step(
    writer: Writer, context: Context, actor: Actor, case: str, target: str, details: Transition
) -> tuple[str, Transition]:
    """The same within a transaction that does more; the step as it was filed, with its entity."""
    _must_be_settled(writer, case)
    course = replace(read_course(writer, case, context.today()), details=details)
    step = _step(course, target)
    _must_be_allowed(actor, step)
    day = _day(course)
    lacks = step.lacks(course)
    if lacks:
        raise NotYetPossibleError(step, lacks)
    made = _event(actor, course, step, day)
    entity = write_step(writer, context, case, made)
    writer.write(Kind.CASE, case, {("te_coderen", row.id): None for row in _unplaced(course)})
    if step.target is State.REGISTERED:
        renumber(writer, actor, case, context.store.entity_for(Kind.TEAM, actor.team))
    return entity, made


def _event(actor: Actor, course: Course, step: Step, day: date) -> Transition:
    made = {"van": course.case.status, "naar": step.target.value, "op": day, "door": actor.name}
    words = (f"In het bestand stond als status: {row.tekst}." for row in _unplaced(course))
    reason = " ".join(filter(None, (course.details.reden, *words)))
    return course.details.model_copy(update={**made, "besluit": actor.name if step.decides else "", "reden": reason})


def _unplaced(course: Course) -> Sequence[ToCodeRow]:
    """What a file said of the state that no list knows: the first step says where the case is, and tells the word."""
    return [row for row in course.case.te_coderen if row.veld == STATUS[0]]


def _option(actor: Actor, course: Course, step: Step) -> Option:
    lacks = tuple(lack for lack in step.lacks(course) if lack.kind is not Kind.TRANSITION)
    return Option(step, lacks, may(actor, Right.MOVE_CASE) and _is_allowed(actor, step))


def _is_allowed(actor: Actor, step: Step) -> bool:
    return actor.role in step.roles and (may(actor, Right.DECIDE) or not step.decides)


def _must_be_allowed(actor: Actor, step: Step) -> None:
    if not _is_allowed(actor, step):
        raise NotAllowedError(
            "Met de rol {role} mag u deze stap niet zetten: {stap}. Dat doet de {rollen}. De status is niet veranderd.",
            role=actor.role.value,
            stap=step.verb,
            rollen=deciders(step),
        )


def deciders(step: Step) -> str:
    """Who makes a step, in words: `voorzitter of plaatsvervanger`."""
    return _either([role.value for role in Role if role in step.roles])


def _either(words: Sequence[str]) -> str:
    return " of ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _is_settled(reader: Reader, case: str) -> bool:
    return STATUS not in conflicts(present(reader, Kind.CASE, case))


def _must_be_settled(reader: Reader, case: str) -> None:
    if not _is_settled(reader, case):
        raise InvalidInputError(
            "Twee collega's brachten deze casus tegelijk verder. Kies eerst bij de versies welke status geldt. Daarna "
            "kan deze stap.",
            field="status",
        )


def _step(course: Course, target: str) -> Step:
    state, labels = course.case.status, vocabulary("casusstatus")
    if course.details.van not in ("", state):
        raise InvalidInputError(
            "De casus is intussen verder: de status is nu '{status}'. Uw stap is niet gezet. Bekijk de casus opnieuw.",
            field="status",
            status=labels.label(state),
        )
    step = step_to(state, target)
    if step is None:
        raise InvalidInputError(
            "Van de status '{van}' leidt geen stap naar '{naar}'. De status is niet veranderd. {verder}",
            field="status",
            van=labels.label(state),
            naar=labels.label(target),
            verder=_onward(steps_from(state)),
        )
    return step


def _onward(steps: Iterable[Step]) -> str:
    labels = [f"'{vocabulary('casusstatus').label(step.target)}'" for step in steps]
    return f"Wel mogelijk: {listing(labels)}." if labels else "Vanuit deze status is er geen volgende stap."


def _day(course: Course) -> date:
    """The day of the step: not in the future, and not before the aanmelding or the step that came before it."""
    day, reported = course.day, course.case.datum_aanmelding
    known = [each.op for each in course.transitions] + [reported and min(reported, course.today)]
    last = max(filter(None, known), default=None)
    if day > course.today:
        raise InvalidInputError("De datum van de stap ligt in de toekomst. De status is niet veranderd.", field="op")
    if last is not None and day < last:
        raise InvalidInputError(
            "De aanmelding of vorige stap was op {dag}. Deze stap kan niet eerder zijn. De status is niet veranderd.",
            field="op",
            dag=short_date(last),
        )
    return day


def _named(lack: Lack) -> str:
    """What to do, with the name by which commands know the field."""
    known = lack.field if lack.kind in (Kind.CASE, Kind.TRANSITION) else f"{lack.kind.value}.{lack.field}"
    return f"{lack.sentence.removesuffix('.')} ({known})."
