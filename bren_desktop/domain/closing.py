"""Closing a case (afsluiting) and what was learnt from it (leerpunt)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

from bren_desktop.domain.fields import neutral, personal, sensitive
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Text, Whole, YesNo


class ClosingState(StrEnum):
    """How a proposal to close stands."""

    PROPOSED = "voorgesteld"
    CONFIRMED = "bevestigd"
    RETURNED = "teruggegeven"


class Closing(Record):
    """The end of a case as one person proposes it and another confirms it (four eyes).

    What was proposed is never amended: it is confirmed, or given back with a reason and proposed anew. The KPIs
    (requirements L8) and the counters of the 0-ambitie are optional. A team with one laptop names a `getuige` who sat
    beside it. Persons are named by id (`_id`) and by name. `ronde` is that of `closing_round`.
    """

    casus: Annotated[Line, neutral("Casus")] = ""
    resultaat: Annotated[Line, neutral("Resultaat", vocabulary="resultaten")] = ""
    toelichting: Annotated[Text, sensitive("Toelichting op het resultaat", long=True)] = ""
    tevreden_verwijzer: Annotated[Line, neutral("Tevredenheid verwijzer", vocabulary="tevredenheid")] = ""
    tevreden_jeugdige: Annotated[Line, neutral("Tevredenheid jeugdige", vocabulary="tevredenheid")] = ""
    tevreden_ouders: Annotated[Line, neutral("Tevredenheid ouders", vocabulary="tevredenheid")] = ""
    codes_bevestigd: Annotated[YesNo, neutral("Knelpunten en ontbrekend aanbod nagekeken")] = None
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
    ronde: Annotated[Whole, neutral("Eerder heropend")] = None
    voorgesteld_op: Annotated[Day, neutral("Voorgesteld op")] = None
    voorgesteld_door: Annotated[Line, personal("Voorgesteld door")] = ""
    voorgesteld_door_id: Annotated[Line, neutral("Voorgesteld door (id)")] = ""
    bevestigd_op: Annotated[Day, neutral("Bevestigd op")] = None
    bevestigd_door: Annotated[Line, personal("Bevestigd door")] = ""
    bevestigd_door_id: Annotated[Line, neutral("Bevestigd door (id)")] = ""
    getuige: Annotated[Line, personal("Getuige")] = ""
    teruggegeven_op: Annotated[Day, neutral("Teruggegeven op")] = None
    teruggegeven_door: Annotated[Line, personal("Teruggegeven door")] = ""
    reden_teruggave: Annotated[Text, sensitive("Reden van de teruggave", long=True)] = ""

    @property
    def state(self) -> ClosingState:
        """How it stands. What was confirmed stays so, also where a colleague gave it back at the same time.

        Two versions of one proposal may come together: without a witness, one person alone confirms nothing.
        """
        if self.bevestigd_op and (self.getuige or self.bevestigd_door_id != self.voorgesteld_door_id):
            return ClosingState.CONFIRMED
        return ClosingState.RETURNED if self.teruggegeven_op else ClosingState.PROPOSED


class Lesson(Record):
    """One thing learnt from a case (leerpunt)."""

    casus: Annotated[Line, neutral("Casus")] = ""
    niveau: Annotated[Line, neutral("Niveau", vocabulary="leerpunt_niveaus")] = ""
    soort: Annotated[Line, neutral("Soort", vocabulary="leerpunt_soorten")] = ""
    tekst: Annotated[Text, sensitive("Leerpunt", long=True)] = ""
    doelgroep: Annotated[Line, neutral("Voor wie", vocabulary="leerpunt_doelgroepen")] = ""
    actiehouder: Annotated[Line, personal("Wie pakt het op")] = ""
    gedeeld: Annotated[YesNo, neutral("Gedeeld")] = None


_NEEDED = {
    "resultaat": "Kies het resultaat.",
    "tevreden_verwijzer": "Kies hoe tevreden de verwijzer is, of 'niet gevraagd'.",
    "tevreden_jeugdige": "Kies hoe tevreden de jeugdige is, of 'niet gevraagd'.",
    "tevreden_ouders": "Kies hoe tevreden de ouders zijn, of 'niet gevraagd'.",
    "codes_bevestigd": "Kijk de knelpunten en het ontbrekende aanbod nog één keer na en kies dan 'ja'.",
    "bewaarprofiel": "Kies hoe lang het dossier wordt bewaard.",
}


def missing_for_proposal(closing: Closing, lessons: int) -> tuple[tuple[str, str], ...]:
    """What closing still needs before it can be proposed: each field with the sentence that asks for it."""
    missing = [(field, sentence) for field, sentence in _NEEDED.items() if not getattr(closing, field)]
    if not lessons:
        missing.append(("leerpunten", "Leg ten minste één leerpunt vast."))
    return tuple(missing)


def missing_for_closing(closing: Closing | None, lessons: int) -> tuple[tuple[str, str], ...]:
    """What a case still needs before it may go to `ST-AFG`. `closing` is what `in_force` gives."""
    if closing is None:
        return (("afsluiting", "Stel eerst de afsluiting voor. Daarna bevestigt een tweede persoon het voorstel."),)
    missing = missing_for_proposal(closing, lessons)
    if closing.state is ClosingState.PROPOSED:
        missing += (("bevestigd_door", "Een tweede persoon moet de afsluiting nog bevestigen."),)
    return missing


def in_force(closings: Iterable[Closing], ronde: int) -> Closing | None:
    """The confirmed closing, else the pending one, of this round."""
    standing = [each for each in closings if (each.ronde or 0) == ronde and each.state is not ClosingState.RETURNED]
    return min(standing, key=lambda each: each.state is ClosingState.PROPOSED, default=None)
