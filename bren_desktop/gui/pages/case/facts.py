"""What the header of a case says: age today, region, until when consent holds, the eighteenth birthday."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.ages import birthday
from bren_desktop.domain.cases import Case, known_age
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.purposes import standings
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
    return _translate("18e verjaardag {dag}").format(dag=short_date(birthday(case.geboortedatum, 18)))


def _consent(case: Case, consents: Iterable[Consent], today: date) -> str:
    running = [each.verdict.until for each in standings(case, tuple(consents), today) if each.verdict.allowed]
    if not running:
        return _translate("geen geldige toestemming")
    ends = [end for end in running if end is not None]
    if len(ends) < len(running):
        return _translate("toestemming zonder einddatum")
    return _translate("toestemming tot en met {dag}").format(dag=short_date(max(ends)))
