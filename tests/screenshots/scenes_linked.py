"""Cases that belong together: the card on the tab Jeugdige en gezin, and the dialog that links them."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from bren_desktop.domain.cases import Case
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services.rows import CaseFilter, Page
from tests.screenshots.stage import Stage

_SURNAME = "Verbandkruid"


def _family(stage: Stage, tab: str = "jeugdige") -> CasesPage:
    """Three young people who do not exist; the page of the one who is linked to both others."""
    actor, cases = stage.workspace.actor, stage.workspace.cases
    rows = cases.page(actor, CaseFilter(text=_SURNAME), Page())
    if not rows:
        made = [cases.record(actor, Case(roepnaam=name, achternaam=_SURNAME)).entity for name in ("Isa", "Bram", "Lot")]
        stage.workspace.links.add(actor, made[0], made[1], "SV-BRZ")
        stage.workspace.links.add(actor, made[2], made[0], "SV-EERDER")
        rows = cases.page(actor, CaseFilter(text=_SURNAME), Page())
    page = stage.bench.show_page(registry.CASES)
    if not isinstance(page, CasesPage):
        raise TypeError("the cases are shown by another page")
    first = next(row.entity for row in rows if row.initials.startswith("I"))
    page.open_entity(first, tab)
    stage.settle()
    return page


def scene_linked_cases(stage: Stage) -> QPixmap:
    page = _family(stage)
    ui = page.case.tabs.family.ui
    ui.scroll.ensureWidgetVisible(ui.card_links)
    picture = stage.picture()
    page.show_list()
    return picture


def scene_linking(stage: Stage) -> QPixmap:
    page = _family(stage)
    page.case.tabs.family.ui.add_link.click()
    picture = stage.picture()
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QDialog):
        dialog.reject()
    page.show_list()
    return picture


def scene_retention(stage: Stage) -> QPixmap:
    page = _family(stage, "aanmelding")
    ui = page.case.tabs.registration.ui
    ui.scroll.ensureWidgetVisible(ui.card_retention)
    picture = stage.picture()
    page.show_list()
    return picture
