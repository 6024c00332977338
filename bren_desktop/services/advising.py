"""Recording discussions of a case and the advice that comes of them, up to its release."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from bren_desktop.domain import advising
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.advice import Advice, Discussion
from bren_desktop.domain.advising import Missing
from bren_desktop.domain.aftercare import Bridge
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, wanted
from bren_desktop.domain.rights import Right, require
from bren_desktop.domain.states import AFTER_DISCUSSION
from bren_desktop.errors import InvalidInputError, UserFacingError
from bren_desktop.oplog.registers import Registers, conflicts, top_values
from bren_desktop.services import below, undo
from bren_desktop.services.below import Filed
from bren_desktop.services.context import Context, author
from bren_desktop.services.loading import built, children, load, present
from bren_desktop.services.ports import Reader
from bren_desktop.services.rows import Changes

_KEPT = frozenset({"casus", "bespreking", "vervangt", *advising.RELEASE})
"""What the program fills; no form changes it."""
FIXED_ADVICE = "Dit advies is vrijgegeven. Maak een nieuw advies dat dit vervangt."
FIXED_DISCUSSION = "Op deze bespreking rust een vrijgegeven advies. Leg een nieuwe bespreking vast."


class FixedError(UserFacingError):
    """A released advice, or the discussion on which one rests, is not changed any more."""


class ChangedMeanwhileError(UserFacingError):
    """What is to be released is not what its reader saw."""

    def __init__(self) -> None:
        super().__init__(
            "Dit advies is intussen gewijzigd. Er is nog niets vrijgegeven. Lees het opnieuw en geef het dan vrij."
        )


class SeveralVersionsError(UserFacingError):
    """Colleagues wrote the same field at the same time, and nobody has chosen yet."""

    def __init__(self) -> None:
        super().__init__(
            "Collega's hebben dit advies tegelijk gewijzigd. Er is nog niets vrijgegeven. "
            "Kies eerst welke versie geldt."
        )


@dataclass(frozen=True, slots=True)
class Deliberation:
    """What was discussed and advised on a case. `bridged`: it has an overbrugging that has not ended."""

    discussions: tuple[Filed[Discussion], ...]
    advices: tuple[Filed[Advice], ...]
    bridged: bool

    @property
    def current(self) -> Filed[Advice] | None:
        """The released advice that holds now."""
        entity = advising.current({each.entity: each.record for each in self.advices})
        return next((each for each in self.advices if each.entity == entity), None)

    def fixed(self, entity: str) -> str:
        """Why a discussion or advice may no longer be changed; empty where it may."""
        released = [each for each in self.advices if each.record.vrijgegeven_op]
        if any(each.entity == entity for each in released):
            return FIXED_ADVICE
        return FIXED_DISCUSSION if any(each.record.bespreking == entity for each in released) else ""

    def missing(self, advice: Advice, today: date) -> tuple[Missing, ...]:
        """What this advice needs before it may be released."""
        found = (each.record for each in self.discussions if each.entity == advice.bespreking)
        return advising.missing_for_release(advice, next(found, None), today=today, bridged=self.bridged)


class Advising:
    """The discussions and advices of cases."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, actor: Actor, case: str) -> Deliberation:
        """Everything that was discussed and advised on a case; the last discussion and the newest advice first."""
        require(actor, Right.READ_CASE)
        with self._context.read(actor) as reader:
            return _deliberation(reader, case)

    def add_discussion(self, actor: Actor, case: str, discussion: Discussion) -> str:
        """Record a discussion, complete or not; without a date it is today's. Returns its entity."""
        require(actor, Right.ADVISE)
        today = self._context.today()
        dated = discussion.model_copy(update={"datum": discussion.datum or today})
        below.refuse(advising.discussion_faults(dated, today))
        return below.file(self._context, actor, Right.ADVISE, Kind.DISCUSSION, case, dated)

    def amend_discussion(
        self,
        actor: Actor,
        entity: str,
        discussion: Discussion,
        fields: Iterable[str],
        seen: Registers | None = None,
    ) -> Changes:
        """Bring these fields to what `discussion` says. Raises FixedError once a released advice rests on it."""
        faults = advising.discussion_faults(discussion, self._context.today())
        return self._amend(actor, Kind.DISCUSSION, entity, discussion, faults, fields, seen)

    def draft(self, actor: Actor, discussion: str) -> Advice:
        """An advice to begin with after a discussion, with its outcome as the summary; nothing is recorded yet."""
        require(actor, Right.ADVISE)
        with self._context.read(actor) as reader:
            held = load(reader, Kind.DISCUSSION, Discussion, discussion)
            known = load(reader, Kind.CASE, Case, held.casus)
            before = _deliberation(reader, held.casus).current
        return Advice(
            casus=held.casus,
            bespreking=discussion,
            vervangt=before.entity if before else "",
            samenvatting=held.uitkomst,
            procesregisseur=known.regisseur,
        )

    def successor(self, actor: Actor, advice: str) -> Advice:
        """A released advice to begin with, as the one that replaces it; nothing is recorded yet."""
        require(actor, Right.ADVISE)
        with self._context.read(actor) as reader:
            before = load(reader, Kind.ADVICE, Advice, advice)
        return _unreleased(before).model_copy(update={"vervangt": advice})

    def add_advice(self, actor: Actor, case: str, advice: Advice) -> str:
        """Record an advice as a concept, complete or not. Returns its entity."""
        require(actor, Right.ADVISE)
        below.refuse(advising.advice_faults(advice))
        with self._context.store.write(author(actor)) as writer:
            _require_below(writer, case, advice)
            return below.file_in(writer, self._context, Kind.ADVICE, case, _unreleased(advice))

    def amend_advice(
        self, actor: Actor, entity: str, advice: Advice, fields: Iterable[str], seen: Registers | None = None
    ) -> Changes:
        """Bring these fields to what `advice` says. Raises FixedError once it is released."""
        return self._amend(actor, Kind.ADVICE, entity, advice, advising.advice_faults(advice), fields, seen)

    def undo(self, actor: Actor, entity: str) -> Changes:
        """Take back the acting person's last change of a discussion or advice, but for its making."""
        require(actor, Right.ADVISE)
        with self._context.store.write(author(actor)) as writer:
            kind = Kind.ADVICE if writer.exists(Kind.ADVICE, entity) else Kind.DISCUSSION
            _require_open(writer, _case_of(writer, kind, entity), entity)
            undo.compensate(writer, kind, entity, actor.person, _KEPT)
            return writer.changes

    def release(self, actor: Actor, entity: str, seen: Registers | None = None) -> Changes:
        """Release an advice for good, in the place of the one that stands. `seen`: what the voorzitter read.

        Raises ChangedMeanwhileError where that is not what is there, and InvalidInputError at the first lack.
        """
        require(actor, Right.RELEASE_ADVICE)
        today = self._context.today()
        with self._context.store.write(author(actor)) as writer:
            advice = _settled(present(writer, Kind.ADVICE, entity), seen)
            _require_open(writer, advice.casus, entity)
            _must_be_discussed(writer, advice.casus)
            known = _deliberation(writer, advice.casus)
            below.refuse(known.missing(advice, today))
            released = _released(advice, known, actor, today)
            writer.write(Kind.ADVICE, entity, wanted({}, released, (*advising.RELEASE, "vervangt")))
            return writer.changes

    def _amend(
        self,
        actor: Actor,
        kind: Kind,
        entity: str,
        record: BaseModel,
        faults: Iterable[Missing],
        fields: Iterable[str],
        seen: Registers | None,
    ) -> Changes:
        require(actor, Right.ADVISE)
        touched = frozenset(fields) - _KEPT
        below.refuse(fault for fault in faults if fault.field in touched)
        with self._context.store.write(author(actor)) as writer:
            _require_open(writer, _case_of(writer, kind, entity), entity)
            return below.amend_in(writer, self._context, kind, entity, record, touched, seen)


def _deliberation(reader: Reader, case: str) -> Deliberation:
    discussions = below.filed(reader, Kind.DISCUSSION, Discussion, case)
    return Deliberation(
        tuple(sorted(discussions, key=lambda each: str(each.record.datum or ""), reverse=True)),
        below.filed(reader, Kind.ADVICE, Advice, case),
        any(bridge.beeindigd_op is None for _, bridge in children(reader, Kind.BRIDGE, Bridge, case)),
    )


def _case_of(reader: Reader, kind: Kind, entity: str) -> str:
    return str(top_values(present(reader, kind, entity)).get(("casus", ""), ""))


def _require_open(reader: Reader, case: str, entity: str) -> None:
    if reason := _deliberation(reader, case).fixed(entity):
        raise FixedError(reason)


def _require_below(reader: Reader, case: str, advice: Advice) -> None:
    """Raise InvalidInputError where the advice rests on, or replaces, something that is not there."""
    known = _deliberation(reader, case)
    if advice.bespreking not in {each.entity for each in known.discussions}:
        raise InvalidInputError("Kies de bespreking waarop het advies rust.", field="bespreking")
    released = {each.entity for each in known.advices if each.record.vrijgegeven_op}
    if advice.vervangt and advice.vervangt not in released:
        raise InvalidInputError("Alleen een vrijgegeven advies van deze casus is te vervangen.", field="vervangt")


def _unreleased(advice: Advice) -> Advice:
    empty = {name: Advice.model_fields[name].default for name in advising.RELEASE}
    return advice.model_copy(update=empty)


def _must_be_discussed(reader: Reader, case: str) -> None:
    if load(reader, Kind.CASE, Case, case).status not in AFTER_DISCUSSION:
        raise InvalidInputError(
            "Een advies geeft u vrij als de casus is besproken. Rond eerst de bespreking af. Er is niets vrijgegeven.",
            field="status",
        )


def _released(advice: Advice, known: Deliberation, actor: Actor, today: date) -> Advice:
    """The advice as it is released, in the place of the one that stands."""
    stands = known.current
    whole = advice.model_copy(update={"vervangt": stands.entity if stands else ""})
    values = (today, actor.name, advising.stamp(whole))
    return whole.model_copy(update=dict(zip(advising.RELEASE, values, strict=True)))


def _settled(registers: Registers, seen: Registers | None) -> Advice:
    """The advice as its reader saw it, with one version of every field."""
    if seen is not None and seen != registers:
        raise ChangedMeanwhileError
    if conflicts(registers):
        raise SeveralVersionsError
    return built(Kind.ADVICE, Advice, registers)
