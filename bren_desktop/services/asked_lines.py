"""What waits in a case for a person rather than for a day: decisions, and whom the case itself waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bren_desktop.domain.actors import Role
from bren_desktop.domain.clocks.events import What
from bren_desktop.domain.course import closing_round
from bren_desktop.domain.duties import follows
from bren_desktop.domain.life import CHAIR
from bren_desktop.domain.rights import Right
from bren_desktop.domain.states import ENDED, State
from bren_desktop.services.rows import Tracked
from bren_desktop.services.work_items import (
    ADDITION,
    ANSWER,
    CONFIRM_CLOSING,
    JUDGE_ACCESS,
    RELEASE_ADVICE,
    RELEASE_LETTER,
    WAITING_FOR_CLOSING,
)
from bren_desktop.services.work_lines import Line, View, told, waited_for


def asked_lines(tracked: Tracked, lines: Mapping[str, Line], view: View, releasable: frozenset[str]) -> Iterator[Line]:
    """What waits for a person rather than for a day. `releasable`: the sorts of letter that who looks may release."""
    if Right.REVIEW_ACCESS in view.rights:
        yield from _emergencies(tracked, view)
    if tracked.row.status in ENDED or not view.minds(tracked):
        return
    if Right.RELEASE_ADVICE in view.rights and any(not each.day for each in told(tracked, What.ADVICE)):
        yield Line(RELEASE_ADVICE, lines["TM-ADVIES"].due if "TM-ADVIES" in lines else None)
    if not view.name:
        yield from _concepts(tracked, releasable)
    if Right.CLOSE_CASE in view.rights:
        yield from _closings(tracked, view)
    if view.role is Role.SECRETARIS and tracked.row.status == State.AWAITING and not _is_reminding(lines):
        yield _addition(tracked)
    if follows(view.role, view.person, tracked.assigned):
        yield from _unanswered(tracked)


def _emergencies(tracked: Tracked, view: View) -> Iterator[Line]:
    uses = [each for each in told(tracked, What.EMERGENCY) if each.value != view.person]
    if uses:
        yield Line(JUDGE_ACCESS, count=len(uses), since=uses[0].day)


def _concepts(tracked: Tracked, releasable: frozenset[str]) -> Iterator[Line]:
    """The letters of which the newest to a recipient is a concept."""
    newest = {(each.ref, each.part): each for each in told(tracked, What.DOCUMENT)}
    waiting = [each for each in newest.values() if each.ref in releasable and not each.value]
    if waiting:
        yield Line(RELEASE_LETTER, count=len(waiting), since=waiting[0].day)


def _closings(tracked: Tracked, view: View) -> Iterator[Line]:
    current = str(closing_round(each.value for each in told(tracked, What.STEP)))
    standing = [each for each in told(tracked, What.CLOSING) if each.part == current]
    if standing and not any(each.day for each in standing):
        if any(each.ref == view.person for each in standing):
            yield Line(WAITING_FOR_CLOSING)
        elif view.role in CHAIR or follows(view.role, view.person, tracked.assigned):
            yield Line(CONFIRM_CLOSING)


def _unanswered(tracked: Tracked) -> Iterator[Line]:
    asked = told(tracked, What.ASKED)
    if asked:
        yield Line(ANSWER, count=len(asked), since=asked[0].day)


def _is_reminding(lines: Mapping[str, Line]) -> bool:
    return any(code in lines and lines[code].at_hand for code in ("TM-AANVUL-1", "TM-AANVUL-2"))


def _addition(tracked: Tracked) -> Line:
    asked = waited_for(tracked)
    return Line(ADDITION, since=asked.day, waits_for=asked.part) if asked else Line(ADDITION)
