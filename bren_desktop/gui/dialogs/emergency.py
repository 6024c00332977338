"""Noodtoegang: opening a case that is not assigned to the user, with a reason that others will judge."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.errors import InvalidInputError, UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.drafting import DraftKeeper
from bren_desktop.gui.forms.emergency import Ui_Emergency
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.navigator import EMERGENCY
from bren_desktop.services.views import DraftView

_NUMBER, _REASON = "nummer", "reden"


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
        self._keeper = DraftKeeper(desk, f"{EMERGENCY}:reden", self._typed, self)
        self._on_typed()
        workspace = desk.workspace
        desk.tasks.ask(lambda: workspace.drafts.get(workspace.actor, self._keeper.key), self._on_draft)

    def open_case(self) -> None:
        """Open it, and go there."""
        ui, workspace = self.ui, self._desk.workspace
        if not ui.open_case.isEnabled():
            return
        ui.open_case.setEnabled(False)
        number, reason = ui.number.text().strip(), ui.reason.toPlainText()
        work = partial(workspace.access.open_in_emergency, workspace.actor, number, reason)
        self._desk.tasks.do(work, self._on_opened, self._on_refused)

    def done(self, result: int) -> None:
        """Go away, however it was left; a reason that was not used stays as a draft."""
        self._keeper.keep()
        super().done(result)

    def _typed(self) -> Mapping[str, object]:
        return {_NUMBER: self.ui.number.text(), _REASON: self.ui.reason.toPlainText()}

    def _on_draft(self, draft: DraftView | None) -> None:
        ui = self.ui
        if draft is not None and not ui.reason.toPlainText():
            ui.number.setText(ui.number.text() or str(draft.fields.get(_NUMBER, "")))
            ui.reason.setPlainText(str(draft.fields.get(_REASON, "")))

    def _on_typed(self) -> None:
        ui = self.ui
        if ui.reason.toPlainText():
            self._keeper.touch()
        ui.problem.hide()
        ui.open_case.setEnabled(bool(ui.number.text().strip() and ui.reason.toPlainText().strip()))

    def _on_opened(self, entity: str) -> None:
        self._keeper.drop()
        self.accept()
        self._desk.navigator.open_case(entity)

    def _on_refused(self, error: UserFacingError) -> None:
        self.ui.problem.setText(sentence(error))
        self.ui.problem.show()
        self.ui.open_case.setEnabled(True)
        about_reason = isinstance(error, InvalidInputError) and error.field == _REASON
        (self.ui.reason if about_reason else self.ui.number).setFocus()
