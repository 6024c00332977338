"""Show a new recovery code once; its user goes on after saying that it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from bren_desktop.gui import recovery_sheet
from bren_desktop.gui.forms.recovery_code import Ui_RecoveryCode

if TYPE_CHECKING:
    from bren_desktop.domain.keyring_state import KeyringState


class RecoveryCodePanel(QWidget):
    """`done` comes when the user has said that the code is kept."""

    done = Signal()

    def __init__(self, code: str, keyring: KeyringState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_RecoveryCode()
        self.ui.setupUi(self)
        self._code = code
        self.ui.code.setText(recovery_sheet.code_in_lines(code))
        self.ui.keyring.setText(self._about(keyring))
        self.ui.saved.hide()
        self.ui.kept.toggled.connect(self.ui.go_on.setEnabled)
        self.ui.go_on.clicked.connect(self._on_go_on)
        self.ui.save.clicked.connect(self._on_save)
        self.ui.print.clicked.connect(self._on_print)

    def _about(self, keyring: KeyringState) -> str:
        if keyring.usable:
            return self.tr(
                "Uw wachtwoord werkt alleen op deze computer, samen met de sleutelbos van {name}. "
                "Op een andere computer opent u het profiel met de herstelcode."
            ).format(name=keyring.backend)
        return self.tr(
            "Deze computer heeft geen bruikbare sleutelbos: wie het profiel kopieert, heeft alleen nog uw wachtwoord "
            "nodig. Kies daarom een lang wachtwoord."
        )

    def _on_go_on(self) -> None:
        self._code = ""
        self.ui.code.clear()
        self.done.emit()

    def _on_save(self) -> None:
        start = str(Path.home() / self.tr("Herstelcode BREN Desktop.pdf"))
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Herstelcode opslaan"), start, self.tr("PDF (*.pdf)"))
        if path:
            self.save_to(path)

    def save_to(self, path: str) -> None:
        """Write the sheet to `path` and say how that went."""
        self._say(
            self.tr("Opgeslagen. Zet het bestand op een andere plek dan deze laptop en verwijder het hier.")
            if recovery_sheet.save_pdf(path, self._code)
            else self.tr("Het bestand kon daar niet worden opgeslagen. Kies een andere map.")
        )

    def _on_print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.tr("Herstelcode"))
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self._say(
                self.tr("De code is naar de printer gestuurd. Haal het papier meteen op.")
                if recovery_sheet.paint_sheet(printer, self._code)
                else self.tr("Het afdrukken is niet gelukt. Sla de code op als PDF of schrijf haar over.")
            )

    def _say(self, text: str) -> None:
        self.ui.saved.setText(text)
        self.ui.saved.show()


class RecoveryCodeDialog(QDialog):
    """The same, for a new code from the settings."""

    def __init__(self, code: str, keyring: KeyringState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel = RecoveryCodePanel(code, keyring, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        panel.done.connect(self.accept)

    def reject(self) -> None:
        """Escape does not end it: the old code no longer works."""
