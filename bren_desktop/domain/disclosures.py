"""Sharing without consent (delen zonder toestemming): on what ground, weighed how, and with whom."""

from __future__ import annotations

from typing import Annotated

from bren_desktop.domain.fields import neutral, personal, sensitive
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Text, YesNo


class Disclosure(Record):
    """One decision to share identifying data without valid consent (deling)."""

    casus: Annotated[Line, neutral("Casus")] = ""
    doel: Annotated[Line, neutral("Waarvoor", vocabulary="toestemmingsdoelen")] = ""
    ontvanger: Annotated[Line, personal("Met wie")] = ""
    grond: Annotated[Line, neutral("Grond", vocabulary="gronden_zonder_toestemming")] = ""
    afweging: Annotated[Text, sensitive("Afweging", long=True)] = ""
    geraadpleegd: Annotated[Line, personal("Wie is geraadpleegd")] = ""
    gezin_ingelicht: Annotated[YesNo, neutral("Jeugdige en ouders ingelicht")] = None
    niet_ingelicht_reden: Annotated[Text, sensitive("Waarom niet ingelicht", long=True)] = ""
    datum: Annotated[Day, neutral("Datum")] = None
    door: Annotated[Line, personal("Besloten door")] = ""
