"""A file that somebody took into a case (bijlage): kept in the encrypted store, never opened from there."""

from __future__ import annotations

from typing import Annotated

from bren_desktop.domain.fields import neutral, personal
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Whole

LARGEST = 25 * 1024 * 1024
"""Bytes in one attachment."""


class Attachment(Record):
    """`bestand` is the content hash of its bytes, `grootte` their number in kB. Put away, no list shows it."""

    casus: Annotated[Line, neutral("Casus")] = ""
    naam: Annotated[Line, personal("Naam van het bestand")] = ""
    soort: Annotated[Line, neutral("Soort bestand")] = ""
    grootte: Annotated[Whole, neutral("Grootte in kB")] = None
    datum: Annotated[Day, neutral("Toegevoegd op")] = None
    door: Annotated[Line, personal("Toegevoegd door")] = ""
    bestand: Annotated[Line, neutral("Bestand")] = ""
    sporen: Annotated[Line, neutral("Gegevens over plaats, tijd en toestel", vocabulary="sporen_van_foto")] = ""
    weggelegd_op: Annotated[Day, neutral("Weggelegd op")] = None
