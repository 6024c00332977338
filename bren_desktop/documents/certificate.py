"""A verklaring van vernietiging as PDF: one page, without anything of what was destroyed."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.units import mm

from bren_desktop.documents.fonts import BOLD
from bren_desktop.documents.layout import Columns, Part, lay_out
from bren_desktop.documents.page import (
    BOTTOM,
    GUTTER,
    HEIGHT,
    LEFT,
    MARGIN_COLUMN,
    TEXT_RIGHT,
    TEXT_WIDTH,
    Paper,
    draw_footer,
    draw_page,
    new_canvas,
)
from bren_desktop.documents.text import ACCENT, Style, draw_line, draw_line_right
from bren_desktop.domain.certificates import Certificate
from bren_desktop.domain.dutch import listing, long_date
from bren_desktop.domain.records import Team

_TITLE = "Verklaring van vernietiging"
_TOP = 40 * mm
_SIZE = 10.5
_LAW = (
    "Wij vernietigden dit dossier op verzoek, zoals artikel 7.3.9 van de Jeugdwet bepaalt. Het is gewist van de laptop "
    "waarop dit is gedaan, van de gedeelde map en uit de reservekopieën die het programma kent. De andere laptops van "
    "het team wissen het zodra zij weer verbinding hebben. Het is niet terug te halen."
)
_WITNESS = "{name}. Dit team werkt op één laptop. De getuige zat ernaast en keek mee, in plaats van een tweede persoon."
_STAYS = (
    "Van het dossier blijft alleen het nummer hierboven over: een willekeurig kenmerk dat niets over iemand zegt. Het "
    "zorgt dat een oude kopie niet terugkomt. Wat eerder op papier of als bestand is gegeven, valt hier niet onder."
)

_ELSEWHERE = (
    "Dit dossier is eerder overgedragen aan: {teams}. Wij laten weten dat het bij ons is vernietigd. Vraag ook daar om "
    "vernietiging als u dat wilt: wat zij hebben, kunnen wij niet wissen."
)


def certificate_pdf(certificate: Certificate, team: Team) -> bytes:
    """The bytes of the PDF."""
    target = BytesIO()
    day = long_date(certificate.destroyed_on)
    paper = Paper(_TITLE, team.naam, _TITLE, (f"{_TITLE} · {certificate.ids[-1]}", day, team.voettekst))
    canvas = new_canvas(target, paper)
    room = HEIGHT - _TOP - BOTTOM
    laid = lay_out(_parts(certificate), Columns(MARGIN_COLUMN, GUTTER, TEXT_WIDTH, room, room), _SIZE)
    draw_line(canvas, LEFT, HEIGHT - 24 * mm, _TITLE, Style(17, BOLD, ACCENT), (TEXT_RIGHT - LEFT) * 0.6)
    draw_line_right(canvas, TEXT_RIGHT, HEIGHT - 24 * mm, team.naam, Style(9, BOLD, ACCENT), 70 * mm)
    draw_page(canvas, laid.pages[0], _TOP, 1)
    draw_footer(canvas, paper, 1, 1)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _parts(certificate: Certificate) -> list[Part]:
    elsewhere = _ELSEWHERE.format(teams=listing(certificate.handed_to)) if certificate.handed_to else ""
    decided = f"{certificate.decided_by} op {long_date(certificate.decided_on)}" if certificate.decided_on else ""
    facts = {
        "Wat": f"Het dossier van één jeugdige bij {certificate.team}, met alles wat erbij hoorde.",
        "Nummer": "\n".join(reversed(certificate.ids)),
        "Verzoek van": long_date(certificate.requested_on) if certificate.requested_on else "",
        "Besloten door": decided,
        "Uitgevoerd door": listing(certificate.asked_by),
        "Getuige": _WITNESS.format(name=certificate.witness) if certificate.witness else "",
        "Vernietigd op": long_date(certificate.destroyed_on),
        "Wat dat inhoudt": _LAW,
        "Wat blijft": _STAYS,
        "Bij een ander": elsewhere,
    }
    return [Part(label, text) for label, text in facts.items() if text]
