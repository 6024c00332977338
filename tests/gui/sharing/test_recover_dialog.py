"""Nobody can get in any more: with both recovery files a new profile gets its team's cases back, from the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.experts import Expert
from bren_desktop.gui.dialogs.recover_team import RecoverDialog
from bren_desktop.services.rows import CaseFilter

if TYPE_CHECKING:
    from tests.gui.sharing.conftest import Seat, Sit


@pytest.fixture
def lost(sit: Sit, tmp_path: Path) -> Path:
    """The folder of a network of which every laptop is gone, with the two files beside it."""
    share = tmp_path / "oude share"
    share.mkdir()
    founder = sit("Vera Voorzitter", Role.VOORZITTER).workspace
    paths = [tmp_path / f"{name}.bren" for name in ("it", "coordinator")]
    founder.sharing.make_recovery(founder.actor, lambda *halves: [*map(Path.write_bytes, paths, halves)])
    founder.sharing.create(founder.actor, str(share), "BREN Zuidwest")
    founder.cases.record(founder.actor, Case(roepnaam="Noor", hulpvraag="Wie denkt mee?"))
    founder.pool.record(founder.actor, Expert(naam="Dr. Denkbeeld"))
    founder.sharing.cycle(founder.actor)
    return share


@pytest.fixture
def bram(sit: Sit) -> Seat:
    """Who begins anew for the same team."""
    return sit("Bram Nieuw", Role.VOORZITTER)


@pytest.fixture
def dialog(bram: Seat, qtbot: QtBot) -> Iterator[RecoverDialog]:
    shown = RecoverDialog(bram.desk, bram.syncing)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(shown)
    shown.open()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown
    shown.reject()
    bram.rest()


def fill_in(dialog: RecoverDialog, share: Path, it: str = "it", coordinator: str = "coordinator") -> None:
    QTest.keyClicks(dialog.ui.folder, str(share))
    QTest.keyClicks(dialog.ui.it, str(share.parent / f"{it}.bren"))
    QTest.keyClicks(dialog.ui.coordinator, str(share.parent / f"{coordinator}.bren"))
    QTest.keyClick(dialog.ui.recover, Qt.Key.Key_Space)


def test_what_the_team_had_comes_back(lost: Path, bram: Seat, dialog: RecoverDialog, qtbot: QtBot) -> None:
    fill_in(dialog, lost)
    assert not dialog.ui.stop.isHidden()
    assert not dialog.ui.recover.isEnabled()
    bram.rest()
    assert dialog.ui.done_text.text().startswith("Teruggehaald: 1 casussen en 1 pareltjes.")
    with qtbot.waitSignal(bram.desk.navigator.records_changed):
        QTest.keyClick(dialog.ui.close, Qt.Key.Key_Space)
    assert bram.workspace.cases.count(bram.workspace.actor, CaseFilter()) == 1


def test_files_in_the_wrong_place_are_told_apart(lost: Path, bram: Seat, dialog: RecoverDialog) -> None:
    fill_in(dialog, lost, it="coordinator", coordinator="it")
    bram.rest()
    assert "herstelsleutelbestand" in dialog.ui.problem.text()
    assert dialog.ui.form.isEnabled()
    assert dialog.ui.progress.isHidden()


def test_what_is_missing_is_said_before_anything_begins(dialog: RecoverDialog) -> None:
    QTest.keyClick(dialog.ui.recover, Qt.Key.Key_Space)
    assert dialog.ui.problem.text().startswith("Kies de map en de twee bestanden.")
    assert dialog.ui.folder.hasFocus()


def test_a_file_that_cannot_be_read_is_named(lost: Path, bram: Seat, dialog: RecoverDialog) -> None:
    fill_in(dialog, lost, it="weg")
    bram.rest()
    assert dialog.ui.problem.text().startswith("Een herstelbestand kan niet worden gelezen.")


def test_it_can_be_stopped(lost: Path, bram: Seat, dialog: RecoverDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialog._cancel, "clear", dialog._cancel.set)
    fill_in(dialog, lost)
    bram.rest()
    assert "afgebroken" in dialog.ui.problem.text()
    assert bram.workspace.cases.count(bram.workspace.actor, CaseFilter()) == 0


def test_places_are_chosen_in_the_system_dialog(dialog: RecoverDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "S:\\BREN")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("E:\\it.bren", ""))
    QTest.keyClick(dialog.ui.browse_folder, Qt.Key.Key_Space)
    QTest.keyClick(dialog.ui.browse_it, Qt.Key.Key_Space)
    assert (dialog.ui.folder.text(), dialog.ui.it.text()) == ("S:\\BREN", "E:\\it.bren")


def test_every_control_has_a_name(dialog: RecoverDialog, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(dialog)
