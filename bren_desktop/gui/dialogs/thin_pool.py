"""Waar is de pool dun: which expertise cases ask for more than there are pareltjes, and the way to who has it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.thin_pool import Ui_ThinPool
from bren_desktop.services.thinness import EXPERTISE, FEW, Thin

_WIDTHS = (408, 112, 112)


class ThinPoolDialog(QDialog):
    """`wanted` carries the expertise to show the pareltjes of."""

    wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_ThinPool()
        self.ui.setupUi(self)
        self._found: Sequence[Thin] = ()
        ui = self.ui
        ui.rows.set_columns(
            (self.tr("Expertise"), self.tr("Casussen"), self.tr("Beschikbaar"), self.tr("Wat dit zegt")), _WIDTHS
        )
        ui.close.clicked.connect(self.reject)
        ui.show_them.clicked.connect(self._on_show)
        ui.rows.doubleClicked.connect(self._on_show)
        for widget in (ui.nothing, ui.show_them):
            widget.hide()
        desk.tasks.ask(partial(desk.workspace.pool.thin, desk.workspace.actor), self._show)

    def _show(self, found: Sequence[Thin]) -> None:
        self._found = found
        ui = self.ui
        ui.rows.show_rows([self._cells(thin) for thin in found])
        ui.rows.setVisible(bool(found))
        ui.show_them.setVisible(bool(found))
        ui.nothing.setVisible(not found)
        (ui.rows if found else ui.close).setFocus()

    def _cells(self, thin: Thin) -> Sequence[str]:
        asked = str(thin.asked) if thin.asked else self.tr("minder dan {n}").format(n=FEW)
        return vocabulary(EXPERTISE).label(thin.code), asked, str(thin.available), self._meaning(thin)

    def _meaning(self, thin: Thin) -> str:
        if not thin.available:
            return self.tr("Niemand beschikbaar")
        if thin.asked is None or thin.shortage <= 1:
            return self.tr("Genoeg")
        return self.tr("Eén pareltje op {n} casussen").format(n=max(2, round(thin.shortage)))

    def _on_show(self) -> None:
        row = self.ui.rows.currentRow()
        if 0 <= row < len(self._found):
            self.wanted.emit(self._found[row].code)
            self.accept()
