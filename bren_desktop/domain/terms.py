"""How long a case takes (doorlooptijd), from its transitions: working days, without the time that it waited for others.

Transitions stand in the order in which they were made. A case that was reopened starts a new clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bren_desktop.domain.clocks.calendar import Calendar
from bren_desktop.domain.clocks.counting import Pause, working_days_between
from bren_desktop.domain.states import State
from bren_desktop.domain.transitions import Transition

PHASES = (State.TRIAGE, State.DISCUSSED, State.ADVISED, State.CARRIED_OUT, State.CLOSED)
"""What is counted towards from the aanmelding, in the usual order."""


@dataclass(frozen=True, slots=True)
class Term:
    """A case reached `state` on `reached`, so many working days after its aanmelding or reopening."""

    state: State
    reached: date
    days: int


def since_reopening(transitions: Sequence[Transition]) -> tuple[Transition, ...]:
    """The transitions from the last reopening on; all of them where there was none."""
    at = max((index for index, each in enumerate(transitions) if each.naar == State.REOPENED), default=0)
    return tuple(transitions[at:])


def began(transitions: Sequence[Transition], registered: date | None) -> date | None:
    """When the clocks of a case began: the day of its last reopening, else that of its aanmelding."""
    current = since_reopening(transitions)
    return current[0].op if current and current[0].naar == State.REOPENED else registered


def pauses(transitions: Sequence[Transition], today: date) -> tuple[Pause, ...]:
    """When a case waited for what was asked (aanvulling); a pause that still runs ends today."""
    return tuple(_pauses(transitions, today))


def _pauses(transitions: Sequence[Transition], today: date) -> Iterator[Pause]:
    for each, following in pairwise((*transitions, None)):
        if each is not None and each.naar == State.AWAITING and each.op:
            ends = following.op if following else today
            yield Pause(each.op, max(each.op, ends or today))


def terms(
    transitions: Sequence[Transition], registered: date | None, today: date, calendar: Calendar
) -> tuple[Term, ...]:
    """The phases that a case has reached since its aanmelding, or since it was reopened."""
    start, current = began(transitions, registered), since_reopening(transitions)
    if start is None:
        return ()
    first: dict[str, date] = {}
    for each in current:
        if each.op:
            first.setdefault(each.naar, each.op)
    waits = pauses(transitions, today)
    reached = [(state, first[state]) for state in PHASES if state in first]
    return tuple(Term(state, day, working_days_between(start, day, calendar, waits)) for state, day in reached)
