"""Who looks at a case without being assigned to it: emergency access (noodtoegang)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from bren_desktop.domain.fields import neutral, personal, sensitive
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Text


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
