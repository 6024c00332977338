"""What follows an advice (opvolging): what came of each point, bridging, experts at work, escalation, growing up."""

from __future__ import annotations

from typing import Annotated

from bren_desktop.domain.cases import Row
from bren_desktop.domain.fields import Shape, neutral, personal, sensitive
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Text, Whole, YesNo


class FollowUp(Record):
    """What came of one point of advice, or of one plan, as told on a day. A later telling is a new record."""

    casus: Annotated[Line, neutral("Casus")] = ""
    advies: Annotated[Line, neutral("Advies")] = ""
    punt: Annotated[Line, neutral("Adviespunt")] = ""
    datum: Annotated[Day, neutral("Datum")] = None
    stand: Annotated[Line, neutral("Stand", vocabulary="opvolgstanden")] = ""
    plan: Annotated[Line, neutral("Plan")] = ""
    planstand: Annotated[Line, neutral("Stand van het plan", vocabulary="planstanden")] = ""
    reden: Annotated[Text, sensitive("Reden", long=True)] = ""
    effect: Annotated[Text, sensitive("Effect", long=True)] = ""
    volgens: Annotated[Line, personal("Volgens")] = ""


class CheckRow(Row):
    """One look at a bridge: does it still help, and is it safe."""

    op: Day = None
    door: Line = ""
    bevinding: Text = ""


class Bridge(Record):
    """Help that spans the time until the right help is there (overbrugging). Open until `beeindigd_op`."""

    casus: Annotated[Line, neutral("Casus")] = ""
    vorm: Annotated[Text, sensitive("Vorm van de overbrugging", long=True)] = ""
    door: Annotated[Line, personal("Wie biedt de overbrugging")] = ""
    van: Annotated[Day, neutral("Van")] = None
    tot: Annotated[Day, neutral("Tot en met")] = None
    veiligheid_door: Annotated[Line, personal("Wie let op de veiligheid")] = ""
    volgende_check: Annotated[Day, neutral("Volgende check")] = None
    checks: Annotated[tuple[CheckRow, ...], sensitive("Checks", shape=Shape.ROWS)] = ()
    beeindigd_op: Annotated[Day, neutral("Beëindigd op")] = None
    afloop: Annotated[Text, sensitive("Afloop", long=True)] = ""

    @property
    def is_open(self) -> bool:
        """Whether it has not ended: the flag OVB beside the state of the case."""
        return self.beeindigd_op is None


class Deployment(Record):
    """A pareltje at work on a case (inzet), from request to evaluation, step by step."""

    casus: Annotated[Line, neutral("Casus")] = ""
    expert: Annotated[Line, neutral("Pareltje")] = ""
    inzetvorm: Annotated[Line, neutral("Inzetvorm", vocabulary="inzetvormen")] = ""
    gevraagd_op: Annotated[Day, neutral("Gevraagd op")] = None
    antwoord: Annotated[Line, neutral("Antwoord", vocabulary="inzetantwoorden")] = ""
    antwoord_op: Annotated[Day, neutral("Antwoord op")] = None
    reden_afwijzing: Annotated[Text, neutral("Reden van de afwijzing", long=True)] = ""
    eerste_contact: Annotated[Day, neutral("Eerste contact op")] = None
    minuten: Annotated[Whole, neutral("Minuten")] = None
    afgerond_op: Annotated[Day, neutral("Afgerond op")] = None
    evaluatie_op: Annotated[Day, neutral("Geëvalueerd op")] = None
    resultaat: Annotated[Line, neutral("Resultaat", vocabulary="resultaten")] = ""
    tevreden_verwijzer: Annotated[Line, neutral("Tevredenheid verwijzer", vocabulary="tevredenheid")] = ""
    tevreden_jeugdige: Annotated[Line, neutral("Tevredenheid jeugdige", vocabulary="tevredenheid")] = ""
    tevreden_ouders: Annotated[Line, neutral("Tevredenheid ouders", vocabulary="tevredenheid")] = ""
    toegevoegde_waarde: Annotated[Text, sensitive("Toegevoegde waarde", long=True)] = ""


class Escalation(Record):
    """One step on the escalatieladder. Open until `afgesloten_op`."""

    casus: Annotated[Line, neutral("Casus")] = ""
    stap: Annotated[Line, neutral("Stap", vocabulary="escalatiestappen")] = ""
    op: Annotated[Day, neutral("Op")] = None
    reden: Annotated[Text, sensitive("Reden", long=True)] = ""
    waarom_niet_hoger: Annotated[Text, sensitive("Waarom geen hogere stap", long=True)] = ""
    gevraagd_besluit: Annotated[Text, sensitive("Gevraagd besluit", long=True)] = ""
    uiterlijk: Annotated[Day, neutral("Besluit uiterlijk op")] = None
    resultaat: Annotated[Text, sensitive("Resultaat", long=True)] = ""
    afgesloten_op: Annotated[Day, neutral("Afgesloten op")] = None

    @property
    def is_open(self) -> bool:
        """Whether its decision is waited for: the flag ESC beside the state of the case."""
        return self.afgesloten_op is None


class BigFiveRow(Row):
    """One of the Big 5: `id` is its code in `big5`, `stand` one of `big5_standen`."""

    stand: Line = ""
    wie: Line = ""
    wanneer: Day = None
    toelichting: Text = ""


class FuturePlan(Record):
    """The Big 5 and the toekomstplan of somebody of 16 and older. One per case: its entity follows from the case."""

    casus: Annotated[Line, neutral("Casus")] = ""
    doorgenomen_op: Annotated[Day, neutral("Doorgenomen met de jeugdige op")] = None
    big5: Annotated[tuple[BigFiveRow, ...], sensitive("Big 5", shape=Shape.ROWS)] = ()
    plan_op: Annotated[Day, neutral("Toekomstplan gemaakt op")] = None
    plan: Annotated[Text, sensitive("Toekomstplan", long=True)] = ""
    coach: Annotated[Line, personal("Coach of JIM")] = ""
    schakeloverleg_op: Annotated[Day, neutral("Besproken in het schakeloverleg op")] = None
    verlengd_besluit: Annotated[Line, sensitive("Verlengde jeugdhulp", vocabulary="besluiten_verlengd")] = ""
    verlengd_op: Annotated[Day, neutral("Besluit over verlengde jeugdhulp op")] = None
    wlz_aanvraag: Annotated[YesNo, sensitive("Wlz aangevraagd")] = None
    wmo_melding: Annotated[YesNo, sensitive("Wmo gemeld")] = None
