"""What waits in a case for a day: its deadlines, and which cases may have any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bren_desktop.domain.clocks.calendar import Calendar
from bren_desktop.domain.clocks.due import deadlines
from bren_desktop.domain.clocks.gathering import Basics, facts_of
from bren_desktop.domain.clocks.months import plus_months
from bren_desktop.domain.duties import AFTERWARDS, DESTRUCTION, duties_of
from bren_desktop.domain.states import ENDED
from bren_desktop.services.context import local_day
from bren_desktop.services.rows import Tracked, TrackFilter
from bren_desktop.services.work_items import PRIORITIES, Priority
from bren_desktop.services.work_lines import Line, View

_TALKS_AFTERWARDS, _SHORTEST_RETENTION = 13, 5 * 12
"""In months: how long a closed case may still ask for a nagesprek, and from when it may have to be destroyed."""
_AHEAD = timedelta(days=28)


def track_filter(views: Sequence[View], today: date) -> TrackFilter:
    """The cases in which anything may be due today for any of these."""
    codes = frozenset(code for view in views for code in duties_of(view.role))
    recent = plus_months(today, -_TALKS_AFTERWARDS) if codes & AFTERWARDS else date.max
    old = plus_months(today + _AHEAD, -_SHORTEST_RETENTION) if codes & DESTRUCTION else date.min
    return TrackFilter(tuple(state.value for state in ENDED), recent, old)


class DueLines:
    """The deadlines of cases, worked out anew where anything changed since, and on another day."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Tracked, Mapping[str, Line]]] = {}
        self._held: tuple[date, Calendar] | None = None

    def of(self, tracked: Tracked, today: date, calendar: Calendar) -> Mapping[str, Line]:
        """By their codes; those of one code as one line."""
        if self._held != (today, calendar):
            self._held, self._known = (today, calendar), {}
        known = self._known.get(tracked.row.entity)
        if known is None or known[0] != tracked:
            known = self._known[tracked.row.entity] = tracked, _due(tracked, today, calendar)
        return known[1]


def _due(tracked: Tracked, today: date, calendar: Calendar) -> dict[str, Line]:
    """The deadlines that run, those of one code that are at hand as one."""
    row = tracked.row
    basics = Basics(
        state=row.status,
        crisis=PRIORITIES.get(row.urgentie) is Priority.CRISIS,
        born=row.geboortedatum,
        registered=row.datum_aanmelding,
        begun=local_day(tracked.begun_ms),
        active=local_day(tracked.active_ms),
    )
    found: dict[str, Line] = {}
    for each in deadlines(facts_of(basics, tracked.events, today), today, calendar):
        first = found.get(each.code)
        if first is None:
            found[each.code] = Line(each.code, each.due, at_hand=each.warn_from <= today)
        elif each.warn_from <= today:
            found[each.code] = replace(first, count=first.count + 1)
    return found
