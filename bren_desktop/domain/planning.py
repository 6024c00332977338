"""What people settle about their own work: put something off (uitstel), stand in for a colleague (waarneming)."""

from __future__ import annotations

from datetime import date
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
    """Somebody who does the work of a colleague for a while. Persons by id and by name; `rol` is the colleague's."""

    persoon: Annotated[Line, neutral("Voor wie (id)")] = ""
    naam: Annotated[Line, personal("Voor wie")] = ""
    rol: Annotated[Line, neutral("Rol")] = ""
    waarnemer: Annotated[Line, neutral("Waarnemer (id)")] = ""
    waarnemer_naam: Annotated[Line, personal("Waarnemer")] = ""
    van: Annotated[Day, neutral("Van")] = None
    tot: Annotated[Day, neutral("Tot en met")] = None
    beeindigd_op: Annotated[Day, neutral("Beëindigd op")] = None

    def runs(self, day: date) -> bool:
        """Whether the colleague is away on `day`."""
        return self.beeindigd_op is None and (self.van or date.max) <= day <= (self.tot or date.min)
