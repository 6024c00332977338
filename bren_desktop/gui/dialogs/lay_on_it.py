"""The cases that lay on a laptop that was taken out, by number and initials, to judge what has to be reported."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.gui import clipboard
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.lay_on_it import Ui_LayOnIt
from bren_desktop.services.rows import CaseRow


class LayOnItDialog(QDialog):
    """A list; the numbers can be copied, initials stay here."""

    def __init__(self, desk: Desk, cases: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_LayOnIt()
        self.ui.setupUi(self)
        self._rows: Sequence[CaseRow] = ()
        self.ui.close.clicked.connect(self.accept)
        self.ui.copy.clicked.connect(self._on_copy)
        self._show(())
        workspace = desk.workspace

        def read() -> list[CaseRow]:
            found = [workspace.cases.row(workspace.actor, entity) for entity in cases]
            return [row for row in found if row is not None]

        desk.tasks.ask(read, self._show)

    def _show(self, rows: Sequence[CaseRow]) -> None:
        self._rows = rows
        ui = self.ui
        ui.cases.clear()
        ui.cases.addItems([row.title for row in rows])
        for widget in (ui.cases, ui.copy, ui.text):
            widget.setVisible(bool(rows))
        ui.none.setVisible(not rows)

    def _on_copy(self) -> None:
        clipboard.copy_secret("\n".join(row.nummer or row.id for row in self._rows))
