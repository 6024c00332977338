"""A case (casus): every field once, with its annotation.

Field names are the Dutch terms of `docs/formats.md`, so that a value has one name in the store, in files and on screen.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from bren_desktop.domain.ages import age_on
from bren_desktop.domain.fields import Shape, criminal, neutral, personal, sensitive
from bren_desktop.domain.values import OLDEST, Age, Day, Line, Text, Whole, Words, YesNo, entry_day
from bren_desktop.domain.vocabulary import CONCEPTS

_DATE = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?|(?:(?P<d2>\d{1,2})[-/.])?(?P<m2>\d{1,2})[-/.](?P<y2>\d{4})"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
SET = Shape.SET
ROWS = Shape.ROWS


class Row(BaseModel):
    """One row inside a case. `id` is random and stays with the row."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = ""


class HistoryRow(Row):
    """One period of help in the hulpverleningsgeschiedenis. Dates as people know them: a day, a month or a year."""

    van: Line = ""
    tot: Line = ""
    vorm: Line = ""
    aanbieder: Line = ""
    reden_einde: Text = ""
    ervaring: Text = ""


class InvolvedRow(Row):
    """A person or organisation around the young person. `person` refers to the address book, if it is there."""

    naam: Line = ""
    relatie: Line = ""
    organisatie: Line = ""
    telefoon: Line = ""
    email: Line = ""
    gezag: YesNo = None
    persoon: Line = ""


class GapRow(Row):
    """The nature of one missing provision: `id` is its code in `ontbrekend_aanbod`."""

    aard: Line = ""
    hiaat: Line = ""


class ToCodeRow(Row):
    """A value that no list knew yet (decision 6): `veld` names the field, `tekst` holds what was written."""

    veld: Line = ""
    tekst: Line = ""


class Case(BaseModel):
    """One case. Every field may be empty; what aanmelding requires is asked by `missing_for_intake`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nummer: Annotated[Line, neutral("Casusnummer")] = ""
    extern_id: Annotated[Line, neutral("Eigen kenmerk bij import")] = ""
    eerder_kenmerk: Annotated[Line, neutral("Eerder kenmerk")] = ""
    status: Annotated[Line, neutral("Status", vocabulary="casusstatus")] = "ST-CON"
    urgentie: Annotated[Line, neutral("Urgentie", vocabulary="urgentie")] = ""
    urgentie_reden: Annotated[Text, sensitive("Reden van de urgentie", long=True)] = ""

    datum_aanmelding: Annotated[Day, neutral("Datum aanmelding")] = None
    team: Annotated[Line, neutral("Expertteam", vocabulary="teams")] = ""
    regio: Annotated[Line, neutral("Jeugdhulpregio", vocabulary="jeugdregios")] = ""
    gemeente: Annotated[Line, personal("Gemeente")] = ""
    behandelaar: Annotated[Line, neutral("Behandelaar")] = ""
    toegewezen: Annotated[Words, neutral("Toegewezen aan", shape=SET)] = ()
    verwijzer: Annotated[Line, neutral("Soort verwijzer", vocabulary="verwijzers")] = ""
    verwijzer_naam: Annotated[Line, personal("Naam verwijzer")] = ""
    verwijzer_organisatie: Annotated[Line, personal("Organisatie verwijzer")] = ""
    verwijzer_contact: Annotated[Line, personal("Telefoon of e-mail verwijzer")] = ""
    verwijsroute: Annotated[Line, neutral("Verwijsroute", vocabulary="verwijsroute")] = ""

    roepnaam: Annotated[Line, personal("Roepnaam")] = ""
    tussenvoegsel: Annotated[Line, personal("Tussenvoegsel")] = ""
    achternaam: Annotated[Line, personal("Achternaam")] = ""
    geboortedatum: Annotated[Day, personal("Geboortedatum")] = None
    leeftijd: Annotated[Age, neutral("Leeftijd")] = None
    leeftijd_op: Annotated[Day, neutral("Leeftijd op")] = None
    geslacht: Annotated[Line, personal("Jongen of meisje", vocabulary="geslacht")] = ""
    gezag: Annotated[Line, sensitive("Gezag", vocabulary="gezag")] = ""
    wilsbekwaam: Annotated[YesNo, sensitive("Wilsbekwaam")] = None
    betrokkenen: Annotated[tuple[InvolvedRow, ...], personal("Betrokkenen", shape=ROWS)] = ()
    woonsituatie: Annotated[Line, sensitive("Woonsituatie", vocabulary="hulpvormen")] = ""
    woonsituatie_toelichting: Annotated[Text, sensitive("Toelichting woonsituatie", long=True)] = ""
    onderwijs_dagbesteding: Annotated[Text, sensitive("School, werk of dagbesteding", long=True)] = ""
    jim_status: Annotated[Line, sensitive("JIM of vertrouwenspersoon", vocabulary="jim_status")] = ""
    jim_naam: Annotated[Line, personal("Naam JIM")] = ""
    jim_relatie: Annotated[Line, sensitive("Relatie met de JIM")] = ""

    hulpvraag: Annotated[Text, sensitive("Hulpvraag", long=True)] = ""
    omschrijving: Annotated[Text, sensitive("Omschrijving", long=True)] = ""
    samenvatting: Annotated[Text, sensitive("Samenvatting", long=True)] = ""
    vastloopredenen: Annotated[Words, neutral("Vastloopredenen", vocabulary="vastloopredenen", shape=SET)] = ()
    hoofdreden: Annotated[Line, neutral("Belangrijkste vastloopreden", vocabulary="vastloopredenen")] = ""
    knelpunten: Annotated[Words, sensitive("Knelpunten", vocabulary="knelpunten", shape=SET)] = ()
    ontbrekend_aanbod: Annotated[Words, sensitive("Ontbrekend aanbod", vocabulary="ontbrekend_aanbod", shape=SET)] = ()
    aard_ontbrekend_aanbod: Annotated[tuple[GapRow, ...], neutral("Aard van het ontbreken", shape=ROWS)] = ()
    domeinen: Annotated[Words, sensitive("Domeinen", vocabulary="domeinen", shape=SET)] = ()
    wettelijk_kader: Annotated[Words, sensitive("Wettelijk kader", vocabulary="wettelijk_kader", shape=SET)] = ()
    maatregelen: Annotated[Words, sensitive("Maatregelen", vocabulary="maatregelen", shape=SET)] = ()
    begrippen: Annotated[Words, sensitive("Bevestigde begrippen", vocabulary=CONCEPTS, shape=SET)] = ()
    begrippen_geschrapt: Annotated[Words, sensitive("Geschrapte begrippen", vocabulary=CONCEPTS, shape=SET)] = ()
    strafrechtelijk: Annotated[Text, criminal("Strafrechtelijke gegevens", long=True)] = ""
    veiligheid: Annotated[Text, sensitive("Veiligheid", long=True)] = ""
    wensen: Annotated[Text, sensitive("Wensen van jeugdige en ouders", long=True)] = ""

    analyse_ontstaan: Annotated[Text, sensitive("Ontstaan van de problemen", long=True)] = ""
    analyse_instandhouding: Annotated[Text, sensitive("Wat houdt de problemen in stand", long=True)] = ""
    analyse_bescherming: Annotated[Text, sensitive("Wat beschermt", long=True)] = ""
    analyse_samenhang: Annotated[Text, sensitive("Samenhang", long=True)] = ""
    krachten: Annotated[Text, sensitive("Krachten en wat goed gaat", long=True)] = ""
    hypothesen: Annotated[Text, sensitive("Hypothesen", long=True)] = ""
    analyse_door: Annotated[Line, personal("Analyse gemaakt door")] = ""
    analyse_met_gezin: Annotated[YesNo, neutral("Analyse samen met het gezin gemaakt")] = None
    analyse_datum: Annotated[Day, neutral("Datum van de analyse")] = None

    geschiedenis: Annotated[tuple[HistoryRow, ...], sensitive("Hulpverleningsgeschiedenis", shape=ROWS)] = ()
    aantal_verblijfplaatsen: Annotated[Whole, sensitive("Aantal woon- en verblijfplaatsen")] = None
    wat_werkte: Annotated[Text, sensitive("Wat werkte", long=True)] = ""
    schade: Annotated[Text, sensitive("Eerder opgedane schade", long=True)] = ""
    plan_aanwezig: Annotated[YesNo, neutral("Er is één gezinsplan")] = None
    regisseur: Annotated[Line, personal("Wie heeft de regie")] = ""
    regisseur_organisatie: Annotated[Line, personal("Organisatie van de regisseur")] = ""

    jeugdige_betrokken: Annotated[Line, neutral("Jeugdige betrokken", vocabulary="betrokkenheid")] = ""
    jeugdige_niet_reden: Annotated[Text, sensitive("Waarom is de jeugdige niet betrokken", long=True)] = ""
    stem_jeugdige: Annotated[Text, sensitive("Stem van de jeugdige", long=True)] = ""
    ouders_betrokken: Annotated[Line, neutral("Ouders betrokken", vocabulary="betrokkenheid")] = ""
    ouders_niet_reden: Annotated[Text, sensitive("Waarom zijn de ouders niet betrokken", long=True)] = ""
    stem_ouders: Annotated[Text, sensitive("Stem van de ouders", long=True)] = ""

    wat_is_geprobeerd: Annotated[Text, sensitive("Wat is regionaal geprobeerd", long=True)] = ""
    waarom_bovenregionaal: Annotated[Text, sensitive("Waarom bovenregionaal", long=True)] = ""
    inbrengvraag: Annotated[Text, sensitive("Inbrengvraag", long=True)] = ""
    blad_gecontroleerd_door: Annotated[Line, personal("Geanonimiseerd blad gecontroleerd door")] = ""
    blad_gecontroleerd_op: Annotated[Day, neutral("Geanonimiseerd blad gecontroleerd op")] = None
    besproken_in: Annotated[Words, neutral("Eerder besproken in", vocabulary="besproken_in", shape=SET)] = ()
    waarom_hier: Annotated[Text, sensitive("Waarom nu hier", long=True)] = ""
    grondslag: Annotated[Line, neutral("Grondslag", vocabulary="grondslag")] = ""
    toestemming_status: Annotated[Line, neutral("Toestemming bij de aanmelding", vocabulary="toestemming_status")] = ""
    bewaarplicht_reden: Annotated[Text, sensitive("Reden om langer te bewaren", long=True)] = ""
    te_coderen: Annotated[tuple[ToCodeRow, ...], neutral("Nog te coderen", shape=ROWS)] = ()

    @field_validator("datum_aanmelding", "blad_gecontroleerd_op")
    @classmethod
    def _has_been(cls, day: date | None, info: ValidationInfo) -> date | None:
        today = entry_day(info)
        if day and today and day > today:
            raise PydanticCustomError("veld", "Deze datum ligt in de toekomst.")
        return day

    @field_validator("geschiedenis")
    @classmethod
    def _in_order_of_time(cls, rows: tuple[HistoryRow, ...], info: ValidationInfo) -> tuple[HistoryRow, ...]:
        for number, row in enumerate(rows if entry_day(info) else (), 1):
            if _begins_after(row.van, row.tot):
                raise PydanticCustomError(
                    "veld", f"Regel {number} van de hulpverleningsgeschiedenis eindigt voordat zij begint."
                )
        return rows

    @model_validator(mode="after")
    def _plausible_age(self, info: ValidationInfo) -> Self:
        today = entry_day(info)
        if self.geboortedatum is None or today is None:
            return self
        age = age_on(self.geboortedatum, self.datum_aanmelding or today)
        if age < 0:
            raise PydanticCustomError("veld", "De geboortedatum ligt na de aanmelding of in de toekomst.")
        if age > OLDEST:
            raise PydanticCustomError("veld", "De jeugdige is ouder dan 27 jaar. Controleer de geboortedatum.")
        return self


def _begins_after(start: str, end: str) -> bool:
    """Whether a day, month or year comes after another, as far as both are known."""
    first, last = known_date(start), known_date(end)
    both = min(len(first), len(last))
    return first[:both] > last[:both]


def known_date(text: str) -> tuple[int, ...]:
    """Year, month and day, as far as a text tells them: `maart 2011` tells a year, `eind vorig jaar` nothing."""
    if written := _DATE.fullmatch(text):
        parts = (written["y"] or written["y2"], written["m"] or written["m2"], written["d"] or written["d2"])
        return tuple(int(part) for part in parts if part)
    years = _YEAR.findall(text)
    return (int(years[0]),) if len(years) == 1 else ()


def initials(case: Case) -> str:
    """Initials for lists and pseudonymised documents, such as `S. v.d. B.`; never more."""
    return initials_of(case.roepnaam, case.tussenvoegsel, case.achternaam)


def initials_of(first: str, particle: str, last: str) -> str:
    """Initials from roepnaam, tussenvoegsel and achternaam."""
    parts = [first[:1].upper(), *(word[:1].lower() for word in particle.split()), last[:1].upper()]
    return " ".join(f"{part}." for part in parts if part)


def full_name(case: Case) -> str:
    """Roepnaam, tussenvoegsel and achternaam."""
    return " ".join(part for part in (case.roepnaam, case.tussenvoegsel, case.achternaam) if part)


def known_age(case: Case, day: date) -> int | None:
    """The age on `day`: from the birth date, or from a stated age brought forward from its reference date.

    A stated age without a reference date is given as it was stated.
    """
    if case.geboortedatum:
        return age_on(case.geboortedatum, day)
    if case.leeftijd is None or case.leeftijd_op is None:
        return case.leeftijd
    return case.leeftijd + max(0, age_on(case.leeftijd_op, day))


def missing_for_intake(case: Case) -> tuple[str, ...]:
    """The fields that aanmelding still requires (requirements 5, CON to AAN), in the order of the form."""
    missing = [
        field
        for field in ("datum_aanmelding", "verwijzer", "hulpvraag", "vastloopredenen", "toestemming_status")
        if not getattr(case, field)
    ]
    if not (case.verwijzer_contact or case.verwijzer_naam):
        missing.append("verwijzer_contact")
    if not (case.regio or case.gemeente):
        missing.append("regio")
    if case.geboortedatum is None and case.leeftijd is None:
        missing.append("geboortedatum")
    order = {name: index for index, name in enumerate(Case.model_fields)}
    return tuple(sorted(missing, key=order.__getitem__))
