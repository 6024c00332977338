"""How the window says what a family asks, and who asks it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bren_desktop.domain.dutch import capitalised
from bren_desktop.domain.requests import Request
from bren_desktop.domain.vocabulary import vocabulary


def asked_line(request: Request) -> str:
    """What is asked, and by whom."""
    who = vocabulary("toestemminggever").label(request.relatie)
    asked_by = f"{request.door} ({who})" if request.door and who else request.door or who
    sort = vocabulary("soorten_verzoek").label(request.soort)
    told = QCoreApplication.translate("Requests", "{sort}, gevraagd door {who}").format(sort=sort, who=asked_by)
    return capitalised(told if asked_by else sort)
