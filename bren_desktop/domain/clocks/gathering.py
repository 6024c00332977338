"""What the clocks of a case count from, gathered from its events: the one place that knows what counts as what.

Docs: decision 0014. A letter that was released counts as sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bren_desktop.domain.clocks.counting import Pause
from bren_desktop.domain.clocks.due import Bridging, Facts
from bren_desktop.domain.clocks.events import Event, What
from bren_desktop.domain.following import SETTLED
from bren_desktop.domain.requests import is_extended
from bren_desktop.domain.retention import COPY, destroy_from
from bren_desktop.domain.states import ENDED, State
from bren_desktop.domain.values import FIRST_YEAR, LAST_YEAR

RECEIPT, ADVICE_LETTER = "Ontvangstbevestiging", "Adviesbrief"
"""The sorts of document that stop a clock."""
DESTRUCTION = "VZ-VERN"
_NEW = frozenset({State.REGISTERED, State.TRIAGE, State.AWAITING, State.REOPENED})
"""A case that went further needs no receipt any more."""
_STALE_CONSENT = timedelta(weeks=4)
"""So long a purpose that lapsed is still asked about, when others hold."""
_TELLS: Mapping[str, tuple[What, ...]] = {
    State.AWAITING: (What.CONTACT,),
    State.CARRIED_OUT: (What.CONTACT, What.TOLD),
    State.MONITORED: (What.TOLD,),
    State.CLOSED: (What.CONTACT,),
}
"""What counts as the reminder, check, opvolging or nagesprek that a state asks for."""
_Told = Mapping[What, Sequence[Event]]


@dataclass(frozen=True, slots=True)
class Basics:
    """What a case says of itself. `begun` and `active`: when it was first recorded, and something last done."""

    state: str
    crisis: bool
    born: date | None
    registered: date | None
    begun: date
    active: date


def facts_of(case: Basics, events: Iterable[Event], today: date) -> Facts:
    """What its clocks need to know, from the events of a case in the order in which they were recorded."""
    told: defaultdict[What, list[Event]] = defaultdict(list)
    for event in events:
        told[event.what].append(event)
    submitted = _submitted(case, told)
    given, until = _consent(told[What.CONSENT], today)
    return Facts(
        state=case.state,
        since=_since(case, told[What.STEP]),
        crisis=case.crisis,
        born=case.born if can_count(case.born) else None,
        submitted=submitted,
        acknowledged=_acknowledged(told, submitted) if case.state in _NEW else case.begun,
        pauses=pauses(told[What.STEP]),
        told=_latest(event for what in _TELLS.get(case.state, ()) for event in told[what]),
        discussed=_latest(told[What.DISCUSSION]),
        advice_sent=_latest(each for each in told[What.DOCUMENT] if each.ref == ADVICE_LETTER and each.value),
        contact_awaited=_days(told[What.DEPLOYMENT]),
        points=_points(told),
        decisions=_days(told[What.ESCALATION]),
        bridgings=[_bridging(each, case.begun) for each in told[What.BRIDGE]],
        consent_given=given,
        consent_until=until,
        future_planned=_latest(told[What.FUTURE]),
        active=case.active,
        requests=_days(each for each in told[What.REQUEST] if each.value != DESTRUCTION and not _is_extended(each)),
        extended=_days(each for each in told[What.REQUEST] if _is_extended(each)),
        erasures=_days(each for each in told[What.REQUEST] if each.value == DESTRUCTION),
        keep_until=_keep_until(case, told),
    )


def can_count(day: date | None) -> bool:
    """Whether clocks can count from this day; a colleague's laptop may have written anything."""
    return day is not None and FIRST_YEAR <= day.year <= LAST_YEAR


def current_advice(advices: Sequence[Event]) -> str:
    """The released advice that holds now; empty where there is none."""
    released = [each for each in advices if each.day]
    replaced = {each.ref for each in released}
    standing = [each for each in released if each.entity not in replaced]
    return max(standing, key=lambda each: (str(each.day), each.entity)).entity if standing else ""


def pauses(steps: Sequence[Event]) -> list[Pause]:
    """The times in which a case waited for an addition, as far as they have ended."""
    found, begun = [], None
    for step in steps:
        if begun and step.day:
            found.append(Pause(begun, step.day))
        begun = step.day if step.value == State.AWAITING else None
    return found


def _since(case: Basics, steps: Sequence[Event]) -> date:
    entered = _latest(each for each in steps if each.value == case.state)
    usual = case.begun if case.state == State.CONCEPT else _registered(case)
    return entered or usual or case.begun


def _registered(case: Basics) -> date | None:
    return case.registered if can_count(case.registered) else None


def _submitted(case: Basics, told: _Told) -> date | None:
    again = _latest(each for each in told[What.STEP] if each.value == State.REOPENED)
    return again or (None if case.state == State.CONCEPT else _registered(case))


def _acknowledged(told: _Told, submitted: date | None) -> date | None:
    """A letter that says so, or any contact since: who spoke with somebody knows that it came in."""
    letters = [each for each in told[What.DOCUMENT] if each.ref == RECEIPT and each.value]
    days = [day for day in _days([*letters, *told[What.CONTACT]]) if submitted is None or day >= submitted]
    return min(days, default=None)


def _points(told: _Told) -> list[date]:
    """When the points of the advice that holds were to be done, of which nobody told that they are settled."""
    advice = current_advice(told[What.ADVICE])
    newest = {
        each.part: each.value
        for each in sorted(told[What.TOLD], key=lambda each: each.day or date.min)
        if each.ref == advice
    }
    return _days(each for each in told[What.POINT] if each.entity == advice and newest.get(each.part) not in SETTLED)


def _bridging(event: Event, begun: date) -> Bridging:
    return Bridging(event.day or begun, _iso(event.ref), _iso(event.value))


def _consent(consents: Sequence[Event], today: date) -> tuple[date | None, date | None]:
    """When the consent was given that has to be asked again first, and when a purpose lapses first.

    Per purpose the last to end counts. What lapsed long ago is let alone as long as another purpose holds.
    """
    ends: dict[str, date] = {}
    given: dict[str, date] = {}
    for each in consents:
        for purpose in each.part.split():
            if each.day:
                ends[purpose] = max(ends.get(purpose, date.min), _iso(each.value) or date.max)
                given[purpose] = max(given.get(purpose, date.min), each.day)
    if not ends:
        return None, None
    last = max(ends.values())
    asked = [purpose for purpose, end in ends.items() if end >= today - _STALE_CONSENT or end == last]
    until = min(ends[purpose] for purpose in asked)
    return min(given[purpose] for purpose in asked), None if until == date.max else until


def _keep_until(case: Basics, told: _Told) -> date | None:
    if case.state not in ENDED:
        return None
    ended = _latest(each for each in told[What.STEP] if each.value == case.state) or case.begun
    closings = told[What.CLOSING]
    profile = closings[-1].value if closings else COPY
    hold = "ja" if told[What.HOLD] else ""
    born = case.born if can_count(case.born) else None
    retention = destroy_from(profile, ended, case.active, born, hold)
    return None if retention.held else retention.day


def _is_extended(asked: Event) -> bool:
    return is_extended(asked.value, asked.day, _iso(asked.ref))


def _latest(events: Iterable[Event]) -> date | None:
    return max(_days(events), default=None)


def _days(events: Iterable[Event]) -> list[date]:
    return [each.day for each in events if each.day]


def _iso(text: str) -> date | None:
    day = date.fromisoformat(text) if text else None
    return day if can_count(day) else None
