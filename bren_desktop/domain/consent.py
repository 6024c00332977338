"""Consent (toestemming) as dated records: who gave it, for what, to whom, until when, and whether it holds today."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict

from bren_desktop.domain.ages import ConsentBand, consent_band
from bren_desktop.domain.cases import Case, known_age
from bren_desktop.domain.fields import Shape, neutral, personal, sensitive
from bren_desktop.domain.values import Day, Line, Text, Words

PURPOSE_EXPERT = "TD-C"
"""The purpose "consult door een pareltje"."""
_YOUNG_PERSON = "TG-JEUGD"
_GUARDIANS = ("TG-VOOGD", "TG-VERTEG")


class Consent(BaseModel):
    """One consent as it was given. Withdrawal is a date, never a deletion."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    casus: Annotated[Line, neutral("Casus")] = ""
    doelen: Annotated[Words, neutral("Waarvoor", vocabulary="toestemmingsdoelen", shape=Shape.SET)] = ()
    ontvangers: Annotated[Words, personal("Met wie mag worden gedeeld", shape=Shape.SET)] = ()
    gevers: Annotated[Words, personal("Gegeven door", vocabulary="toestemminggever", shape=Shape.SET)] = ()
    gegeven_op: Annotated[Day, neutral("Gegeven op")] = None
    geldig_tot: Annotated[Day, neutral("Geldig tot en met")] = None
    vorm: Annotated[Line, neutral("Vorm", vocabulary="toestemmingsvorm")] = ""
    vastgelegd_door: Annotated[Line, personal("Vastgelegd door")] = ""
    ingetrokken_op: Annotated[Day, neutral("Ingetrokken op")] = None
    ingetrokken_door: Annotated[Line, personal("Ingetrokken door")] = ""
    toelichting: Annotated[Text, sensitive("Toelichting", long=True)] = ""


def missing_givers(consent: Consent, case: Case, day: date) -> tuple[str, ...]:
    """Who still has to give this consent, as codes of `toestemminggever`, by the band of the age on `day`.

    The band is that of `day`, not of the day it was given: consent lapses on the 12th and 16th birthday until it is
    asked again (Jeugdwet 7.3.5). An age that is unknown, or that may lie in two bands, asks everybody.
    """
    bands = {consent_band(age) for age in _possible_ages(case, day)}
    band = bands.pop() if len(bands) == 1 else ConsentBand.BOTH
    missing = []
    if band is not ConsentBand.CHILD and _YOUNG_PERSON not in consent.gevers and not _represented(consent, case):
        missing.append(_YOUNG_PERSON)
    if band is not ConsentBand.OWN:
        missing += [giver for giver in _authority(case, consent) if giver not in consent.gevers]
    return tuple(missing)


def _possible_ages(case: Case, day: date) -> tuple[int, ...]:
    """The ages that fit what is known; who was stated to be 11 some time ago may have turned 12 since."""
    age = known_age(case, day)
    if age is None:
        return ()
    grown = case.geboortedatum is None and case.leeftijd_op is not None and case.leeftijd_op < day
    return (age, age + 1) if grown else (age,)


def _represented(consent: Consent, case: Case) -> bool:
    return case.wilsbekwaam is False and "TG-VERTEG" in consent.gevers


def _authority(case: Case, consent: Consent) -> tuple[str, ...]:
    if any(giver in consent.gevers for giver in _GUARDIANS) or case.gezag in ("GZ-VOOGD", "GZ-PLEEG"):
        return () if any(giver in consent.gevers for giver in _GUARDIANS) else ("TG-VOOGD",)
    return ("TG-OUDER1",) if case.gezag == "GZ-EEN" else ("TG-OUDER1", "TG-OUDER2")


def holds(consent: Consent, case: Case, *, purpose: str, recipient: str, day: date) -> bool:
    """Whether this consent allows sharing for `purpose` with `recipient` on `day`.

    Without named recipients it covers every recipient of that purpose.
    """
    named = {name.casefold() for name in consent.ontvangers}
    covered = purpose in consent.doelen and (not named or recipient.casefold() in named)
    return covered and is_valid(consent, case, day)


def is_valid(consent: Consent, case: Case, day: date) -> bool:
    """Whether `day` lies within its term and everybody who has to give it by then did."""
    return runs(consent, day) and not missing_givers(consent, case, day)


def runs(consent: Consent, day: date) -> bool:
    """Whether `day` lies within the term of a consent that was not withdrawn."""
    given = consent.gegeven_op is not None and consent.gegeven_op <= day
    over = consent.geldig_tot is not None and consent.geldig_tot < day
    withdrawn = consent.ingetrokken_op is not None and consent.ingetrokken_op <= day
    return given and not over and not withdrawn
