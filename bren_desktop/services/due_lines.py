"""What waits in one case for one colleague: its deadlines, the decisions that are asked, and whom it waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bren_desktop.domain.actors import Role
from bren_desktop.domain.clocks.calendar import Calendar
from bren_desktop.domain.clocks.due import deadlines
from bren_desktop.domain.clocks.events import Event, What
from bren_desktop.domain.clocks.gathering import Basics, facts_of
from bren_desktop.domain.clocks.months import plus_months
from bren_desktop.domain.duties import AFTERWARDS, DESTRUCTION, FIXED, IN_VIEW, OWN_CASES, duties_of, follows, is_duty
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right
from bren_desktop.domain.states import ENDED, State
from bren_desktop.services.context import local_day
from bren_desktop.services.rows import Tracked, TrackFilter
from bren_desktop.services.work_items import (
    ADDITION,
    ANSWER,
    CONFIRM_CLOSING,
    JUDGE_ACCESS,
    PRIORITIES,
    RELEASE_ADVICE,
    RELEASE_LETTER,
    WAITING_FOR_CLOSING,
    Priority,
    Section,
    Snoozed,
    WorkItem,
    WorkReason,
    age_section_of,
    reason_of,
    section_of,
)

_TALKS_AFTERWARDS, _SHORTEST_RETENTION = 13, 5 * 12
"""In months: how long a closed case may still ask for a nagesprek, and from when it may have to be destroyed."""
_AHEAD = timedelta(days=28)
_CHAIRS = frozenset({Role.VOORZITTER, Role.PLAATSVERVANGER})
_CHAIR_JUDGES = frozenset({State.TRIAGE, State.REOPENED})
"""In these states triage is the chair's to decide; before that it is the secretary's to begin."""


@dataclass(frozen=True, slots=True)
class View:
    """Whose work is looked for: one's own, or that of the colleague `name` for whom one stands in."""

    role: Role
    person: str
    rights: frozenset[Right]
    """Those that the one who looks has too: who stands in for a chair decides nothing by that."""
    name: str = ""

    def minds(self, tracked: Tracked) -> bool:
        """Whether cases like this are this colleague's."""
        return self.role not in OWN_CASES or self.person in tracked.assigned


@dataclass(frozen=True, slots=True)
class Line:
    """Something that waits in a case. Without `due` it waits for a person."""

    code: str
    due: date | None = None
    count: int = 1
    since: date | None = None
    waits_for: str = ""
    at_hand: bool = True


@dataclass(frozen=True, slots=True)
class Looking:
    """Today, the working days of the team, and how a snooze is read."""

    today: date
    calendar: Calendar
    secretary_releases: bool
    read_snooze: Callable[[str], Snoozed]


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

    def of(self, tracked: Tracked, looking: Looking) -> Mapping[str, Line]:
        """By their codes; those of one code as one line."""
        if self._held != (looking.today, looking.calendar):
            self._held, self._known = (looking.today, looking.calendar), {}
        known = self._known.get(tracked.row.entity)
        if known is None or known[0] != tracked:
            known = self._known[tracked.row.entity] = tracked, _due(tracked, looking)
        return known[1]


def case_items(tracked: Tracked, views: Sequence[View], looking: Looking, due: DueLines) -> Iterator[WorkItem]:
    """What waits in this case for any of these; each line once, for the first to whom it belongs."""
    found: dict[str, WorkItem] = {}
    lines = due.of(tracked, looking) if any(view.minds(tracked) for view in views) else {}
    for view in views:
        mine = _mine(tracked, lines, view, looking)
        found.update({line.code: _item(tracked, line, view, looking) for line in mine if line.code not in found})
    yield from found.values()


def _mine(tracked: Tracked, lines: Mapping[str, Line], view: View, looking: Looking) -> Iterator[Line]:
    asked = list(_asked(tracked, lines, view, looking))
    yield from asked
    codes = {line.code for line in asked}
    for line in lines.values():
        is_double = line.code == "TM-ADVIES" and RELEASE_ADVICE in codes
        is_early = line.code == "TM-TRIAGE" and view.role in _CHAIRS and tracked.row.status not in _CHAIR_JUDGES
        is_shown = line.at_hand or line.code in IN_VIEW.get(view.role, ())
        if is_shown and is_duty(view.role, view.person, line.code, tracked.assigned) and not (is_double or is_early):
            yield line


def _due(tracked: Tracked, looking: Looking) -> dict[str, Line]:
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
    for each in deadlines(facts_of(basics, tracked.events, looking.today), looking.today, looking.calendar):
        first = found.get(each.code)
        if first is None:
            found[each.code] = Line(each.code, each.due, at_hand=each.warn_from <= looking.today)
        elif each.warn_from <= looking.today:
            found[each.code] = replace(first, count=first.count + 1)
    return found


def _asked(tracked: Tracked, lines: Mapping[str, Line], view: View, looking: Looking) -> Iterator[Line]:
    """What waits for a person rather than for a day."""
    if Right.REVIEW_ACCESS in view.rights:
        yield from _emergencies(tracked, view)
    if tracked.row.status in ENDED or not view.minds(tracked):
        return
    if Right.RELEASE_ADVICE in view.rights and any(not each.day for each in _of(tracked, What.ADVICE)):
        yield Line(RELEASE_ADVICE, lines["TM-ADVIES"].due if "TM-ADVIES" in lines else None)
    if Right.RELEASE_LETTER in view.rights or (view.role is Role.SECRETARIS and looking.secretary_releases):
        yield from _concepts(tracked)
    if Right.CLOSE_CASE in view.rights:
        yield from _closings(tracked, view)
    if view.role is Role.SECRETARIS and tracked.row.status == State.AWAITING and not _is_reminding(lines):
        yield _addition(tracked)
    if follows(view.role, view.person, tracked.assigned):
        yield from _unanswered(tracked)


def _emergencies(tracked: Tracked, view: View) -> Iterator[Line]:
    uses = [each for each in _of(tracked, What.EMERGENCY) if each.value != view.person]
    if uses:
        yield Line(JUDGE_ACCESS, count=len(uses), since=uses[0].day)


def _concepts(tracked: Tracked) -> Iterator[Line]:
    """The letters of which the newest to a recipient is a concept."""
    newest = {(each.ref, each.part): each for each in _of(tracked, What.DOCUMENT)}
    waiting = [each for each in newest.values() if not each.value]
    if waiting:
        yield Line(RELEASE_LETTER, count=len(waiting), since=waiting[0].day)


def _closings(tracked: Tracked, view: View) -> Iterator[Line]:
    rounds = str(sum(each.value == State.REOPENED for each in _of(tracked, What.STEP)))
    standing = [each for each in _of(tracked, What.CLOSING) if each.part == rounds]
    if standing and not any(each.day for each in standing):
        is_own = any(each.ref == view.person for each in standing)
        is_asked = view.role in _CHAIRS or view.role in OWN_CASES
        if is_own:
            yield Line(WAITING_FOR_CLOSING)
        elif is_asked:
            yield Line(CONFIRM_CLOSING)


def _unanswered(tracked: Tracked) -> Iterator[Line]:
    asked = _of(tracked, What.ASKED)
    if asked:
        yield Line(ANSWER, count=len(asked), since=asked[0].day)


def _is_reminding(lines: Mapping[str, Line]) -> bool:
    return any(code in lines and lines[code].at_hand for code in ("TM-AANVUL-1", "TM-AANVUL-2"))


def _addition(tracked: Tracked) -> Line:
    asked = _waited_for(tracked)
    return Line(ADDITION, since=asked.day, waits_for=asked.part) if asked else Line(ADDITION)


def _waited_for(tracked: Tracked) -> Event | None:
    steps = _of(tracked, What.STEP)
    return steps[-1] if steps and steps[-1].value == State.AWAITING else None


def _of(tracked: Tracked, what: What) -> list[Event]:
    return [each for each in tracked.events if each.what is what]


def _item(tracked: Tracked, line: Line, view: View, looking: Looking) -> WorkItem:
    row, reason = tracked.row, _reason(line, view)
    snoozed = _snoozed(tracked, line.code, looking)
    asked = _waited_for(tracked) if reason is WorkReason.WAITING else None
    return WorkItem(
        kind=Kind.CASE.value,
        entity=row.entity,
        title=row.title,
        number=row.nummer or row.id,
        reason=reason,
        section=Section.LATER if snoozed else _section(line, reason, looking.today),
        priority=PRIORITIES.get(row.urgentie, Priority.REGULAR),
        code=line.code,
        due=line.due,
        count=line.count,
        status=row.status,
        since=line.since or (asked.day if asked else None),
        waits_for=line.waits_for or (asked.part if asked else ""),
        snoozed=snoozed,
        stands_in_for=view.name,
    )


def _reason(line: Line, view: View) -> WorkReason:
    is_chairs = line.code == "TM-TRIAGE" and view.role in _CHAIRS
    return WorkReason.DECISION if is_chairs else reason_of(line.code)


def _section(line: Line, reason: WorkReason, today: date) -> Section:
    if line.due is not None:
        return age_section_of(line.due, today) if reason is WorkReason.AGE else section_of(line.due, today)
    return Section.WAITING if reason is WorkReason.WAITING else Section.TODAY


def _snoozed(tracked: Tracked, code: str, looking: Looking) -> Snoozed | None:
    """The snooze that ends last, of a deadline that may be put off."""
    if code in FIXED:
        return None
    running = [each for each in _of(tracked, What.SNOOZE) if each.ref == code and each.day and each.day > looking.today]
    last = max(running, key=lambda each: (str(each.day), each.entity), default=None)
    return looking.read_snooze(last.entity) if last else None
