"""What the header of a case says: age today, region, until when consent holds, the eighteenth birthday."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.ages import birthday
from bren_desktop.domain.cases import Case, known_age
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.sharing import missing_givers
from bren_desktop.domain.vocabulary import vocabulary


def header_line(case: Case, consents: Iterable[Consent], today: date) -> str:
    """The facts behind each other."""
    return " · ".join(filter(None, (_age(case, today), _region(case), _consent(case, consents, today), _adult(case))))


def _translate(text: str) -> str:
    return QCoreApplication.translate("CaseFacts", text)


def _age(case: Case, today: date) -> str:
    age = known_age(case, today)
    return _translate("leeftijd onbekend") if age is None else _translate("{n} jaar").format(n=age)


def _region(case: Case) -> str:
    return vocabulary("jeugdregios").label(case.regio) if case.regio else case.gemeente


def _adult(case: Case) -> str:
    if case.geboortedatum is None:
        return ""
    return _translate("18e verjaardag {dag}").format(dag=birthday(case.geboortedatum, 18).strftime("%d-%m-%Y"))


def _consent(case: Case, consents: Iterable[Consent], today: date) -> str:
    valid = [consent for consent in consents if state_of(consent, case, today).holds]
    if not valid:
        return _translate("geen geldige toestemming")
    if any(consent.geldig_tot is None for consent in valid):
        return _translate("toestemming zonder einddatum")
    last = max(consent.geldig_tot for consent in valid if consent.geldig_tot)
    return _translate("toestemming tot en met {dag}").format(dag=last.strftime("%d-%m-%Y"))


@dataclass(frozen=True, slots=True)
class ConsentState:
    """Whether a consent holds today, and the words for it."""

    holds: bool
    words: str


def state_of(consent: Consent, case: Case, today: date) -> ConsentState:
    """How a consent stands today."""
    if consent.ingetrokken_op and consent.ingetrokken_op <= today:
        return ConsentState(False, _translate("ingetrokken op {dag}").format(dag=_day(consent.ingetrokken_op)))
    if consent.geldig_tot and consent.geldig_tot < today:
        return ConsentState(False, _translate("verlopen op {dag}").format(dag=_day(consent.geldig_tot)))
    lacking = missing_givers(consent, case, today)
    if lacking:
        givers = ", ".join(vocabulary("toestemminggever").label(code) for code in lacking)
        return ConsentState(False, _translate("nog niet geldig, ontbreekt: {gevers}").format(gevers=givers))
    until = _translate("geldig tot en met {dag}").format(dag=_day(consent.geldig_tot)) if consent.geldig_tot else ""
    return ConsentState(True, until or _translate("geldig zonder einddatum"))


def _day(day: date) -> str:
    return day.strftime("%d-%m-%Y")
