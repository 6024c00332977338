"""Beheer: letterhead of the team, address book, keys, backups, the look, a check-up, and about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from bren_desktop import __version__
from bren_desktop.domain.clocks.due import Deadline
from bren_desktop.domain.dutch import short_date
from bren_desktop.domain.keyring_state import KeyringState
from bren_desktop.domain.records import Team
from bren_desktop.domain.requests import Request
from bren_desktop.domain.rights import Right, may
from bren_desktop.gui import theme
from bren_desktop.gui.chosen_file import read_chosen
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.change_passphrase import ChangePassphraseDialog
from bren_desktop.gui.dialogs.emergencies import EmergenciesDialog
from bren_desktop.gui.dialogs.licences import LicencesDialog
from bren_desktop.gui.dialogs.new_recovery_code import NewRecoveryCodeDialog
from bren_desktop.gui.dialogs.recovery_code import RecoveryCodeDialog
from bren_desktop.gui.dialogs.requests import RequestsDialog
from bren_desktop.gui.dialogs.weights import WeightsDialog
from bren_desktop.gui.forms.settings import Ui_Settings
from bren_desktop.gui.pages.page import Page
from bren_desktop.gui.preferences import Preferences
from bren_desktop.gui.widgets.backup_card import BackupCard
from bren_desktop.gui.widgets.reach import enter, hand_on
from bren_desktop.gui.widgets.team_form import TeamForm
from bren_desktop.services.access import Emergency

_LOGO_HEIGHT = 40
_LARGEST_FILE = 20 * 1024 * 1024


class SettingsPage(Page):
    """Cards on one page; everything but the letterhead takes effect at once."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.ui = Ui_Settings()
        self.ui.setupUi(self)
        self.team = TeamForm(self.ui, desk)
        self.backups = BackupCard(self.ui, desk, self)
        self._may_configure = may(desk.workspace.actor, Right.CONFIGURE)
        self._fill_choices()
        self._connect()
        self.ui.findings.hide()
        self.ui.version.setText(self._about())
        self.team.set_editable(self._may_configure)
        hand_on(self, lambda: self.ui.naam)

    def entered(self) -> None:
        """Show what is stored, unless something is being typed."""
        workspace, tasks = self.desk.workspace, self.desk.tasks
        if not self.team.is_changed:
            tasks.ask(lambda: workspace.team.get(workspace.actor), self._show_team)
        tasks.run(workspace.keys.keyring_state, self._show_keyring)
        tasks.ask(lambda: workspace.access.to_review(workspace.actor), self._show_emergencies)
        tasks.ask(lambda: workspace.requests.open_requests(workspace.actor), self._show_requests)
        self.backups.refresh()

    def keep_draft(self) -> None:
        self.team.keep_draft()

    def open_entity(self, entity: str, tab: str) -> None:
        place = self.findChild(QWidget, entity)
        if place is not None:
            enter(place)

    def _show_emergencies(self, waiting: Sequence[Emergency]) -> None:
        count = self.tr("{n} keer noodtoegang wacht op een oordeel.").format(n=len(waiting))
        nothing = self.tr("Wie een casus opende die niet was toegewezen, en waarom. Er wacht niets op een oordeel.")
        self.ui.emergency_hint.setText(count if waiting else nothing)

    def _show_requests(self, waiting: Sequence[tuple[str, Request, Deadline]]) -> None:
        first = self.tr("Verzoeken die wachten: {n}. Het eerste uiterlijk op {day}.")
        nothing = self.tr("Inzage, rectificatie, eigen verklaring en vernietiging. Er wacht geen verzoek.")
        told = first.format(n=len(waiting), day=short_date(waiting[0][2].due)) if waiting else nothing
        self.ui.request_hint.setText(told)

    def _on_requests(self) -> None:
        dialog = RequestsDialog(self.desk, parent=self.window())
        dialog.finished.connect(self.entered)
        dialog.open()

    def _on_emergencies(self) -> None:
        dialog = EmergenciesDialog(self.desk, self.window())
        dialog.finished.connect(self.entered)
        dialog.open()

    def _connect(self) -> None:
        ui = self.ui
        ui.save_team.clicked.connect(self._on_save_team)
        ui.address_card.setVisible(may(self.desk.workspace.actor, Right.READ_POOL))
        ui.addresses.clicked.connect(self._on_addresses)
        ui.concept_card.setVisible(may(self.desk.workspace.actor, Right.EDIT_CONCEPTS))
        ui.concepts.clicked.connect(self._on_concepts)
        ui.weights.clicked.connect(self._on_weights)
        ui.sharing_card.setVisible(may(self.desk.workspace.actor, Right.SYNC))
        ui.sharing.clicked.connect(self._on_sharing)
        ui.emergency_card.setVisible(may(self.desk.workspace.actor, Right.REVIEW_ACCESS))
        ui.emergencies.clicked.connect(self._on_emergencies)
        ui.request_card.setVisible(may(self.desk.workspace.actor, Right.HANDLE_REQUEST))
        ui.requests.clicked.connect(self._on_requests)
        ui.choose_logo.clicked.connect(self._on_choose_logo)
        ui.team_texts.clicked.connect(self._on_team_texts)
        ui.change_passphrase.clicked.connect(self._on_change_passphrase)
        ui.new_code.clicked.connect(self._on_new_code)
        ui.theme.activated.connect(self._on_look_chosen)
        ui.size.activated.connect(self._on_look_chosen)
        ui.check.clicked.connect(self._on_check)
        ui.licences.clicked.connect(lambda: LicencesDialog(self).exec())

    def _fill_choices(self) -> None:
        preferences = Preferences()
        themes = {
            theme.FOLLOW: self.tr("Zoals Windows"),
            "light": self.tr("Licht"),
            "dark": self.tr("Donker"),
            "contrast": self.tr("Hoog contrast"),
        }
        sizes = {"normaal": self.tr("Normaal"), "groter": self.tr("Groter"), "grootst": self.tr("Grootst")}
        for box, names, chosen in (
            (self.ui.theme, themes, preferences.theme),
            (self.ui.size, sizes, preferences.size),
        ):
            for key, name in names.items():
                box.addItem(name, key)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def _about(self) -> str:
        actor = self.desk.workspace.actor
        return self.tr(
            "Versie {version}. U werkt als {name}, {role}. Dit programma is vrije software onder de EUPL 1.2."
        ).format(version=__version__, name=actor.name, role=actor.role.value)

    def _show_team(self, team: Team) -> None:
        self.team.show(team)
        workspace = self.desk.workspace
        self.desk.tasks.ask(lambda: workspace.team.logo(workspace.actor), self._show_logo)

    def _show_logo(self, picture: bytes | None) -> None:
        shown = QPixmap()
        if picture and shown.loadFromData(picture):
            smooth = Qt.TransformationMode.SmoothTransformation
            self.ui.logo.setPixmap(shown.scaledToHeight(_LOGO_HEIGHT, smooth))
        else:
            self.ui.logo.setText(self.tr("Nog geen logo"))

    def _show_keyring(self, state: KeyringState) -> None:
        self.ui.keyring.setText(
            self.tr("Uw wachtwoord werkt samen met de sleutelbos van deze computer ({name}).").format(
                name=state.backend
            )
            if state.usable
            else state.reason
        )

    def _on_save_team(self) -> None:
        self.team.save(lambda: self.desk.messages.inform(self.tr("De gegevens van het team zijn opgeslagen.")))

    def _on_addresses(self) -> None:
        self.desk.navigator.open_addresses()

    def _on_concepts(self) -> None:
        self.desk.navigator.open_concepts()

    def _on_weights(self) -> None:
        WeightsDialog(self.desk, self.window()).open()

    def _on_sharing(self) -> None:
        self.desk.navigator.open_sharing()

    def _on_team_texts(self) -> None:
        from bren_desktop.gui.dialogs.team_texts import TeamTextsDialog

        TeamTextsDialog(self.desk, self.window()).open()

    def _on_choose_logo(self) -> None:
        kinds = self.tr("Afbeeldingen (*.png *.jpg *.jpeg)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Logo kiezen"), "", kinds)
        if path:
            self.take_logo(Path(path))

    def take_logo(self, path: Path) -> None:
        """Make the picture at `path` the logo of the team."""
        workspace, tasks = self.desk.workspace, self.desk.tasks

        def keep(picture: bytes) -> None:
            tasks.do(lambda: workspace.team.set_logo(workspace.actor, picture), lambda _: self._show_logo(picture))

        tasks.run(lambda: _picture(path), keep)

    def _on_change_passphrase(self) -> None:
        dialog = ChangePassphraseDialog(self.desk.workspace.keys, self.desk.tasks, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.desk.messages.inform(self.tr("Uw wachtwoord is gewijzigd."))

    def _on_new_code(self) -> None:
        dialog = NewRecoveryCodeDialog(self.desk.workspace.keys, self.desk.tasks, self)
        dialog.made.connect(self._on_code_made)
        dialog.exec()

    def _on_code_made(self, code: str, keyring: KeyringState) -> None:
        RecoveryCodeDialog(code, keyring, self).exec()
        self.desk.messages.inform(self.tr("De nieuwe herstelcode geldt vanaf nu."))

    def _on_look_chosen(self) -> None:
        choice, size = str(self.ui.theme.currentData()), str(self.ui.size.currentData())
        Preferences().keep_look(choice, size)
        look = theme.look()
        if look is not None:
            look.choose(choice, size)

    def _on_check(self) -> None:
        store = self.desk.workspace.context.store
        self.ui.check.setEnabled(False)
        self.ui.findings.setText(self.tr("Het gegevensbestand wordt gecontroleerd…"))
        self.ui.findings.show()
        self.desk.tasks.run(store.integrity, self._show_findings, lambda error: self._show_findings([str(error)]))

    def _show_findings(self, problems: Sequence[str]) -> None:
        self.ui.check.setEnabled(True)
        self.ui.findings.setText("\n".join(problems) or self.tr("Alles is in orde. Er zijn geen fouten gevonden."))


def _picture(path: Path) -> bytes:
    return read_chosen(path, _LARGEST_FILE, "Het logo kan niet worden gelezen. Kies een ander bestand.")
