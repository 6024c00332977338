"""Closing a case (afsluiting) and what was learnt from it (leerpunt)."""

from __future__ import annotations

from typing import Annotated

from bren_desktop.domain.fields import neutral, personal, sensitive
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Text, Whole, YesNo


class Closing(Record):
    """The end of a case as one person proposes it and another confirms it (four eyes).

    Marks run from 1 to 5, None is not asked; the KPIs (requirements L8) and the counters of the 0-ambitie are optional.
    A team with one laptop names a `getuige` who sat beside it. Persons are named by id (`_id`) and by name.
    """

    casus: Annotated[Line, neutral("Casus")] = ""
    resultaat: Annotated[Line, neutral("Resultaat", vocabulary="resultaten")] = ""
    toelichting: Annotated[Text, sensitive("Toelichting op het resultaat", long=True)] = ""
    tevreden_verwijzer: Annotated[Whole, neutral("Tevredenheid verwijzer")] = None
    tevreden_jeugdige: Annotated[Whole, neutral("Tevredenheid jeugdige")] = None
    tevreden_ouders: Annotated[Whole, neutral("Tevredenheid ouders")] = None
    dagen_bespaard_verwijzer: Annotated[Whole, neutral("Bespaarde behandeldagen volgens de verwijzer")] = None
    dagen_bespaard_gedragswetenschapper: Annotated[
        Whole, neutral("Bespaarde behandeldagen volgens de gedragswetenschapper")
    ] = None
    zonder_inzet: Annotated[Text, sensitive("Wat was zonder het expertteam ingezet", long=True)] = ""
    uithuisplaatsing_voorkomen: Annotated[YesNo, sensitive("Uithuisplaatsing voorkomen")] = None
    uithuisplaatsing_verkort: Annotated[YesNo, sensitive("Uithuisplaatsing korter of lichter")] = None
    doelen_bereikt: Annotated[YesNo, neutral("Doelen bereikt")] = None
    ambulant_alternatief: Annotated[YesNo, neutral("Ambulant alternatief gevonden")] = None
    afzonderingen: Annotated[Whole, sensitive("Gedwongen afzonderingen")] = None
    suicides: Annotated[Whole, sensitive("Suïcides")] = None
    gesloten_plaatsingen: Annotated[Whole, sensitive("Gesloten plaatsingen")] = None
    doorplaatsingen: Annotated[Whole, sensitive("Doorplaatsingen")] = None
    bewaarprofiel: Annotated[Line, neutral("Bewaartermijn", vocabulary="bewaarprofielen")] = ""
    voorgesteld_op: Annotated[Day, neutral("Voorgesteld op")] = None
    voorgesteld_door: Annotated[Line, personal("Voorgesteld door")] = ""
    voorgesteld_door_id: Annotated[Line, neutral("Voorgesteld door (id)")] = ""
    bevestigd_op: Annotated[Day, neutral("Bevestigd op")] = None
    bevestigd_door: Annotated[Line, personal("Bevestigd door")] = ""
    bevestigd_door_id: Annotated[Line, neutral("Bevestigd door (id)")] = ""
    getuige: Annotated[Line, personal("Getuige")] = ""


class Lesson(Record):
    """One thing learnt from a case (leerpunt)."""

    casus: Annotated[Line, neutral("Casus")] = ""
    niveau: Annotated[Line, neutral("Niveau", vocabulary="leerpunt_niveaus")] = ""
    soort: Annotated[Line, neutral("Soort", vocabulary="leerpunt_soorten")] = ""
    tekst: Annotated[Text, sensitive("Leerpunt", long=True)] = ""
    doelgroep: Annotated[Line, neutral("Voor wie", vocabulary="leerpunt_doelgroepen")] = ""
    actiehouder: Annotated[Line, personal("Wie pakt het op")] = ""
    gedeeld: Annotated[YesNo, neutral("Gedeeld")] = None
