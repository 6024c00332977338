"""Earlier cases like the one on the page: what they share, what was advised, and what came of it. Enter opens one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtWidgets import QDialog, QListWidgetItem, QWidget

from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.forms.similar import Ui_SimilarDialog
from bren_desktop.services.similar import SimilarCase

_ENTITY = Qt.ItemDataRole.UserRole
_SIDE = 24


class SimilarDialog(QDialog):
    """Asks when it opens; looking is logged, as every reading."""

    def __init__(self, desk: Desk, case: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_SimilarDialog()
        self.ui.setupUi(self)
        self._desk = desk
        self.ui.open_case.setEnabled(False)
        self.ui.cases.itemActivated.connect(self._on_open)
        self.ui.open_case.clicked.connect(self._on_open)
        self.ui.cancel.clicked.connect(self.reject)
        workspace = desk.workspace
        desk.tasks.ask(partial(workspace.similar.to, workspace.actor, case), self._show)

    def _show(self, found: Sequence[SimilarCase]) -> None:
        ui = self.ui
        for each in found:
            item = QListWidgetItem(words(each), ui.cases)
            item.setData(_ENTITY, each.row.entity)
            item.setSizeHint(self._room(item.text()))
        ui.open_case.setEnabled(bool(found))
        ui.cases.setVisible(bool(found))
        ui.state.setText(
            self.tr("Op volgorde van wat ze delen. Elke casus is anders: lees hem voordat u zich erop beroept.")
            if found
            else self.tr("Er zijn geen casussen die hier genoeg op lijken, voor zover u ze mag zien.")
        )
        ui.cases.setCurrentRow(0)
        (ui.cases if found else ui.cancel).setFocus()

    def _room(self, text: str) -> QSize:
        """All of the text: Qt forgets the padding of the theme when it breaks the lines."""
        free = QRect(0, 0, self.ui.cases.viewport().width() - 2 * _SIDE, 0)
        return QSize(0, self.ui.cases.fontMetrics().boundingRect(free, Qt.TextFlag.TextWordWrap, text).height() + _SIDE)

    def _on_open(self) -> None:
        item: QListWidgetItem | None = self.ui.cases.currentItem()
        if item is not None:
            self._desk.navigator.open_case(item.data(_ENTITY), "advies")
            self.accept()


def words(found: SimilarCase) -> str:
    """A similar case in a few lines."""
    age = _translate("{n} jaar").format(n=found.row.leeftijd) if found.row.leeftijd is not None else ""
    status = vocabulary("casusstatus").label(found.row.status) if found.row.status else ""
    lines = [" · ".join(filter(None, (found.row.title, age, status)))]
    for heading, parts in (
        (_translate("Gaat ook over: {wat}."), ["; ".join(found.shared)] if found.shared else []),
        (_translate("Advies: {wat}"), found.advised),
        (_translate("Resultaat: {wat}"), [found.result] if found.result else []),
        (_translate("Geleerd: {wat}"), found.lessons),
    ):
        lines += [heading.format(wat=" ".join(parts))] if parts else []
    if not found.advised:
        lines.append(_translate("Er zijn nog geen adviespunten vrijgegeven."))
    return "\n".join(lines)


def _translate(text: str) -> str:
    return QCoreApplication.translate("SimilarDialog", text)
