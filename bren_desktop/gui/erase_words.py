"""How the window says how far an erasure is, whom it waits for, and what left the program before."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.requests import Request
from bren_desktop.domain.retention import Retention
from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.share_words import moment
from bren_desktop.services.audit import COPIED, HANDED_OVER
from bren_desktop.services.readlog import Leaving
from bren_desktop.services.rows import ReadEntry
from bren_desktop.services.share_door import AskedErasure


def _tr(text: str) -> str:
    return QCoreApplication.translate("Erasing", text)


def waits_for(erasure: AskedErasure, actor: Actor) -> bool:
    """Whether the half of `actor` is the one that is still missing."""
    return may(actor, Right.ERASE) and not erasure.mine and erasure.private is not (actor.role is Role.PRIVACY)


def asked_line(erasure: AskedErasure) -> str:
    """Who asked, and who has to ask too."""
    waited = (
        _tr("een voorzitter, plaatsvervanger, secretaris of procesregisseur")
        if erasure.private
        else _tr("de privacyfunctionaris")
    )
    text = _tr("Het wissen van deze casus is gevraagd door {names}. Het wacht op {waited}.")
    return text.format(names=", ".join(erasure.names), waited=waited)


def asked_count(count: int) -> str:
    """How many erasures wait for this user."""
    return _tr("Wissen: 1 wacht op u") if count == 1 else _tr("Wissen: {n} wachten op u").format(n=count)


def term_line(retention: Retention, today: date) -> str:
    """Whether a case has to be kept still; that is not known for every case."""
    if retention.held:
        return _tr("Bij deze casus staat een reden om het dossier langer te bewaren. Zolang die er staat, blijft het.")
    if retention.may_go(today):
        text = _tr("De bewaartermijn van dit dossier is voorbij. Sinds {dag} mag het worden vernietigd.")
    elif retention.day is not None:
        text = _tr("Dit dossier wordt bewaard tot {dag}. Wis het eerder alleen als het gezin erom vraagt.")
    else:
        text = _tr(
            "Deze casus moet nog worden bewaard. Wis hem alleen als het gezin erom vraagt, of na een vergissing."
        )
    return text.format(dag=short_date(retention.day) if retention.day else "")


def ended_line(request: Request) -> str:
    """That the family's request to destroy the case was answered, and that this is not done for it."""
    text = _tr("Het verzoek van het gezin om deze casus te vernietigen is {besluit}. Wis de casus daarom niet.")
    return text.format(besluit=vocabulary("besluiten_verzoek").label(request.besluit))


def left_line(entry: ReadEntry) -> str:
    """One time that something about a case left the program."""
    ways = {
        Leaving.PRINTED: _tr("afgedrukt"),
        Leaving.SAVED: _tr("als bestand bewaard"),
        COPIED: _tr("als kopie van het dossier gegeven (inzage)"),
        HANDED_OVER: _tr("overgedragen aan een ander team: laat dat weten dat u de casus wist"),
        "export": _tr("meegegaan in een export van alle casussen"),
    }
    parts = (moment(entry.at_ms), entry.name, ways.get(entry.action, entry.action), entry.detail)
    return " · ".join(part for part in parts if part)
