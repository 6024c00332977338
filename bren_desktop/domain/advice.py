"""What was discussed about a case (bespreking), and the advice that came of it."""

from __future__ import annotations

from typing import Annotated

from bren_desktop.domain.cases import Row
from bren_desktop.domain.fields import Shape, neutral, personal, sensitive
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Named, Text, Whole, YesNo

ROWS = Shape.ROWS


class PresentRow(Row):
    """Somebody at the table."""

    naam: Line = ""
    rol: Line = ""
    organisatie: Line = ""
    ervaringsdeskundig: YesNo = None


class RequirementRow(Row):
    """One of the basisvereisten: `id` is its code, `oordeel` one of `oordelen_basisvereiste`."""

    oordeel: Line = ""
    toelichting: Text = ""


class Discussion(Record):
    """One discussion of a case (bespreking) at a table of `gremia`."""

    casus: Annotated[Line, neutral("Casus")] = ""
    datum: Annotated[Day, neutral("Datum van de bespreking")] = None
    gremium: Annotated[Line, neutral("Waar besproken", vocabulary="gremia")] = ""
    aanwezigen: Annotated[tuple[PresentRow, ...], personal("Aanwezigen", shape=ROWS)] = ()
    geen_ervaringsdeskundige: Annotated[
        Text, neutral("Waarom zat er geen ervaringsdeskundige aan tafel", long=True)
    ] = ""
    vraag: Annotated[Text, sensitive("Vraag aan de tafel", long=True)] = ""
    overwegingen: Annotated[Text, sensitive("Overwegingen", long=True)] = ""
    afwijkend_standpunt: Annotated[Text, sensitive("Afwijkend standpunt", long=True)] = ""
    uitkomst: Annotated[Text, sensitive("Uitkomst", long=True)] = ""
    basisvereisten: Annotated[tuple[RequirementRow, ...], sensitive("Basisvereisten", shape=ROWS)] = ()


class PointRow(Row):
    """One point of advice (adviespunt): what, by exactly one owner, before when, and why."""

    wat: Text = ""
    eigenaar: Named = ""
    uiterlijk: Day = None
    waarom: Text = ""


class PlanRow(Row):
    """Plan A, B, C or D: `id` is the letter; `stand` one of `planstanden`, with the reason of one that failed."""

    tekst: Text = ""
    stand: Line = ""
    reden: Text = ""


class MoneyRow(Row):
    """One agreement about money: `bedrag` in whole euros."""

    soort: Line = ""
    bedrag: Whole = None
    garantsteller: Line = ""
    tot: Day = None
    afwikkeling_met: Line = ""


class Advice(Record):
    """The advice on a case. Released by the voorzitter or a deputy, after which a change is a new advice."""

    casus: Annotated[Line, neutral("Casus")] = ""
    bespreking: Annotated[Line, neutral("Bespreking")] = ""
    vervangt: Annotated[Line, neutral("Vervangt het advies")] = ""
    soort: Annotated[Line, neutral("Soort advies", vocabulary="soorten_advies")] = ""
    samenvatting: Annotated[Text, sensitive("Samenvatting", long=True)] = ""
    analyse: Annotated[Text, sensitive("Analyse", long=True)] = ""
    punten: Annotated[tuple[PointRow, ...], sensitive("Adviespunten", shape=ROWS)] = ()
    plannen: Annotated[tuple[PlanRow, ...], sensitive("Plan A tot en met D", shape=ROWS)] = ()
    overbrugging_nodig: Annotated[YesNo, neutral("Overbrugging nodig")] = None
    geld: Annotated[tuple[MoneyRow, ...], neutral("Afspraken over geld", shape=ROWS)] = ()
    mandaat_bij: Annotated[Line, personal("Wie heeft het mandaat")] = ""
    hoofdaannemer: Annotated[Line, neutral("Hoofdaannemer")] = ""
    procesregisseur: Annotated[Named, personal("Procesregisseur")] = ""
    procesregisseur_contact: Annotated[Line, personal("Telefoon of e-mail van de procesregisseur")] = ""
    besproken_met_gezin: Annotated[Text, sensitive("Wat is met jeugdige en ouders besproken", long=True)] = ""
    reactie_gezin: Annotated[Text, sensitive("Wat zij ervan vinden", long=True)] = ""
    opvolgmoment: Annotated[Day, neutral("Eerste opvolgmoment")] = None
    bij_stagnatie: Annotated[Text, sensitive("Wat te doen als het niet lukt", long=True)] = ""
    vrijgegeven_op: Annotated[Day, neutral("Vrijgegeven op")] = None
    vrijgegeven_door: Annotated[Line, personal("Vrijgegeven door")] = ""
    vrijgegeven_stempel: Annotated[Line, neutral("Stempel van de vrijgegeven tekst")] = ""
