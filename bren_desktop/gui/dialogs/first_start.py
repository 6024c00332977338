"""Set up a profile: who works here, and a passphrase. The recovery code follows on its own screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from bren_desktop.domain.actors import Role
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.gui.dialogs.key_work import KeyWork, refused, strength_sentence
from bren_desktop.gui.door import Founding, ProfileDoor
from bren_desktop.gui.forms.first_start import Ui_FirstStart
from bren_desktop.gui.messages import sentence
from bren_desktop.gui.tasks import Tasks

if TYPE_CHECKING:
    from bren_desktop.domain.keyring_state import Created
    from bren_desktop.services.workspace import Workspace


class FirstStartPanel(QWidget):
    """Gives the new workspace, its recovery code and the state of the keyring through `founded`."""

    founded = Signal(object, object)
    restore_wanted = Signal()

    def __init__(self, door: ProfileDoor, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_FirstStart()
        self.ui.setupUi(self)
        self._door = door
        inputs = [self.ui.name, self.ui.role, self.ui.team, self.ui.create, self.ui.restore, self.ui.bring_back]
        self._work = KeyWork(self.ui, tasks, [self.ui.passphrase, self.ui.again], inputs, self)
        self._fill_choices()
        self._show_strength("")
        self.ui.passphrase.textChanged.connect(self._show_strength)
        self.ui.create.clicked.connect(self._on_create)
        self.ui.restore.clicked.connect(self.restore_wanted)
        self.ui.bring_back_card.hide()
        self.ui.bring_back.toggled.connect(self._on_bring_back)
        self.ui.again.returnPressed.connect(self._on_create)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ui.name.setFocus()

    def _fill_choices(self) -> None:
        for role, name in self._roles().items():
            self.ui.role.addItem(name, role.value)
        regions = vocabulary("jeugdregios")
        for term in vocabulary("teams"):
            region = regions.label(str(term.extra["regio"]))
            self.ui.team.addItem(term.label if region in term.label else f"{term.label} · {region}", term.code)
        _make_searchable(self.ui.team)

    def _roles(self) -> dict[Role, str]:
        return {
            Role.SECRETARIS: self.tr("Secretaris"),
            Role.VOORZITTER: self.tr("Voorzitter"),
            Role.PLAATSVERVANGER: self.tr("Plaatsvervangend voorzitter"),
            Role.LID: self.tr("Lid van het expertteam"),
            Role.PROCESREGISSEUR: self.tr("Procesregisseur"),
            Role.PROJECTLEIDER: self.tr("Projectleider"),
            Role.PRIVACY: self.tr("Privacyfunctionaris"),
            Role.IT: self.tr("IT-beheer"),
        }

    @property
    def brings_back(self) -> bool:
        """Whether the profile is made to bring back what a team had."""
        return self.ui.bring_back.isChecked()

    def _on_bring_back(self, wanted: bool) -> None:
        self.ui.bring_back_card.setVisible(wanted)
        self.ui.lost.setVisible(not wanted)
        if wanted:
            self.ui.role.setCurrentIndex(self.ui.role.findData(Role.VOORZITTER.value))

    def _show_strength(self, passphrase: str) -> None:
        self.ui.strength.setText(strength_sentence(passphrase))

    def _on_create(self) -> None:
        team = self.ui.team.findText(self.ui.team.currentText(), Qt.MatchFlag.MatchFixedString)
        problem = refused(self.ui.passphrase.text(), self.ui.again.text())
        if not self.ui.name.text().strip():
            self._work.show_problem(self.tr("Vul uw naam in."), self.ui.name)
        elif team < 0:
            self._work.show_problem(self.tr("Kies uw expertteam uit de lijst."), self.ui.team)
        elif problem:
            self._work.show_problem(sentence(problem), self.ui.passphrase)
        else:
            self._start(str(self.ui.team.itemData(team)))

    def _start(self, team: str) -> None:
        founding = Founding(self.ui.name.text(), str(self.ui.role.currentData()), team, self.ui.passphrase.text())
        self._work.start(lambda: self._door.found(founding), self._on_founded, self.ui.passphrase)

    def _on_founded(self, made: tuple[Workspace, Created]) -> None:
        self.founded.emit(*made)


def _make_searchable(box: QComboBox) -> None:
    """Typing any part of a name finds it; nothing is chosen beforehand."""
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setCurrentIndex(-1)
    completer = QCompleter(box.model(), box)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    box.setCompleter(completer)
