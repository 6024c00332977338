"""A pareltje (expert) in the pool: every field once, with its annotation. An expert is a data subject too."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from bren_desktop.domain.cases import ToCodeRow
from bren_desktop.domain.fields import Shape, neutral, personal
from bren_desktop.domain.values import Age, Day, Line, Text, Whole, Words, YesNo, clean_text, entry_day

SET = Shape.SET
ROWS = Shape.ROWS
STALE_AFTER = timedelta(days=365)
"""A profile that nobody checked for this long is shown as stale (requirements 1.8)."""

_POSTCODE = re.compile(r"(?P<before>.*?)\b(?P<digits>[1-9]\d{3})\s?(?P<letters>[A-Za-z]{2})\b[\s,]*(?P<place>.*)")


def _address(value: object) -> object:
    if isinstance(value, dict):
        value = [str(part) for part in value.values() if part]
    if isinstance(value, list | tuple):
        value = "\n".join(str(part) for part in value)
    return clean_text("" if value is None else value)


def _agreement(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    text = clean_text(str(value))
    words = {"true": "ja", "waar": "ja", "false": "nee", "onwaar": "nee"}
    return words.get(text.casefold(), text) if isinstance(text, str) else text


Address = Annotated[Text, BeforeValidator(_address)]
"""Postal address, a line each; read from lines, a comma-separated line, a list or a mapping."""


class Expert(BaseModel):
    """One pareltje, ervaringsdeskundige, network contact or procesregisseur."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    extern_id: Annotated[Line, neutral("Eigen kenmerk bij import")] = ""
    naam: Annotated[Line, personal("Naam")] = ""
    titel: Annotated[Line, personal("Titel")] = ""
    functie: Annotated[Line, neutral("Functie")] = ""
    organisatie: Annotated[Line, neutral("Organisatie")] = ""
    soort: Annotated[Line, neutral("Soort", vocabulary="soort_expert")] = "SE-PARELTJE"
    regio: Annotated[Line, neutral("Regio", vocabulary="jeugdregios")] = ""
    regios: Annotated[Words, neutral("Ook inzetbaar in", vocabulary="jeugdregios", shape=SET)] = ()
    landelijk_inzetbaar: Annotated[YesNo, neutral("Landelijk inzetbaar")] = None
    expertise: Annotated[Words, neutral("Expertise", vocabulary="expertise_pareltjes", shape=SET)] = ()
    domeinen: Annotated[Words, neutral("Domeinen", vocabulary="domeinen", shape=SET)] = ()
    leeftijd_van: Annotated[Age, neutral("Leeftijd vanaf")] = None
    leeftijd_tot: Annotated[Age, neutral("Leeftijd tot en met")] = None
    problematiek: Annotated[Text, neutral("Doelgroep en problematiek", long=True)] = ""
    profiel: Annotated[Text, neutral("Profiel", long=True)] = ""
    gezag_erkend_door: Annotated[Line, neutral("Erkend gezag, erkend door")] = ""
    gezag_sinds: Annotated[Day, neutral("Erkend sinds")] = None
    mandaat: Annotated[Text, neutral("Mandaat: wat kan deze expert regelen", long=True)] = ""
    beschikbaarheid: Annotated[Line, neutral("Beschikbaarheid", vocabulary="beschikbaarheid")] = ""
    beschikbaar_vanaf: Annotated[Day, neutral("Beschikbaar vanaf")] = None
    afwezig_tot: Annotated[Day, neutral("Afwezig tot")] = None
    uren_per_maand: Annotated[Whole, neutral("Uren per maand")] = None
    inzetvormen: Annotated[Words, neutral("Inzetvormen", vocabulary="inzetvormen", shape=SET)] = ()
    talen: Annotated[Words, neutral("Talen", shape=SET)] = ()
    culturele_achtergrond: Annotated[Line, personal("Culturele achtergrond")] = ""
    raamovereenkomst: Annotated[Line, BeforeValidator(_agreement), neutral("Raamovereenkomst")] = ""
    raamovereenkomst_organisatie: Annotated[Line, neutral("Raamovereenkomst van organisatie")] = ""
    raamovereenkomst_tot: Annotated[Day, neutral("Raamovereenkomst geldig tot")] = None
    tarief: Annotated[Line, neutral("Tarief of vacatieregeling")] = ""
    telefoon: Annotated[Line, personal("Telefoon")] = ""
    email: Annotated[Line, personal("E-mail")] = ""
    contactvoorkeur: Annotated[Line, neutral("Contactvoorkeur")] = ""
    adres: Annotated[Address, personal("Postadres")] = ""
    registratie: Annotated[Line, personal("SKJ- of BIG-registratie")] = ""
    profiel_gecontroleerd: Annotated[Day, neutral("Profiel gecontroleerd op")] = None
    toestemming_vermelding: Annotated[YesNo, neutral("Toestemming voor vermelding in de pool")] = None
    toestemming_delen: Annotated[YesNo, neutral("Toestemming voor delen tussen netwerken")] = None
    te_coderen: Annotated[tuple[ToCodeRow, ...], neutral("Nog te coderen", shape=ROWS)] = ()

    @model_validator(mode="after")
    def _ages_in_order(self, info: ValidationInfo) -> Self:
        first, last = self.leeftijd_van, self.leeftijd_tot
        if entry_day(info) and first is not None and last is not None and first > last:
            raise PydanticCustomError("veld", "De leeftijd vanaf is hoger dan de leeftijd tot en met.")
        return self


def is_stale(expert: Expert, day: date) -> bool:
    """Whether the profile was not checked in the twelve months before `day`."""
    return not is_checked_lately(expert.profiel_gecontroleerd, day)


def is_checked_lately(checked: date | None, day: date) -> bool:
    """Whether `checked` is at most twelve months before `day`."""
    return checked is not None and checked >= day - STALE_AFTER


def address_lines(address: str) -> tuple[str, ...]:
    """The lines of a Dutch postal address: street, then `1234 AB  PLAATS` (two spaces, capitals; PostNL)."""
    parts = [part.strip() for part in re.split(r"[\n,]", address) if part.strip()]
    lines: list[str] = []
    for index, part in enumerate(parts):
        found = _POSTCODE.fullmatch(part)
        if not found:
            lines.append(part)
            continue
        place = found["place"] or " ".join(parts[index + 1 :])
        before = found["before"].strip()
        code = f"{found['digits']} {found['letters'].upper()}  {place.upper()}".rstrip()
        return (*lines, *([before] if before else []), code)
    return tuple(lines)
