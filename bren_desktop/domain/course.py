"""A case with all that was filed below it (verloop): what the steps of its life are judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bren_desktop.domain.advice import Advice, Discussion
from bren_desktop.domain.aftercare import Deployment, FollowUp
from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import Closing, Lesson
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.records import FiledDocument
from bren_desktop.domain.states import State
from bren_desktop.domain.transitions import Transition

_STARTS_ANEW = frozenset({State.CARRIED_OUT, State.MONITORED})


@dataclass(frozen=True, slots=True)
class Course:
    """The records below a case by their entities. `transitions` stand in the order in which they were made.

    `details` is what the one who makes the next step fills in.
    """

    case: Case
    today: date
    details: Transition = field(default_factory=Transition)
    transitions: tuple[Transition, ...] = ()
    discussions: Mapping[str, Discussion] = field(default_factory=dict)
    advices: Mapping[str, Advice] = field(default_factory=dict)
    follow_ups: Mapping[str, FollowUp] = field(default_factory=dict)
    deployments: Mapping[str, Deployment] = field(default_factory=dict)
    closings: Mapping[str, Closing] = field(default_factory=dict)
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    documents: Mapping[str, FiledDocument] = field(default_factory=dict)
    consents: Mapping[str, Consent] = field(default_factory=dict)
    disclosures: Mapping[str, Disclosure] = field(default_factory=dict)

    @property
    def reopened(self) -> int:
        """How often the case was reopened."""
        return sum(1 for each in self.transitions if each.naar == State.REOPENED)

    def in_this_round(self, day: date | None) -> bool:
        """Whether `day` is known, and not before the case was reopened or came back because its advice failed."""
        return day is not None and day >= max(map(_began_anew, self.transitions), default=date.min)


def _began_anew(each: Transition) -> date:
    again = each.naar == State.REOPENED or (each.naar == State.TEAM and each.van in _STARTS_ANEW)
    return (each.op if again else None) or date.min


def replay(transitions: tuple[Transition, ...]) -> str:
    """The state in which these transitions end, in the order in which they were made; empty without any."""
    return transitions[-1].naar if transitions else ""
