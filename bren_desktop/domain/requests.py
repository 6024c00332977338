"""What a family may ask of its file (verzoek): to see it, correct it, add to it, or have it destroyed."""

from __future__ import annotations

from typing import Annotated

from bren_desktop.domain.fields import neutral, personal, sensitive
from bren_desktop.domain.records import Record
from bren_desktop.domain.values import Day, Line, Text


class Request(Record):
    """One request, from the day it came in to the answer. The clock runs from `ontvangen_op`."""

    casus: Annotated[Line, neutral("Casus")] = ""
    soort: Annotated[Line, neutral("Soort verzoek", vocabulary="soorten_verzoek")] = ""
    door: Annotated[Line, personal("Van wie")] = ""
    relatie: Annotated[Line, personal("Wie is dat", vocabulary="toestemminggever")] = ""
    ontvangen_op: Annotated[Day, neutral("Ontvangen op")] = None
    identiteit: Annotated[Line, neutral("Hoe is vastgesteld wie het vraagt")] = ""
    inhoud: Annotated[Text, sensitive("Wat wordt gevraagd", long=True)] = ""
    besluit: Annotated[Line, neutral("Besluit", vocabulary="besluiten_verzoek")] = ""
    besluit_reden: Annotated[Text, sensitive("Reden van het besluit", long=True)] = ""
    afgehandeld_op: Annotated[Day, neutral("Afgehandeld op")] = None
    afgehandeld_door: Annotated[Line, personal("Afgehandeld door")] = ""


class Statement(Record):
    """What the jeugdige or a parent wants in the file in their own words (eigen verklaring). Never rewritten."""

    casus: Annotated[Line, neutral("Casus")] = ""
    van: Annotated[Line, personal("Verklaring van")] = ""
    relatie: Annotated[Line, personal("Wie is dat", vocabulary="toestemminggever")] = ""
    datum: Annotated[Day, neutral("Datum")] = None
    tekst: Annotated[Text, sensitive("Verklaring", long=True)] = ""
