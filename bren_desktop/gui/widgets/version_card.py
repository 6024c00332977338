"""One version of a field: its number, who wrote it and when, what is different, and a button that takes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from bren_desktop.domain.merging import Span
from bren_desktop.gui.forms.version_card import Ui_VersionCard
from bren_desktop.gui.version_words import who_and_when
from bren_desktop.services.versions import ConflictVersion


class VersionCard(QFrame):
    """`taken` carries the number of the version."""

    taken = Signal(int)

    def __init__(self, version: ConflictVersion, spans: tuple[Span, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_VersionCard()
        self.ui.setupUi(self)
        ui, n = self.ui, version.n
        self.setProperty("role", "card")
        self.setObjectName(f"version_{n}")
        ui.number.setText(self.tr("Versie {n}").format(n=n))
        ui.who.setText(who_and_when(version))
        ui.text.setAccessibleName(self.tr("Versie {n} van {who}").format(n=n, who=ui.who.text()))
        ui.take.setText(self.tr("Versie {n} nemen").format(n=n))
        ui.take.setToolTip(self.tr("Versie {n} nemen (Alt+{n})").format(n=n))
        ui.text.show_spans(spans)
        if version.value is None:
            ui.text.setPlaceholderText(self.tr("Leeggemaakt: hier staat dan niets."))
        ui.take.clicked.connect(lambda: self.taken.emit(n))
