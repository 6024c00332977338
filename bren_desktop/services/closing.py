"""Closing a case with four eyes, and what was learnt from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import (
    Closing,
    ClosingState,
    Lesson,
    in_force,
    missing_for_closing,
    missing_for_proposal,
)
from bren_desktop.domain.course import closing_round
from bren_desktop.domain.entities import Kind, wanted
from bren_desktop.domain.retention import COPY, Retention, destroy_from
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.states import ENDED, State
from bren_desktop.domain.transitions import Transition
from bren_desktop.errors import InvalidInputError
from bren_desktop.oplog.clock import milliseconds
from bren_desktop.oplog.registers import Registers
from bren_desktop.services import below
from bren_desktop.services.context import Context, author, local_day
from bren_desktop.services.loading import children, load
from bren_desktop.services.ports import Reader, Writer
from bren_desktop.services.rows import Changes
from bren_desktop.services.share_door import Device
from bren_desktop.services.witnessing import checked, works_alone

DECIDED = (
    "bevestigd_op",
    "bevestigd_door",
    "bevestigd_door_id",
    "getuige",
    "teruggegeven_op",
    "teruggegeven_door",
    "reden_teruggave",
)
"""What becomes of a proposal, which no proposal says itself."""
_LESSON = {
    "niveau": "Kies of het leerpunt over de casus gaat, over de regio of over het land.",
    "soort": "Kies wat voor leerpunt het is.",
    "tekst": "Schrijf op wat u van deze casus leerde.",
}


@dataclass(frozen=True, slots=True)
class CaseClosing:
    """How closing a case stands.

    `entity` and `closing` are the proposal that counts, if any; `returned` is the last one that was given back since.
    `missing` is what the case still needs before it may be closed.
    """

    entity: str
    closing: Closing | None
    returned: Closing | None
    lessons: tuple[tuple[str, Lesson], ...]
    missing: tuple[tuple[str, str], ...]
    retention: Retention


class ClosingWork:
    """Closings and lessons of cases. `devices` gives the laptops of the network; none where there is no network."""

    def __init__(self, context: Context, devices: Callable[[], Sequence[Device]]) -> None:
        self._context = context
        self._devices = devices

    def of(self, actor: Actor, case: str) -> CaseClosing:
        """How closing a case stands."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            lessons = children(reader, Kind.LESSON, Lesson, case)
            entity, closing = standing(reader, case)
            returned = None if closing else _last_returned(reader, case)
            missing = missing_for_closing(closing, len(lessons))
            return CaseClosing(entity, closing, returned, lessons, missing, _retention(reader, case, closing))

    def retention(self, actor: Actor, case: str) -> Retention:
        """From when the record of a case may be destroyed."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return _retention(reader, case, standing(reader, case)[1])

    def is_alone(self, actor: Actor) -> bool:
        """Whether this is the only laptop of the team, so that a witness confirms. Waits for a run of sync."""
        require(actor, Right.CLOSE_CASE)
        return works_alone(actor, self._devices())

    def add_lesson(self, actor: Actor, case: str, lesson: Lesson) -> str:
        """File what was learnt from a case. Returns its entity."""
        _check_lesson(lesson)
        return below.file(self._context, actor, Right.CLOSE_CASE, Kind.LESSON, case, lesson)

    def amend_lesson(
        self, actor: Actor, lesson: str, record: Lesson, fields: Iterable[str], seen: Registers | None = None
    ) -> Changes:
        """Bring these fields of a lesson to what `record` says."""
        _check_lesson(record)
        touched = frozenset(fields) - {"casus"}
        return below.amend(self._context, actor, Right.CLOSE_CASE, Kind.LESSON, lesson, record, touched, seen)

    def propose(self, actor: Actor, case: str, closing: Closing) -> str:
        """Propose to close a case; somebody else confirms. Raises InvalidInputError for what is still missing."""
        require(actor, Right.CLOSE_CASE)
        with self._context.store.write(author(actor)) as writer:
            _must_be_monitored(writer, case)
            if standing(writer, case)[1] is not None:
                raise InvalidInputError("Er ligt al een voorstel om deze casus af te sluiten. Er is niets veranderd.")
            below.refuse(missing_for_proposal(closing, len(writer.children(Kind.LESSON, case))))
            proposed = closing.model_copy(
                update={
                    **{name: Closing.model_fields[name].default for name in DECIDED},
                    "ronde": _round(writer, case),
                    "voorgesteld_op": self._context.today(),
                    "voorgesteld_door": actor.name,
                    "voorgesteld_door_id": actor.person,
                }
            )
            return below.file_in(writer, self._context, Kind.CLOSING, case, proposed)

    def confirm(self, actor: Actor, closing: str) -> Changes:
        """Confirm what somebody else proposed, on whatever laptop has it."""
        return self._confirm(actor, closing, "")

    def confirm_with_witness(self, actor: Actor, closing: str, witness: str) -> Changes:
        """Confirm one's own proposal beside a named witness, in a team of one laptop only."""
        if not self.is_alone(actor):
            raise InvalidInputError(
                "Uw team heeft meer laptops. Een collega bevestigt de afsluiting op een eigen laptop.", field="getuige"
            )
        with self._context.read(actor) as reader:
            case = load(reader, Kind.CASE, Case, _pending(reader, closing).casus)
        return self._confirm(actor, closing, checked(witness, actor, case))

    def withdraw_proposal(self, actor: Actor, closing: str, reason: str = "") -> Changes:
        """Take one's own proposal back, or give a colleague's back with a reason."""
        require(actor, Right.CLOSE_CASE)
        with self._context.store.write(author(actor)) as writer:
            proposed = _pending(writer, closing)
            if not reason.strip() and proposed.voorgesteld_door_id != actor.person:
                raise InvalidInputError("Schrijf op wat er nog moet gebeuren.", field="reden_teruggave")
            return _decide(
                writer,
                closing,
                proposed,
                teruggegeven_op=self._context.today(),
                teruggegeven_door=actor.name,
                reden_teruggave=reason,
            )

    def _confirm(self, actor: Actor, closing: str, witness: str) -> Changes:
        require(actor, Right.CLOSE_CASE)
        with self._context.store.write(author(actor)) as writer:
            proposed = _pending(writer, closing)
            if proposed.voorgesteld_door_id == actor.person and not witness:
                raise InvalidInputError(
                    "U stelde deze afsluiting zelf voor. Een tweede persoon bevestigt het voorstel.",
                    field="bevestigd_door",
                )
            return _decide(
                writer,
                closing,
                proposed,
                bevestigd_op=self._context.today(),
                bevestigd_door=actor.name,
                bevestigd_door_id=actor.person,
                getuige=witness,
            )


def standing(reader: Reader, case: str) -> tuple[str, Closing | None]:
    """The proposal that counts for a case in this stay in monitoring, with its entity; empty and None without one."""
    found = children(reader, Kind.CLOSING, Closing, case)
    closing = in_force((each for _, each in found), _round(reader, case))
    return next((entity for entity, each in found if each is closing), ""), closing


def _round(reader: Reader, case: str) -> int:
    return closing_round(step.naar for _, step in children(reader, Kind.TRANSITION, Transition, case))


def _must_be_monitored(reader: Reader, case: str) -> None:
    if load(reader, Kind.CASE, Case, case).status != State.MONITORED:
        raise InvalidInputError(
            "Een afsluiting stelt u voor zodra de casus in monitoring is. Er is niets veranderd.", field="status"
        )


def _last_returned(reader: Reader, case: str) -> Closing | None:
    newest = children(reader, Kind.CLOSING, Closing, case)[:1]
    return next((each for _, each in newest if each.state is ClosingState.RETURNED), None)


def _retention(reader: Reader, case: str, closing: Closing | None) -> Retention:
    record = load(reader, Kind.CASE, Case, case)
    profile, ended = closing.bewaarprofiel if closing else COPY, _ended_on(reader, case, record)
    changed = local_day(reader.active_ms(case)) if ended else None
    return destroy_from(profile, ended, changed, record.geboortedatum, record.bewaarplicht_reden)


def _ended_on(reader: Reader, case: str, record: Case) -> date | None:
    """The day on which a case came to the end at which it now stands; that of its import, where no step led there."""
    if record.status not in ENDED:
        return None
    steps = children(reader, Kind.TRANSITION, Transition, case)
    days = [step.op for _, step in steps if step.naar == record.status and step.op]
    written = reader.registers(Kind.CASE, case)["status", ""].top
    return max(days) if days or written is None else local_day(milliseconds(written.clock))


def _pending(reader: Reader, closing: str) -> Closing:
    record = load(reader, Kind.CLOSING, Closing, closing)
    if record.state is ClosingState.CONFIRMED:
        raise InvalidInputError("Deze afsluiting is al bevestigd. Er is niets veranderd.")
    if record.state is ClosingState.RETURNED:
        raise InvalidInputError("Dit voorstel is al teruggegeven. Stel de afsluiting opnieuw voor.")
    return record


def _decide(writer: Writer, closing: str, proposed: Closing, **decided: object) -> Changes:
    record = Closing.model_validate({**dict(proposed), **decided})
    writer.write(Kind.CLOSING, closing, wanted({}, record, decided))
    return writer.changes


def _check_lesson(lesson: Lesson) -> None:
    below.refuse([(field, sentence) for field, sentence in _LESSON.items() if not getattr(lesson, field)])
