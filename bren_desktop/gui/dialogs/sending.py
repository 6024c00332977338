"""The ways out for a filed document besides paper and PDF: Word, an e-mail draft, a PDF with a password."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QWidget

from bren_desktop.gui import printing
from bren_desktop.gui.desk import Desk
from bren_desktop.services.outgoing import Protected


class SendMenu(QMenu):
    """The menu under "Versturen". Word and e-mail leave in plain form: the user is told first (decision 21)."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._document = self._kenmerk = ""
        for name, slot in (
            (self.tr("&E-mailconcept met de pdf…"), self._on_mail),
            (self.tr("&Pdf met wachtwoord, voor buiten…"), self._on_protected),
            (self.tr("&Word-bestand…"), self._on_word),
        ):
            self.addAction(name).triggered.connect(slot)

    def show_document(self, document: str, kenmerk: str) -> None:
        """Which filed document it is about."""
        self._document, self._kenmerk = document, kenmerk

    def _on_mail(self) -> None:
        outgoing = self._desk.workspace.outgoing
        ending, title = "eml", self.tr("E-mailconcept opslaan")
        if self._is_understood(self.tr("E-mailconcept")):
            self._make(
                partial(outgoing.mail, self._desk.workspace.actor, self._document), partial(self._save, ending, title)
            )

    def _on_word(self) -> None:
        outgoing = self._desk.workspace.outgoing
        ending, title = "docx", self.tr("Opslaan als Word-bestand")
        if self._is_understood(self.tr("Word-bestand")):
            self._make(
                partial(outgoing.word, self._desk.workspace.actor, self._document), partial(self._save, ending, title)
            )

    def _on_protected(self) -> None:
        outgoing = self._desk.workspace.outgoing
        self._make(partial(outgoing.protected, self._desk.workspace.actor, self._document), self._save_protected)

    def _make(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._desk.tasks.do(work, done)

    def _is_understood(self, what: str) -> bool:
        question = self.tr(
            "{wat}: dit bestand is niet versleuteld en ligt straks buiten het programma. Wie erbij kan, kan het lezen. "
            "Verstuur het alleen beveiligd en verwijder het daarna. Dat u het maakt, komt in het logboek van de casus."
        )
        return self._desk.messages.confirm(question.format(wat=what), self.tr("Toch maken"))

    def _save(self, ending: str, title: str, data: bytes) -> None:
        name = f"{printing.safe_name(self._kenmerk)}.{ending}"
        printing.save_file(self._desk, data, name, title, self._window)

    def _save_protected(self, made: Protected) -> None:
        name, title = f"{printing.safe_name(self._kenmerk)}-beveiligd.pdf", self.tr("Opslaan als pdf met wachtwoord")
        if printing.save_file(self._desk, made.pdf, name, title, self._window):
            self._tell_password(made.password)

    def _tell_password(self, password: str) -> None:
        """Show it this once; it is kept nowhere."""
        QInputDialog.getText(
            self._window,
            self.tr("Wachtwoord van de pdf"),
            self.tr(
                "Dit wachtwoord ziet u alleen nu; het wordt nergens bewaard.\n"
                "Geef het door langs een andere weg dan het bestand, bijvoorbeeld telefonisch."
            ),
            QLineEdit.EchoMode.Normal,
            password,
        )
