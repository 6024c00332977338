"""What is due in a case, and when: every clock of requirements 5 and 1.11 that runs, from plain facts.

A clock that was met or that does not run gives nothing. A date outside the years that the calendar knows is due at
once, so that somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bren_desktop.domain.clocks.calendar import Calendar, UnknownYearError
from bren_desktop.domain.clocks.counting import Pause
from bren_desktop.domain.clocks.levels import service_level
from bren_desktop.domain.clocks.months import plus_months
from bren_desktop.domain.states import ENDED, State

_UNJUDGED = frozenset({State.REGISTERED, State.TRIAGE, State.REOPENED})
"""Triage has still to be done."""
_LONGEST_FOLLOW_UP = 12 * 30
"""In months: longer than anybody is young."""
_BEYOND = timedelta(days=366)
"""So far beyond today no opvolging can be the one that it is time for."""
_AGES = ("TM-16", "TM-17", "TM-17H", "TM-18", "TM-21", "TM-23")
_CONSENT_AGES = ("TM-TOEST-12", "TM-TOEST-16")
_FROM_ENTERING: Mapping[str, tuple[str, ...]] = {
    State.CONCEPT: ("TM-CONCEPT",),
    State.TEAM: ("TM-BESPREKING",),
    State.AGENDA: ("TM-INTERVISIE",),
}
_IN_TURN: Mapping[str, tuple[str, ...]] = {
    State.AWAITING: ("TM-AANVUL-1", "TM-AANVUL-2"),
    State.CARRIED_OUT: ("TM-UITV-1", "TM-UITV-2"),
    State.CLOSED: ("TM-NA-6", "TM-NA-12"),
}


@dataclass(frozen=True, slots=True)
class Bridging:
    """An overbrugging that runs: begun or last looked at on `reviewed`; the next look and the end, where agreed."""

    reviewed: date
    next_review: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the clocks of one case need to know. None and empty mean: not (yet), not known, or none."""

    state: str
    since: date
    """In this state since."""
    crisis: bool = False
    born: date | None = None
    submitted: date | None = None
    """Aanmelding, or the last reopening: that starts new clocks."""
    acknowledged: date | None = None
    pauses: Sequence[Pause] = ()
    told: date | None = None
    """The last reminder, check of the uitvoering, opvolging or nagesprek."""
    meeting: date | None = None
    """The meeting on whose agenda it stands."""
    discussed: date | None = None
    advice_sent: date | None = None
    contact_awaited: Sequence[date] = ()
    """When experts accepted who have not been in contact."""
    points: Sequence[date] = ()
    """When points of advice were to be done that are not."""
    decisions: Sequence[date] = ()
    """When decisions were asked for, in an escalation, that were not taken."""
    bridgings: Sequence[Bridging] = ()
    consent_given: date | None = None
    """When the consent that holds, or held last, was given."""
    consent_until: date | None = None
    future_planned: date | None = None
    """When Big 5 and toekomstplan were last gone through."""
    active: date | None = None
    """When something was last done in the case."""
    requests: Sequence[date] = ()
    """When inzage, rectificatie and the like were asked that are not answered."""
    extended: Sequence[date] = ()
    """The same, of those whose term was extended in time."""
    erasures: Sequence[date] = ()
    """When destruction was asked for that was not decided."""
    keep_until: date | None = None
    """When the retention of a closed case ends; None while a legal hold is on."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something to be done by `due`, shown from `warn_from`. `code` is that of its service level."""

    code: str
    due: date
    warn_from: date
    label: str
    text: str


def deadlines(facts: Facts, today: date, calendar: Calendar) -> list[Deadline]:
    """Every clock that runs, the first to fall due first."""
    clocks = _Clocks(facts, today, calendar)
    running = [*clocks.of_the_file()]
    if facts.state not in ENDED:
        running += [*clocks.of_the_state(), *clocks.of_the_work(), *clocks.of_growing_up(), *clocks.of_consent()]
    running += clocks.in_turn()
    return sorted(running, key=lambda each: (each.due, each.code))


@dataclass(frozen=True, slots=True)
class _Clocks:
    facts: Facts
    today: date
    calendar: Calendar

    def of_the_state(self) -> Iterator[Deadline]:
        """What a state asks, from entering it or from the aanmelding on."""
        facts = self.facts
        yield from self._all(_FROM_ENTERING.get(facts.state, ()), facts.since)
        if facts.state != State.CONCEPT and facts.acknowledged is None:
            yield from self._from("TM-ONTVANGST", facts.submitted)
        if facts.state in _UNJUDGED:
            yield from self._from("TM-TRIAGE", facts.submitted)
            yield from self._from("TM-CRISIS", facts.submitted if facts.crisis else None)
        if facts.state == State.AGENDA and facts.meeting and facts.meeting >= self.today:
            yield from self._all(("TM-AGENDA", "TM-SET"), facts.meeting)
        if facts.state in {State.DISCUSSED, State.ADVISED} and not _since(facts.advice_sent, facts.discussed):
            yield from self._from("TM-ADVIES", facts.discussed)

    def of_the_work(self) -> Iterator[Deadline]:
        """What people agreed to do, and what happens when nobody does anything."""
        facts = self.facts
        for code, days in (
            ("TM-INZET", facts.contact_awaited),
            ("TM-PUNT", facts.points),
            ("TM-ESCALATIE", sorted(facts.points)[:1]),
            ("TM-BESLUIT", facts.decisions),
        ):
            yield from (self._deadline(code, day) for day in days)
        for bridging in facts.bridgings:
            yield self._deadline("TM-OVB", bridging.reviewed, due=bridging.next_review)
            yield from self._from("TM-OVB-EINDE", bridging.until)
        if facts.state not in {State.CONCEPT, State.MONITORED}:
            yield from self._from("TM-STIL", facts.active)

    def of_growing_up(self) -> Iterator[Deadline]:
        """The ages at which something changes, until the Big 5 and toekomstplan were gone through for it."""
        return (each for each in self._ages(_AGES) if not _since(self.facts.future_planned, each.warn_from))

    def of_consent(self) -> Iterator[Deadline]:
        """Consent that ends, or that somebody else has to give from a birthday on."""
        given = self.facts.consent_given
        if given:
            yield from self._from("TM-TOEST-EINDE", self.facts.consent_until)
            yield from (each for each in self._ages(_CONSENT_AGES) if given < each.warn_from)

    def of_the_file(self) -> Iterator[Deadline]:
        """What the law asks, whatever the state."""
        facts = self.facts
        yield from (self._deadline("TM-INZAGE", day) for day in facts.requests)
        yield from (self._deadline("TM-VERLENGD", day) for day in facts.extended)
        yield from (self._deadline("TM-VERNIETIGING", day) for day in facts.erasures)
        if facts.state in ENDED:
            yield from self._from("TM-BEWAAR", facts.keep_until)

    def in_turn(self) -> Sequence[Deadline]:
        """The one of successive moments that it is time for. What was told counts for the moment nearest to it."""
        facts, told = self.facts, self.facts.told
        codes = _IN_TURN.get(facts.state, ())
        turns = list(self._follow_up() if facts.state == State.MONITORED else self._all(codes, facts.since))
        if told and told >= facts.since:
            nearest = min((facts.since, *(each.due for each in turns)), key=lambda day: abs(day - told))
            turns = [each for each in turns if each.due > nearest]
        return self._at_hand(turns)[:1]

    def _follow_up(self) -> Iterator[Deadline]:
        """At 0, 3 and 6 months, and every 6 months after that."""
        since, every = self.facts.since, int(service_level("TM-OPV").count)
        yield from self._all(("TM-OPV-0", "TM-OPV-3"), since)
        for months in range(every, _LONGEST_FOLLOW_UP, every):
            moment = self._deadline("TM-OPV", since, due=plus_months(since, months))
            yield moment
            if moment.due > self.today + _BEYOND:
                return

    def _ages(self, codes: Iterable[str]) -> Sequence[Deadline]:
        return self._at_hand(list(self._all(codes, self.facts.born)))

    def _at_hand(self, moments: Sequence[Deadline]) -> Sequence[Deadline]:
        """The last of these that was reached, which has overtaken those before it, and the next."""
        reached = sum(1 for each in moments if each.due <= self.today)
        return moments[max(0, reached - 1) : reached + 1]

    def _all(self, codes: Iterable[str], start: date | None) -> Iterator[Deadline]:
        return (self._deadline(code, start) for code in codes if start)

    def _from(self, code: str, start: date | None) -> Iterator[Deadline]:
        return self._all((code,), start)

    def _deadline(self, code: str, start: date, due: date | None = None) -> Deadline:
        level = service_level(code)
        try:
            due = due or level.due(start, self.calendar, self.facts.pauses)
        except UnknownYearError:
            due = start
        return Deadline(code, due, due - timedelta(days=level.ahead), level.label, level.text)


def _since(day: date | None, start: date | None) -> bool:
    return day is not None and start is not None and day >= start
