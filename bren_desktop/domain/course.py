"""A case with all that was filed below it (verloop): what the steps of its life are judged by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bren_desktop.domain.advice import Advice, Discussion
from bren_desktop.domain.aftercare import Bridge, Deployment, Escalation, FollowUp
from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import Closing, Lesson
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.records import FiledDocument
from bren_desktop.domain.states import State
from bren_desktop.domain.transitions import Transition

_STARTS_ANEW = frozenset({State.CARRIED_OUT, State.MONITORED})
_ASKS_CLOSING = frozenset({State.MONITORED, State.REOPENED})


@dataclass(frozen=True, slots=True)
class Course:
    """The records below a case by their entities. `transitions` stand in the order in which they were made.

    `details` is what the one who makes the next step fills in. `before_round` are the records whose day was written
    before the step that began this round: on the day of that step itself they are of the round before.
    """

    case: Case
    today: date
    details: Transition = field(default_factory=Transition)
    transitions: tuple[Transition, ...] = ()
    discussions: Mapping[str, Discussion] = field(default_factory=dict)
    advices: Mapping[str, Advice] = field(default_factory=dict)
    follow_ups: Mapping[str, FollowUp] = field(default_factory=dict)
    deployments: Mapping[str, Deployment] = field(default_factory=dict)
    bridges: Mapping[str, Bridge] = field(default_factory=dict)
    escalations: Mapping[str, Escalation] = field(default_factory=dict)
    closings: Mapping[str, Closing] = field(default_factory=dict)
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    documents: Mapping[str, FiledDocument] = field(default_factory=dict)
    consents: Mapping[str, Consent] = field(default_factory=dict)
    disclosures: Mapping[str, Disclosure] = field(default_factory=dict)
    before_round: frozenset[str] = frozenset()

    @property
    def day(self) -> date:
        """The day of the next step."""
        return self.details.op or self.today

    @property
    def round(self) -> int:
        """The number by which a closing is known: it counts for one stay in monitoring."""
        return closing_round(each.naar for each in self.transitions)

    def in_this_round(self, entity: str, day: date | None) -> bool:
        """Whether a record of `day` counts: not from before the aanmelding, nor from a round that is over."""
        if day is None or (self.case.datum_aanmelding and day < self.case.datum_aanmelding):
            return False
        began = max((each.op or date.min for each in self.transitions if begins_round(each)), default=date.min)
        return day > began or (day == began and entity not in self.before_round)


def begins_round(each: Transition) -> bool:
    """Whether the case was reopened, or came back because its advice failed."""
    return each.naar == State.REOPENED or (each.naar == State.TEAM and each.van in _STARTS_ANEW)


def closing_round(states: Iterable[str]) -> int:
    """How often a case that went through these came to monitoring or was reopened: each asks for its own closing."""
    return sum(each in _ASKS_CLOSING for each in states)


def replay(transitions: tuple[Transition, ...]) -> str:
    """The state in which these transitions end, in the order in which they were made; empty without any."""
    return transitions[-1].naar if transitions else ""
