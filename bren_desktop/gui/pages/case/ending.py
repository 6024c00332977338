"""How a case ends, on its page: lessons, the proposal to close it, and how long its record is kept."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.states import ENDED
from bren_desktop.gui.closing_words import bar_line, retention_line
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.closing import ClosingDialog
from bren_desktop.gui.dialogs.closing_review import ClosingReview
from bren_desktop.gui.dialogs.lesson import LessonDialog
from bren_desktop.gui.forms.case_page import Ui_CasePage
from bren_desktop.gui.forms.tab_registration import Ui_RegistrationTab
from bren_desktop.services.closing import CaseClosing
from bren_desktop.services.views import OpenCase


class CaseEnding(QObject):
    """The bar of a proposal, two entries of the menu Meer, and the line beneath Bewaren. `changed`: look again."""

    changed = Signal()

    def __init__(self, desk: Desk, ui: Ui_CasePage, registration: Ui_RegistrationTab, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._ui, self._registration, self._page = desk, ui, registration, parent
        self._opened: OpenCase | None = None
        self._found: CaseClosing | None = None
        menu = ui.more.menu()
        first = menu.actions()[0]
        self.lesson, self.close = QAction(self.tr("&Leerpunt toevoegen…"), menu), QAction(menu)
        menu.insertActions(first, (self.lesson, self.close))
        for action in (self.lesson, self.close):
            action.setVisible(False)
        self.lesson.triggered.connect(self._on_lesson)
        self.close.triggered.connect(self.open)
        ui.show_closing.clicked.connect(self.open)
        ui.closing_bar.hide()

    def show(self, opened: OpenCase, found: CaseClosing) -> None:
        """Another case is on the page, or this one after a change."""
        self._opened, self._found = opened, found
        actor = self._desk.workspace.actor
        text = bar_line(found, actor.person, ended=opened.case.status in ENDED)
        self._ui.closing_text.setText(text)
        self._ui.closing_bar.setVisible(bool(text))
        self._ui.show_closing.setText(
            self.tr("Opnieuw voorstellen…") if found.returned else self.tr("Afsluitin&g bekijken…")
        )
        self._ui.show_closing.setVisible(found.returned is None or self._may_close)
        self._registration.retention.setText(retention_line(found.retention))
        self.lesson.setVisible(self._may_close)
        self.close.setText(self.tr("&Afsluiting bekijken…") if found.closing else self.tr("&Afsluiten…"))
        self.close.setVisible(found.closing is not None or (self._may_close and opened.case.status not in ENDED))
        self._ui.more.setVisible(any(action.isVisible() for action in self._ui.more.menu().actions()))

    def open(self) -> None:
        """The form to propose with, or what was proposed."""
        opened, found = self._opened, self._found
        if opened is None or found is None:
            return
        if found.closing is not None:
            self._start(ClosingReview(self._desk, opened, found, self._about, self._page.window()))
        elif self._may_close:
            self._start(ClosingDialog(self._desk, opened, found, self._about, self._page.window()))

    @property
    def _may_close(self) -> bool:
        is_ours = self._opened is not None and not self._opened.read_only
        return is_ours and may(self._desk.workspace.actor, Right.CLOSE_CASE)

    @property
    def _about(self) -> str:
        return f"{self._ui.nummer.text()} · {self._ui.initials.text()}"

    def _on_lesson(self) -> None:
        if self._opened is not None:
            self._start(LessonDialog(self._desk, self._opened.entity, self._about, parent=self._page.window()))

    def _start(self, dialog: LessonDialog | ClosingDialog | ClosingReview) -> None:
        dialog.recorded.connect(self.changed)
        dialog.open()
