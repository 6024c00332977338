"""Two colleagues, two windows, two profiles, one folder: joining, the same case at once, a share that is away, leaving.

Everything is typed. A colleague's window waits for what is under way, as its user would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.app import LateProfile
from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.gui.dialogs.conflicts import ConflictsDialog
from bren_desktop.gui.dialogs.sharing import SharingDialog
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.messages import Messages
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.preferences import Preferences
from bren_desktop.gui.session import Session
from bren_desktop.gui.workbench import Workbench
from bren_desktop.services.rows import CaseFilter, Page
from bren_desktop.services.versions import Conflict
from bren_desktop.services.workspace import Workspace
from tests.together import Together, founded, joined

D = TypeVar("D", bound=QDialog)
PEOPLE = {"Vera": Role.VOORZITTER, "Bram": Role.SECRETARIS}
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
START = Case(roepnaam="Noor", achternaam="Voorbeeld", hulpvraag="Noor slaapt slecht. Zij gaat niet naar school.")
OURS, THEIRS = "Noor slaapt beter. Zij gaat niet naar school.", "Noor slaapt slecht. Zij gaat soms naar school."


class Colleague:
    """Somebody at a window."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self._qtbot = window, qtbot

    @property
    def session(self) -> Session:
        assert self.window.session is not None
        return self.window.session

    @property
    def bench(self) -> Workbench:
        return self.session.workbench

    @property
    def workspace(self) -> Workspace:
        return self.session.desk.workspace

    @property
    def bar(self) -> str:
        """What the status bar says about the share."""
        return self.bench.ui.share.text()

    def wait(self) -> None:
        """Until nothing is under way, on the share or beside the window."""
        self._qtbot.waitUntil(lambda: not self.session.syncing.thread_of_share.is_busy, timeout=60_000)
        self.session.desk.tasks.drain()

    def sync(self) -> None:
        """F5, and until it is done."""
        self.press(self.bench, Qt.Key.Key_F5)
        self.wait()
        self.wait()

    def press(self, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.turn_to(widget.window())
        QTest.keyClick(widget, key, held)

    def fill_in(self, widget: QWidget, text: str) -> None:
        """Go to a field, select what is in it, and type."""
        self.turn_to(widget.window())
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_A, CTRL)
        QTest.keyClicks(widget, text)

    def turn_to(self, window: QWidget) -> None:
        """Look at a window, as Alt+Tab does."""
        if QApplication.activeWindow() is not window:
            window.windowHandle().requestActivate()
            self._qtbot.waitUntil(lambda: QApplication.activeWindow() is window)

    def samenwerken(self) -> SharingDialog:
        """F6."""
        self.press(self.bench, Qt.Key.Key_F6)
        self.wait()
        return self._dialog(SharingDialog)

    def versions(self) -> ConflictsDialog:
        """F8 on the page of a case."""
        self.press(self._cases.case, Qt.Key.Key_F8)
        self.wait()
        return self._dialog(ConflictsDialog)

    @property
    def _cases(self) -> CasesPage:
        page = self.bench.pages["casussen"]
        assert isinstance(page, CasesPage)
        return page

    def _dialog(self, kind: type[D]) -> D:
        found = [each for each in self.window.findChildren(kind) if each.isVisible()]
        assert len(found) == 1
        return found[0]

    def open_case(self, entity: str, tab: str = "aanmelding") -> CasesPage:
        self.session.desk.navigator.open_case(entity, tab)
        self.wait()
        return self._cases

    def change(self, entity: str, key: str, text: str) -> None:
        """Open a case, type in a field and save it by Ctrl+S."""
        page = self.open_case(entity)
        field = page.case.binding.fields[key]
        self.open_case(entity, next(name for name, tab in page.case.tabs.named.items() if tab.isAncestorOf(field)))
        editor = field.editor
        assert editor is not None
        self.fill_in(editor, text)
        self.press(editor, Qt.Key.Key_S, CTRL)
        self.wait()

    def entity(self) -> str:
        rows = self.workspace.cases.page(self.workspace.actor, CaseFilter(), Page())
        return next(row.entity for row in rows if row.initials == "N. V.")

    def conflicts(self) -> list[Conflict]:
        return list(self.workspace.conflicts.list(self.workspace.actor))

    def hulpvraag(self, entity: str) -> str:
        return self.workspace.cases.open(self.workspace.actor, entity).case.hulpvraag


@pytest.fixture
def sit_at(qtbot: QtBot) -> Iterator[Callable[[Workspace], Colleague]]:
    """Gives somebody a window on their own profile, which is open."""
    windows: list[MainWindow] = []

    def begin(workspace: Workspace) -> Colleague:
        window = MainWindow(LateProfile(Path()), Preferences())
        windows.append(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.open_session(workspace)
        colleague = Colleague(window, qtbot)
        qtbot.waitUntil(lambda: colleague.session.syncing.status is not None)
        colleague.wait()
        return colleague

    yield begin
    for window in windows:
        window.close()
    qtbot.waitUntil(lambda: not any(window.isVisible() for window in windows), timeout=30_000)


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory, no_key_twice: None) -> Together:
    return joined(tmp_path_factory.mktemp("together") / "all", PEOPLE, START)


@pytest.fixture
def share(together: Together) -> Path:
    return together.folder / "share"


@pytest.fixture
def pair(sit_at: Callable[[Workspace], Colleague], together: Together) -> tuple[Colleague, Colleague]:
    """Vera, who began a network and has a case, and Bram, who joined her team."""
    together.put_back()
    return sit_at(together.workspace("Vera")), sit_at(together.workspace("Bram"))


def begin_network(who: Colleague, folder: Path) -> None:
    dialog = who.samenwerken()
    ui = dialog.ui
    who.fill_in(ui.folder, str(folder))
    who.fill_in(ui.network, "BREN Zuidwest")
    who.press(ui.make_recovery, Qt.Key.Key_Space)
    who.press(ui.create, Qt.Key.Key_Space)
    who.wait()
    who.wait()
    assert ui.create_error.text() == ""
    assert ui.stack.currentWidget() is ui.member_page
    who.press(dialog, Qt.Key.Key_Escape)


def invite(who: Colleague, path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make an invite; its code as it is read out over the phone."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog = who.samenwerken()
    dialog.ui.tabs.setCurrentWidget(dialog.ui.invite_tab)
    who.press(dialog.ui.make_invite, Qt.Key.Key_Space)
    who.wait()
    code = dialog.ui.new_code.text()
    assert code
    who.press(dialog, Qt.Key.Key_Escape)
    return code


def join(who: Colleague, path: Path, code: str) -> tuple[str, ...]:
    """Ask to join; the words on the screen."""
    dialog = who.samenwerken()
    who.fill_in(dialog.ui.invite_file, str(path))
    who.fill_in(dialog.ui.code, code)
    who.press(dialog.ui.join, Qt.Key.Key_Space)
    who.wait()
    assert dialog.ui.join_error.text() == ""
    words = dialog.ui.words.words()
    assert len(words) == 6
    who.press(dialog, Qt.Key.Key_Escape)
    return words


def let_in(who: Colleague, words: tuple[str, ...]) -> None:
    """Compare the words, and let somebody in."""
    who.sync()
    dialog = who.samenwerken()
    who.wait()
    dialog.ui.tabs.setCurrentWidget(dialog.ui.requests_tab)
    assert dialog.ui.request_words.words() == words, "both see the same words"
    who.press(dialog.ui.same_words, Qt.Key.Key_Space)
    who.press(dialog.ui.approve, Qt.Key.Key_Space)
    who.wait()
    assert dialog.ui.request_error.text() == ""
    who.press(dialog, Qt.Key.Key_Escape)


def test_a_colleague_joins_and_has_the_cases(
    sit_at: Callable[[Workspace], Colleague], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vera, bram = (sit_at(founded(tmp_path / name, name, role)) for name, role in PEOPLE.items())
    vera.workspace.cases.record(vera.workspace.actor, START)
    (tmp_path / "share").mkdir()
    begin_network(vera, tmp_path / "share")
    code = invite(vera, tmp_path / "uitnodiging.bren", monkeypatch)
    words = join(bram, tmp_path / "uitnodiging.bren", code)
    let_in(vera, words)
    bram.sync()
    assert bram.workspace.actor.device != vera.workspace.actor.device
    assert bram.entity() == vera.entity()
    assert bram.hulpvraag(bram.entity()) == START.hulpvraag
    vera.sync()
    assert vera.bar == "Ontvangen door 1 collega"


def test_both_edit_one_case_and_one_of_them_settles_it(pair: tuple[Colleague, Colleague]) -> None:
    vera, bram = pair
    entity = vera.entity()
    vera.change(entity, "hulpvraag", OURS)
    bram.change(entity, "hulpvraag", THEIRS)
    for who in (vera, bram, vera):
        who.sync()
    for who in (vera, bram):
        assert [conflict.field for conflict in who.conflicts()] == ["hulpvraag"]
        assert who.open_case(entity).case.binding.fields["hulpvraag"].badge() == "2 versies"
        assert who.bench.ui.versions_state.text() == "Versies kiezen: 1"
    assert vera.conflicts()[0].versions == bram.conflicts()[0].versions, "the same numbers on both laptops"
    dialog = bram.versions()
    bram.press(dialog.ui.use_proposal, Qt.Key.Key_Space)
    bram.press(dialog, Qt.Key.Key_Return, CTRL)
    bram.wait()
    for who in (bram, vera):
        who.sync()
    for who in (vera, bram):
        assert who.conflicts() == []
        assert who.hulpvraag(entity) == "Noor slaapt beter. Zij gaat soms naar school."
        assert who.open_case(entity).case.binding.fields["hulpvraag"].badge() == ""
        assert who.bench.ui.versions_state.isHidden()


def test_settled_elsewhere_while_somebody_types_in_the_conflict_screen(pair: tuple[Colleague, Colleague]) -> None:
    vera, bram = pair
    entity = vera.entity()
    vera.change(entity, "hulpvraag", OURS)
    bram.change(entity, "hulpvraag", THEIRS)
    for who in (vera, bram, vera):
        who.sync()
    vera.open_case(entity)
    dialog = vera.versions()
    vera.press(dialog, Qt.Key.Key_1, ALT)
    assert dialog.pane.field is not None
    editor = dialog.pane.field.editor
    assert editor is not None
    QTest.keyClicks(editor, "Van mij. ")
    bram.open_case(entity)
    other = bram.versions()
    bram.press(other, Qt.Key.Key_2, ALT)
    bram.press(other, Qt.Key.Key_Return, CTRL)
    bram.wait()
    bram.sync()
    vera.session.syncing.run()
    vera.wait()
    vera.wait()
    assert dialog.ui.news.isVisible()
    assert [place.raw.startswith("Van mij. ") for place in dialog.places] == [True]
    vera.press(dialog, Qt.Key.Key_Escape)


def test_the_share_unplugged_and_back(pair: tuple[Colleague, Colleague], share: Path) -> None:
    vera, bram = pair
    entity = vera.entity()
    away = share.rename(share.with_name("away"))
    vera.change(entity, "wensen", "Dicht bij huis.")
    vera.sync()
    assert vera.bar.startswith("Share nu niet bereikbaar · ")
    assert "U kunt gewoon doorwerken" in vera.bench.ui.share.accessibleDescription()
    assert not vera.bench.ui.notice.isVisible()
    away.rename(share)
    vera.sync()
    bram.sync()
    assert bram.workspace.cases.open(bram.workspace.actor, entity).case.wensen == "Dicht bij huis."


def test_one_is_revoked(pair: tuple[Colleague, Colleague], monkeypatch: pytest.MonkeyPatch) -> None:
    vera, bram = pair
    entity = vera.entity()
    monkeypatch.setattr(Messages, "confirm", lambda *_: True)
    bram.sync()
    vera.sync()
    dialog = vera.samenwerken()
    vera.wait()
    dialog.ui.tabs.setCurrentWidget(dialog.ui.laptops_tab)
    table = dialog.ui.laptops
    row = next(n for n in range(dialog.laptops.model.rowCount()) if dialog.laptops.model.index(n, 0).data() == "Bram")
    table.setCurrentIndex(dialog.laptops.model.index(row, 0))
    vera.press(dialog.ui.revoke, Qt.Key.Key_Space)
    vera.wait()
    vera.wait()
    assert dialog.ui.laptops_error.text() == ""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            window.reject()
    vera.sync()
    bram.sync()
    assert bram.bar == "Deze laptop doet niet meer mee"
    vera.change(entity, "wensen", "Na het vertrek.")
    vera.sync()
    bram.session.syncing.look()
    bram.wait()
    assert bram.workspace.cases.open(bram.workspace.actor, entity).case.wensen == ""
