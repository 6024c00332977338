"""What people settle about their own work: put something off (uitstel), stand in for a colleague (waarneming)."""

from __future__ import annotations

from typing import Annotated

from bren_desktop.domain.fields import neutral, personal
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Text


class Snooze(Record):
    """A deadline of a case that is put off until a day, with the reason. `klok` is the code of the deadline."""

    casus: Annotated[Line, neutral("Casus")] = ""
    klok: Annotated[Line, neutral("Waarover")] = ""
    tot: Annotated[Day, neutral("Tot")] = None
    reden: Annotated[Text, neutral("Reden", long=True)] = ""
    door: Annotated[Line, personal("Door")] = ""


class StandIn(Record):
    """Somebody who does the work of a colleague for a while. Persons by id and by name."""

    persoon: Annotated[Line, neutral("Voor wie (id)")] = ""
    naam: Annotated[Line, personal("Voor wie")] = ""
    waarnemer: Annotated[Line, neutral("Waarnemer (id)")] = ""
    waarnemer_naam: Annotated[Line, personal("Waarnemer")] = ""
    van: Annotated[Day, neutral("Van")] = None
    tot: Annotated[Day, neutral("Tot en met")] = None
