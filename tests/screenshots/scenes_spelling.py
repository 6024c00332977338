"""Spelling in a long text: waves, and the menu that mends."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent, QPixmap
from PySide6.QtWidgets import QApplication, QMenu

from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.widgets.texts import LongText
from bren_desktop.services.rows import CaseFilter, Page
from tests.screenshots.stage import Stage

_TEXT = "Isa krijgt sinds kort jeughulp bij haar oma. De woonsituwatie is nog niet stabiel, en school maakt zich zorgn."


def scene_spelling(stage: Stage) -> QPixmap:
    page = stage.bench.show_page(registry.CASES)
    if not isinstance(page, CasesPage):
        raise TypeError("the cases are shown by another page")
    row = stage.workspace.cases.page(stage.workspace.actor, CaseFilter(), Page())[0]
    page.open_entity(row.entity, "jeugdige/woonsituatie_toelichting")
    stage.settle()
    editor = page.case.binding.fields["woonsituatie_toelichting"].editor
    if not isinstance(editor, LongText):
        raise TypeError("no long text")
    before = editor.raw()
    editor.set_raw(_TEXT)
    editor.marks.mark()
    cursor = editor.textCursor()
    cursor.setPosition(_TEXT.index("jeughulp") + 2)
    editor.setTextCursor(cursor)
    where = QPoint(9, 9)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, where, editor.mapToGlobal(where))
    QApplication.sendEvent(editor, asked)
    stage.settle()
    picture = stage.picture()
    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        menu.close()
    editor.set_raw(before)
    page.show_list()
    return picture
