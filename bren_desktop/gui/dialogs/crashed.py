"""Says calmly that something went wrong that nobody foresaw, with a report that may be passed on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class CrashTeller(QObject):
    """Shows one dialog at a time, from whichever thread the failure came."""

    _told = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: CrashDialog | None = None
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    def tell(self, report: str) -> None:
        self._told.emit(report)

    def _on_told(self, report: str) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            return
        self.dialog = CrashDialog(report, self._window)
        self.dialog.open()


class CrashDialog(QDialog):
    """The sentence and the report."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(QApplication.applicationName())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.resize(620, 420)
        said = QLabel(
            self.tr(
                "Er ging iets mis wat niet was voorzien. Wat was opgeslagen is veilig, en wat u typte is als concept "
                "bewaard. Werk gerust door; gebeurt het vaker, sluit dan het programma en start het opnieuw."
            ),
            self,
        )
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        hint = QLabel(self.tr("Dit verslag bevat geen persoonsgegevens en mag naar uw beheerder:"), self)
        hint.setTextFormat(Qt.TextFormat.PlainText)
        hint.setProperty("role", "label")
        self.report = QPlainTextEdit(report, self)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(self.tr("Verslag van de fout"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in (said, hint, self.report):
            layout.addWidget(widget)
        layout.addLayout(self._buttons(report))

    def _buttons(self, report: str) -> QHBoxLayout:
        copy = QPushButton(self.tr("Verslag &kopiëren"), self)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(report))
        close = QPushButton(self.tr("&Verder werken"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch()
        row.addWidget(close)
        return row
