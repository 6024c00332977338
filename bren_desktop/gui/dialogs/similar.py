"""Earlier cases like the one on the page: what they share, what was advised, and what came of it. Enter opens one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QListWidgetItem, QWidget

from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.similar import Ui_SimilarDialog
from bren_desktop.gui.widgets.told_item import TOLD_ROLE, Told, ToldDelegate, add_told
from bren_desktop.services.similar import SimilarCase

_SIDE = 12


class SimilarDialog(QDialog):
    """Asks when it opens; looking is logged, as every reading."""

    def __init__(self, desk: Desk, case: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_SimilarDialog()
        self.ui.setupUi(self)
        self._desk = desk
        self.ui.cases.setItemDelegate(ToldDelegate(self.ui.cases, _SIDE))
        self.ui.open_case.setEnabled(False)
        self.ui.cases.itemActivated.connect(self._on_open)
        self.ui.open_case.clicked.connect(self._on_open)
        self.ui.cancel.clicked.connect(self.reject)
        workspace = desk.workspace
        desk.tasks.ask(partial(workspace.similar.to, workspace.actor, case), self._show)

    def _show(self, found: Sequence[SimilarCase]) -> None:
        ui = self.ui
        for each in found:
            add_told(ui.cases, told(each))
        ui.open_case.setEnabled(bool(found))
        ui.cases.setVisible(bool(found))
        ui.state.setText(
            self.tr("Op volgorde van wat ze delen. Elke casus is anders: lees hem voordat u zich erop beroept.")
            if found
            else self.tr("Er zijn geen casussen die hier genoeg op lijken, voor zover u ze mag zien.")
        )
        ui.cases.setCurrentRow(0)
        (ui.cases if found else ui.cancel).setFocus()

    def _on_open(self) -> None:
        item: QListWidgetItem | None = self.ui.cases.currentItem()
        if item is not None:
            self._desk.navigator.open_case(item.data(TOLD_ROLE).key, "advies")
            self.accept()


def told(found: SimilarCase) -> Told:
    """Which case it is, and what there is to learn of it."""
    age = _translate("{n} jaar").format(n=found.age) if found.age is not None else ""
    status = vocabulary("casusstatus").label(found.row.status) if found.row.status else ""
    lines = []
    for heading, parts in (
        (_translate("Gaat ook over: {wat}."), ["; ".join(found.shared)] if found.shared else []),
        (_translate("Advies: {wat}"), found.advised),
        (_translate("Resultaat: {wat}"), [found.result] if found.result else []),
        (_translate("Geleerd: {wat}"), found.lessons),
    ):
        lines += [heading.format(wat=" ".join(parts))] if parts else []
    if not found.advised:
        lines.append(_translate("Er zijn nog geen adviespunten vrijgegeven."))
    return Told(found.row.entity, " · ".join(filter(None, (found.row.title, age, status))), "\n".join(lines))


def _translate(text: str) -> str:
    return QCoreApplication.translate("SimilarDialog", text)
