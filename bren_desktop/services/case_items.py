"""The lines of the werkvoorraad that one case gives to one colleague."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bren_desktop.domain.clocks.calendar import Calendar
from bren_desktop.domain.clocks.events import What
from bren_desktop.domain.duties import FIXED, IN_VIEW, is_duty
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.life import CHAIR
from bren_desktop.domain.states import State
from bren_desktop.services.asked_lines import asked_lines
from bren_desktop.services.due_lines import DueLines
from bren_desktop.services.rows import Tracked
from bren_desktop.services.work_items import (
    PRIORITIES,
    RELEASE_ADVICE,
    Priority,
    Section,
    Snoozed,
    WorkItem,
    WorkReason,
    age_section_of,
    reason_of,
    section_of,
)
from bren_desktop.services.work_lines import Line, View, told, waited_for

_CHAIR_JUDGES = frozenset({State.TRIAGE, State.REOPENED})
"""In these states triage is the chair's to decide; before that it is the secretary's to begin."""


@dataclass(frozen=True, slots=True)
class Looking:
    """Today, the working days of the team, the sorts of letter that one may release, and how a snooze is read."""

    today: date
    calendar: Calendar
    releasable: frozenset[str]
    read_snooze: Callable[[str], Snoozed]


def case_items(tracked: Tracked, views: Sequence[View], looking: Looking, due: DueLines) -> Iterator[WorkItem]:
    """What waits in this case for any of these; each line once, for the first to whom it belongs."""
    found: dict[str, WorkItem] = {}
    lines = due.of(tracked, looking.today, looking.calendar) if any(view.minds(tracked) for view in views) else {}
    for view in views:
        mine = _mine(tracked, lines, view, looking)
        found.update({line.code: _item(tracked, line, view, looking) for line in mine if line.code not in found})
    yield from found.values()


def _mine(tracked: Tracked, lines: Mapping[str, Line], view: View, looking: Looking) -> Iterator[Line]:
    asked = list(asked_lines(tracked, lines, view, looking.releasable))
    yield from asked
    codes = {line.code for line in asked}
    for line in lines.values():
        is_double = line.code == "TM-ADVIES" and RELEASE_ADVICE in codes
        is_early = line.code == "TM-TRIAGE" and view.role in CHAIR and tracked.row.status not in _CHAIR_JUDGES
        is_shown = line.at_hand or line.code in IN_VIEW.get(view.role, ())
        if is_shown and is_duty(view.role, view.person, line.code, tracked.assigned) and not (is_double or is_early):
            yield line


def _item(tracked: Tracked, line: Line, view: View, looking: Looking) -> WorkItem:
    row, reason = tracked.row, _reason(line, view)
    snoozed = _snoozed(tracked, line.code, looking)
    asked = waited_for(tracked) if reason is WorkReason.WAITING else None
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
    is_chairs = line.code == "TM-TRIAGE" and view.role in CHAIR
    return WorkReason.DECISION if is_chairs else reason_of(line.code)


def _section(line: Line, reason: WorkReason, today: date) -> Section:
    if line.due is not None:
        return age_section_of(line.due, today) if reason is WorkReason.AGE else section_of(line.due, today)
    return Section.WAITING if reason is WorkReason.WAITING else Section.TODAY


def _snoozed(tracked: Tracked, code: str, looking: Looking) -> Snoozed | None:
    """The snooze that ends last, of a deadline that may be put off."""
    if code in FIXED:
        return None
    running = [
        each for each in told(tracked, What.SNOOZE) if each.ref == code and each.day and each.day > looking.today
    ]
    last = max(running, key=lambda each: (str(each.day), each.entity), default=None)
    return looking.read_snooze(last.entity) if last else None
