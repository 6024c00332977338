"""The smaller records around cases and experts: contact moments, consults, addresses, filed letters, team settings."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict

from bren_desktop.domain.cases import Row
from bren_desktop.domain.fields import Shape, neutral, personal, sensitive
from bren_desktop.domain.values import Day, Line, Text, Whole, Words, YesNo


class Record(BaseModel):
    """Frozen, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ContactMoment(Record):
    """One contact about a case (contactmoment). Corrected by a new one, never rewritten."""

    casus: Annotated[Line, neutral("Casus")] = ""
    datum: Annotated[Day, neutral("Datum")] = None
    vorm: Annotated[Line, neutral("Vorm", vocabulary="contactvorm")] = ""
    met: Annotated[Line, personal("Met wie")] = ""
    tekst: Annotated[Text, sensitive("Wat is besproken", long=True)] = ""


class Consult(Record):
    """One consult of an expert, with or without a case (consult registreren)."""

    expert: Annotated[Line, neutral("Pareltje")] = ""
    casus: Annotated[Line, neutral("Casus")] = ""
    datum: Annotated[Day, neutral("Datum")] = None
    minuten: Annotated[Whole, neutral("Minuten")] = None
    inzetvorm: Annotated[Line, neutral("Inzetvorm", vocabulary="inzetvormen")] = ""


class Organisation(Record):
    """An organisation in the address book."""

    naam: Annotated[Line, neutral("Naam")] = ""
    soort: Annotated[Line, neutral("Soort")] = ""
    regio: Annotated[Line, neutral("Regio", vocabulary="jeugdregios")] = ""
    telefoon: Annotated[Line, neutral("Telefoon")] = ""
    email: Annotated[Line, neutral("E-mail")] = ""
    adres: Annotated[Text, neutral("Postadres")] = ""


class Person(Record):
    """A professional in the address book; never a young person or a parent."""

    naam: Annotated[Line, personal("Naam")] = ""
    functie: Annotated[Line, neutral("Functie")] = ""
    organisatie: Annotated[Line, neutral("Organisatie")] = ""
    telefoon: Annotated[Line, personal("Telefoon")] = ""
    email: Annotated[Line, personal("E-mail")] = ""


CASE_SHEET = "Casuskaart"
"""The kind of the one document that is for own use: nobody releases or sends it."""


class FiledDocument(Record):
    """A document made for a case. `inhoud` is the released text as JSON; `pdf` is the content hash of its bytes."""

    casus: Annotated[Line, neutral("Casus")] = ""
    expert: Annotated[Line, neutral("Pareltje")] = ""
    soort: Annotated[Line, neutral("Soort document")] = ""
    kenmerk: Annotated[Line, neutral("Kenmerk")] = ""
    datum: Annotated[Day, neutral("Datum")] = None
    gemaakt_door: Annotated[Line, personal("Gemaakt door")] = ""
    vrijgegeven_door: Annotated[Line, personal("Vrijgegeven door")] = ""
    identificerend: Annotated[YesNo, neutral("Met naam")] = None
    kanaal: Annotated[Line, neutral("Verzonden per", vocabulary="verzendkanaal")] = ""
    inhoud: Annotated[Text, sensitive("Inhoud", long=True)] = ""
    pdf: Annotated[Line, neutral("Bestand")] = ""

    @property
    def is_sheet(self) -> bool:
        """Whether it is a casuskaart that left the program."""
        return self.soort == CASE_SHEET

    @property
    def is_concept(self) -> bool:
        """Whether somebody still goes on with it, or releases it."""
        return not (self.vrijgegeven_door or self.is_sheet)


class TextRow(Row):
    """A standing sentence of a team: `id` is kind of document and name, such as `adviesbrief.dank`."""

    tekst: Text = ""


class ShareRow(Row):
    """How much a criterion of matching counts, in percent: `id` is its name."""

    aandeel: Whole = None


class SharesRow(Row):
    """How much every criterion of matching counts, in percent. One row has them all, so that two sets never mix."""

    expertise: Whole = None
    domein: Whole = None
    beschikbaarheid: Whole = None
    regio: Whole = None
    mandaat: Whole = None
    wensen: Whole = None
    leeftijd: Whole = None
    eerdere_inzet: Whole = None
    raamovereenkomst: Whole = None


class WeighingRecord(Record):
    """How matching weighs in a network (decision 0017). One record per network."""

    extern_id: Annotated[Line, neutral("Kenmerk")] = ""
    gewichten: Annotated[tuple[SharesRow, ...], neutral("Gewichten van matching", shape=Shape.ROWS)] = ()


class Team(Record):
    """How a team presents itself and what it has settled. One record per team."""

    code: Annotated[Line, neutral("Expertteam", vocabulary="teams")] = ""
    naam: Annotated[Line, neutral("Naam van het team")] = ""
    netwerk: Annotated[Line, neutral("Kort kenmerk van het netwerk")] = "BREN"
    afzender: Annotated[Line, neutral("Retouradres op één regel")] = ""
    adres: Annotated[Text, neutral("Postadres")] = ""
    telefoon: Annotated[Line, neutral("Telefoon")] = ""
    email: Annotated[Line, neutral("E-mail")] = ""
    voettekst: Annotated[Line, neutral("Voettekst")] = ""
    logo: Annotated[Line, neutral("Logo")] = ""
    eigen_woorden: Annotated[Words, neutral("Eigen woorden", shape=Shape.SET)] = ()
    secretaris_geeft_vrij: Annotated[YesNo, neutral("De secretaris mag consultatievragen vrijgeven")] = False
    alleen_toegewezen: Annotated[YesNo, neutral("Wat aan niemand is toegewezen, is niet voor leden te zien")] = False
    goede_vrijdag_vrij: Annotated[YesNo, neutral("Op Goede Vrijdag is het team vrij")] = False
    bevrijdingsdag_vrij: Annotated[YesNo, neutral("Op Bevrijdingsdag is het team elk lustrumjaar vrij")] = False
    venster_rechts: Annotated[YesNo, neutral("Adresvenster rechts")] = False
    teksten: Annotated[tuple[TextRow, ...], neutral("Eigen teksten in documenten", shape=Shape.ROWS)] = ()
    geen_open_bestanden: Annotated[YesNo, neutral("Geen Word-bestanden en e-mailconcepten maken")] = False
    gewichten: Annotated[tuple[ShareRow, ...], neutral("Gewichten van dit team", shape=Shape.ROWS)] = ()
