"""The door, the first page, documents, settings, the search box and what lies over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from bren_desktop.app import LateProfile
from bren_desktop.domain.actors import Actor
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.keyring_state import KeyringState
from bren_desktop.domain.records import Organisation, Person
from bren_desktop.errors import WrongPassphraseError
from bren_desktop.gui.dialogs.address import OrganisationDialog, PersonDialog
from bren_desktop.gui.dialogs.address_book import AddressBookDialog
from bren_desktop.gui.dialogs.change_passphrase import ChangePassphraseDialog
from bren_desktop.gui.dialogs.first_start import FirstStartPanel
from bren_desktop.gui.dialogs.help import HelpDialog
from bren_desktop.gui.dialogs.licences import LicencesDialog
from bren_desktop.gui.dialogs.recovery import RecoveryPanel
from bren_desktop.gui.dialogs.recovery_code import RecoveryCodePanel
from bren_desktop.gui.dialogs.restore import RestorePanel
from bren_desktop.gui.dialogs.unlock import UnlockPanel
from bren_desktop.gui.pages import registry
from bren_desktop.gui.pages.settings import SettingsPage
from bren_desktop.gui.veil import Veil
from bren_desktop.gui.widgets.search_box import RESTS_MS
from bren_desktop.services.addresses import Address, Addresses
from tests.screenshots.stage import Stage

CODE = "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH-JJJJ"


def _over(stage: Stage, panel: QWidget) -> QPixmap:
    """A panel of the door in a window of the same size."""
    panel.setParent(stage.window)
    panel.resize(stage.window.size())
    panel.setAutoFillBackground(True)
    panel.show()
    picture = stage.picture(panel)
    panel.setParent(None)
    panel.deleteLater()
    return picture


def scene_first_start(stage: Stage) -> QPixmap:
    panel = FirstStartPanel(LateProfile(stage.spare_folder("new")), stage.desk.tasks)
    panel.ui.name.setText("Vera Voorbeeld")
    panel.ui.passphrase.setText("vier gele")
    return _over(stage, panel)


def scene_first_start_bring_back(stage: Stage) -> QPixmap:
    panel = FirstStartPanel(LateProfile(stage.spare_folder("new")), stage.desk.tasks)
    panel.ui.bring_back.setChecked(True)
    return _over(stage, panel)


def scene_recovery_code(stage: Stage) -> QPixmap:
    return _over(stage, RecoveryCodePanel(CODE, KeyringState(usable=False, backend="", reason="")))


def scene_unlock(stage: Stage) -> QPixmap:
    return _over(stage, UnlockPanel(LateProfile(stage.spare_folder("new")), stage.desk.tasks))


def scene_unlock_wrong(stage: Stage) -> QPixmap:
    panel = UnlockPanel(LateProfile(stage.spare_folder("new")), stage.desk.tasks)
    panel.ui.passphrase.setText("niet goed")
    panel.ui.notice.show()
    panel.ui.problem.setText(str(WrongPassphraseError()))
    panel.ui.caps_lock.show()
    return _over(stage, panel)


def scene_recovery(stage: Stage) -> QPixmap:
    return _over(stage, RecoveryPanel(LateProfile(stage.spare_folder("new")), stage.desk.tasks))


def scene_restore(stage: Stage) -> QPixmap:
    return _over(stage, RestorePanel(LateProfile(stage.spare_folder("new")), stage.desk.tasks))


def scene_restore_in_its_place(stage: Stage) -> QPixmap:
    folder = stage.spare_folder("taken")
    (folder / "store.db").touch()
    panel = RestorePanel(LateProfile(folder), stage.desk.tasks)
    panel.ui.file.setText("E:\\Reservekopie BREN Desktop 2026-11-20.bren")
    panel._on_restore()
    return _over(stage, panel)


def scene_worklist(stage: Stage) -> QPixmap:
    stage.bench.go_to(registry.WORKLIST)
    return stage.picture()


def scene_search(stage: Stage) -> QPixmap:
    return _searched(stage, "n")


def scene_search_meaning(stage: Stage) -> QPixmap:
    """A typing error, hits by what they mean, and a kept filter."""
    stage.bench.go_to(registry.WORKLIST)
    workspace = stage.bench.desk.workspace
    workspace.understanding.catch_up(workspace.actor, 1000)
    workspace.filters.keep(workspace.actor, Kind.CASE, "Schoolverzuim in onze regio", {"urgentie": ["UR-SPOED"]})
    return _searched(stage, "schoolverzium")


def scene_search_narrowed(stage: Stage) -> QPixmap:
    """What was found, narrowed to cases of one year and counted; then a command by its name."""
    stage.bench.go_to(registry.WORKLIST)
    stage.bench.search.focus()
    QTest.keyClicks(stage.bench.ui.search, "school")
    stage.settle()
    stage.bench.search.panel.toggled.emit("soort", Kind.CASE.value)
    stage.bench.search.panel.toggled.emit("jaar", "2026")
    stage.settle()
    QTest.keyClick(stage.bench.ui.search, Qt.Key.Key_Tab)
    picture = stage.picture()
    stage.bench.ui.search.clear()
    stage.bench.search.close()
    return picture


def scene_search_command(stage: Stage) -> QPixmap:
    return _searched(stage, "nieuwe casus")


def scene_search_discussion(stage: Stage) -> QPixmap:
    return _searched(stage, "bespreking")


def _searched(stage: Stage, text: str) -> QPixmap:
    """What is shown of `text`, with all counts."""
    stage.bench.go_to(registry.WORKLIST)
    stage.bench.search.focus()
    QTest.keyClicks(stage.bench.ui.search, text)
    stage.settle()
    QTest.qWait(2 * RESTS_MS)
    picture = stage.picture()
    stage.bench.ui.search.clear()
    stage.bench.search.close()
    return picture


def scene_messages(stage: Stage) -> QPixmap:
    stage.bench.go_to(registry.WORKLIST)
    stage.desk.messages.fail(WrongPassphraseError())
    stage.desk.messages.undoable("De casus is opgeslagen.", lambda: None)
    picture = stage.picture()
    stage.bench.notices.clear()
    return picture


def scene_documents(stage: Stage) -> QPixmap:
    stage.bench.go_to(registry.DOCUMENTS)
    return stage.picture()


def scene_settings(stage: Stage) -> QPixmap:
    stage.bench.go_to(registry.SETTINGS)
    return stage.picture()


def scene_settings_backup(stage: Stage) -> QPixmap:
    page = stage.bench.show_page(registry.SETTINGS)
    if not isinstance(page, SettingsPage):
        raise LookupError("no settings")
    page.backups.make(stage.spare_folder("stick") / "Reservekopie BREN Desktop 2026-11-22.bren")
    stage.settle()
    page.ui.scroll.ensureWidgetVisible(page.ui.backup_card)
    return stage.picture()


def scene_help(stage: Stage) -> QPixmap:
    stage.bench.go_to(registry.CASES)
    dialog = HelpDialog(registry.CASES, "Casussen", stage.bench.commands, stage.window)
    dialog.open()
    picture = stage.picture()
    dialog.reject()
    return picture


def scene_change_passphrase(stage: Stage) -> QPixmap:
    stage.bench.go_to(registry.SETTINGS)
    dialog = ChangePassphraseDialog(stage.workspace.keys, stage.desk.tasks, stage.window)
    dialog.open()
    picture = stage.picture()
    dialog.reject()
    return picture


def scene_licences(stage: Stage) -> QPixmap:
    stage.bench.go_to(registry.SETTINGS)
    dialog = LicencesDialog(stage.window)
    dialog.open()
    picture = stage.picture()
    dialog.reject()
    return picture


def scene_veil(stage: Stage) -> QPixmap:
    stage.bench.go_to(registry.WORKLIST)
    veil = Veil(stage.program.app)
    veil.cover()
    picture = stage.picture()
    veil.lift()
    return picture


def _fill_addresses(stage: Stage) -> None:
    """A few professionals and organisations who do not exist; once is enough."""
    workspace = stage.workspace
    if workspace.addresses.everything(workspace.actor):
        return
    for number, name in enumerate(("A. Verzonnen", "B. Bedacht", "C. Fictief", "D. Denkbeeld", "E. van der Niemand")):
        mail = f"postbus{number}@voorbeeld.test"
        person = Person(naam=name, functie="Gedragswetenschapper", organisatie="Jeugdteam Verzonnen", email=mail)
        workspace.addresses.add(workspace.actor, person.model_copy(update={"telefoon": f"070 555 00 0{number}"}))
    for name, what in (("Jeugdteam Verzonnen", "Wijkteam"), ("Stichting Bedacht", "Jeugdhulpaanbieder")):
        workspace.addresses.add(workspace.actor, Organisation(naam=name, soort=what, regio="JZ24"))


def scene_address_book_empty(stage: Stage) -> QPixmap:
    workspace = replace(stage.workspace, addresses=_NoAddresses(stage.workspace.context))
    return _picture_of(stage, AddressBookDialog(replace(stage.desk, workspace=workspace), "", stage.window))


def scene_address_book(stage: Stage) -> QPixmap:
    _fill_addresses(stage)
    return _picture_of(stage, AddressBookDialog(stage.desk, "", stage.window))


def scene_address_book_nothing_found(stage: Stage) -> QPixmap:
    _fill_addresses(stage)
    dialog = AddressBookDialog(stage.desk, "", stage.window)
    QTest.keyClicks(dialog.ui.wanted, "zzz")
    return _picture_of(stage, dialog)


def scene_address_person(stage: Stage) -> QPixmap:
    _fill_addresses(stage)
    known = stage.workspace.addresses.everything(stage.workspace.actor)
    start = Person(naam="B. Bedacht", functie="Gedragswetenschapper", organisatie="Jeugdteam Verzonnen")
    return _picture_of(stage, PersonDialog(stage.desk, known, "", start, stage.window))


def scene_address_organisation(stage: Stage) -> QPixmap:
    return _picture_of(stage, OrganisationDialog(stage.desk, (), "", Organisation(naam="Wijkteam"), stage.window))


def _picture_of(stage: Stage, dialog: QDialog) -> QPixmap:
    stage.bench.go_to(registry.SETTINGS)
    dialog.open()
    picture = stage.picture()
    dialog.reject()
    return picture


class _NoAddresses(Addresses):
    """An address book before its first entry."""

    def everything(self, actor: Actor) -> Sequence[Address]:
        return ()
