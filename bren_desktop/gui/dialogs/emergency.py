"""Noodtoegang: opening a case that is not assigned to the user, with a reason that others will judge."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.errors import InvalidInputError, UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.emergency import Ui_Emergency
from bren_desktop.gui.messages import sentence


class EmergencyDialog(QDialog):
    """`number` is what the case is known by; empty where the user still has to say."""

    def __init__(self, desk: Desk, number: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_Emergency()
        self.ui.setupUi(self)
        self._desk = desk
        ui = self.ui
        ui.about.setText(self.tr("Een casus openen die niet aan u is toegewezen"))
        ui.number.setText(number)
        ui.open_case.clicked.connect(self.open_case)
        ui.cancel.clicked.connect(self.reject)
        ui.number.textChanged.connect(self._on_typed)
        ui.reason.textChanged.connect(self._on_typed)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.open_case)
        (ui.reason if number else ui.number).setFocus()
        self._on_typed()

    def open_case(self) -> None:
        """Open it, and go there."""
        ui, workspace = self.ui, self._desk.workspace
        if not ui.open_case.isEnabled():
            return
        ui.open_case.setEnabled(False)
        number, reason = ui.number.text().strip(), ui.reason.toPlainText()
        work = partial(workspace.access.open_in_emergency, workspace.actor, number, reason)
        self._desk.tasks.do(work, self._on_opened, self._on_refused)

    def _on_typed(self) -> None:
        ui = self.ui
        ui.problem.hide()
        ui.open_case.setEnabled(bool(ui.number.text().strip() and ui.reason.toPlainText().strip()))

    def _on_opened(self, entity: str) -> None:
        self.accept()
        self._desk.navigator.open_case(entity)

    def _on_refused(self, error: UserFacingError) -> None:
        self.ui.problem.setText(sentence(error))
        self.ui.problem.show()
        self.ui.open_case.setEnabled(True)
        about_reason = isinstance(error, InvalidInputError) and error.field == "reden"
        (self.ui.reason if about_reason else self.ui.number).setFocus()
