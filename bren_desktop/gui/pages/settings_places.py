"""What people look for in Beheer, to find from the search box: each is a button or field of that page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.rights import Right, may


@dataclass(frozen=True, slots=True)
class SettingsPlace:
    """`widget` is the name on the form; `words` are other words to find it by."""

    widget: str
    text: str
    words: str
    right: Right | None = None


def places(actor: Actor) -> Sequence[SettingsPlace]:
    """The places that are of use to `actor`."""
    return [place for place in _all() if place.right is None or may(actor, place.right)]


def _all() -> Sequence[SettingsPlace]:
    return (
        SettingsPlace("back_up", _tr("Reservekopie maken"), _tr("back-up back up kopie bewaren"), Right.BACK_UP),
        SettingsPlace("change_passphrase", _tr("Wachtwoord wijzigen"), _tr("wachtwoordzin sleutel")),
        SettingsPlace("new_code", _tr("Nieuwe herstelcode"), _tr("herstellen kwijt")),
        SettingsPlace("theme", _tr("Thema en tekstgrootte"), _tr("weergave donker licht contrast letters kleuren")),
        SettingsPlace("check", _tr("Profiel controleren"), _tr("profielcontrole nakijken")),
        SettingsPlace("naam", _tr("Briefpapier van het team"), _tr("briefhoofd adres logo"), Right.CONFIGURE),
        SettingsPlace("team_texts", _tr("Teksten van documenten"), _tr("standaardzinnen"), Right.CONFIGURE),
        SettingsPlace("concepts", _tr("Begrippen"), _tr("thesaurus woorden synoniemen"), Right.EDIT_CONCEPTS),
        SettingsPlace("weights", _tr("Hoe matching weegt"), _tr("gewichten criteria"), Right.WEIGH),
        SettingsPlace("requests", _tr("Verzoeken van gezinnen"), _tr("inzage avg vernietiging"), Right.HANDLE_REQUEST),
        SettingsPlace("emergencies", _tr("Noodtoegang bekijken"), _tr("oordeel"), Right.REVIEW_ACCESS),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsPlaces", text)
