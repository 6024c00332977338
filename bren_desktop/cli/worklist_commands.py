"""`bren worklist`: what waits for whoever opens the profile, on the screen or for a calendar."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

from bren_desktop.cli.output import show
from bren_desktop.cli.session import unlocked
from bren_desktop.services.work_items import WorkItem


def worklist(options: Namespace) -> None:
    """Everything that waits, the most pressing first; with `--ics` one's own deadlines as a file."""
    with unlocked(options) as workspace:
        if options.ics:
            target = Path(options.ics)
            count = workspace.calendar.write(workspace.actor, target)
            result: object = {"path": str(target.resolve()), "deadlines": count}
        else:
            result = [_entry(item) for item in workspace.worklist.entries(workspace.actor)]
    show(options, result)


def _entry(item: WorkItem) -> dict[str, object]:
    found: dict[str, object] = {
        "code": item.code or item.reason.value,
        "case": item.number or None,
        "due": _iso(item.due),
        "section": item.section.name.lower(),
        "priority": item.priority.name.lower(),
        "label": item.words[0],
    }
    if item.since:
        found["since"] = _iso(item.since)
    if item.snoozed:
        found["snoozed_until"] = _iso(item.snoozed.until)
    if item.also:
        found["also"] = [reason.value for reason in item.also]
    if item.stands_in_for:
        found["stands_in"] = True
    return found


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
