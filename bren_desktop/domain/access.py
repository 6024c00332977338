"""Who looks at a case without being assigned to it: emergency access (noodtoegang)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from bren_desktop.domain.fields import neutral, personal, sensitive
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Text


def lasts(begun: date, today: date) -> bool:
    """Whether emergency access that began on a day still opens the case today."""
    return begun in days_that_open(today)


def last_day(begun: date) -> date:
    """Until the end of which day it lasts: that of the next day."""
    return begun + timedelta(days=1) if begun < date.max else begun


def days_that_open(today: date) -> tuple[date, date]:
    """The days on which emergency access must have begun to last today: it ends with the day after."""
    return today, today - timedelta(days=1)


class EmergencyAccess(Record):
    """Somebody opened a case that was not theirs, with a reason. It is looked at afterwards by another."""

    casus: Annotated[Line, neutral("Casus")] = ""
    persoon: Annotated[Line, neutral("Wie (id)")] = ""
    naam: Annotated[Line, personal("Wie")] = ""
    op: Annotated[Day, neutral("Op")] = None
    reden: Annotated[Text, sensitive("Reden", long=True)] = ""
    beoordeeld_op: Annotated[Day, neutral("Beoordeeld op")] = None
    beoordeeld_door: Annotated[Line, personal("Beoordeeld door")] = ""
    oordeel: Annotated[Text, sensitive("Oordeel", long=True)] = ""
