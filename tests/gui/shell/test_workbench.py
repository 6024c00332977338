"""The rail, the shortcuts, the pages: reachable by keyboard, named for screen readers, and nothing clipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs.first_start import FirstStartPanel
from bren_desktop.gui.dialogs.help import HelpDialog
from bren_desktop.gui.dialogs.recovery import RecoveryPanel
from bren_desktop.gui.dialogs.unlock import UnlockPanel
from bren_desktop.gui.main_window import MainWindow
from bren_desktop.gui.pages import registry
from bren_desktop.gui.theme import Look
from bren_desktop.gui.widgets.shade import Shade
from bren_desktop.gui.workbench import Workbench

CTRL = Qt.KeyboardModifier.ControlModifier
OURS = (registry.WORKLIST, registry.DOCUMENTS, registry.SETTINGS)


@pytest.mark.parametrize("number", [1, 4, 5])
def test_a_page_is_one_shortcut_away(bench: Workbench, number: int) -> None:
    QTest.keyClick(bench, Qt.Key(Qt.Key.Key_0.value + number), CTRL)
    name = list(bench.specs)[number - 1]
    assert bench.here().page == name
    assert bench.rail[name].isChecked()
    assert bench.ui.page_title.text() == bench.specs[name].title


def test_a_page_is_made_at_its_first_visit_only(bench: Workbench) -> None:
    assert set(bench.pages) == {registry.WORKLIST}
    first = bench.show_page(registry.SETTINGS)
    bench.show_page(registry.WORKLIST)
    assert bench.show_page(registry.SETTINGS) is first


@pytest.mark.parametrize("page", OURS)
def test_every_control_has_a_name(bench: Workbench, page: str, assert_accessible: Callable[[QWidget], None]) -> None:
    bench.show_page(page)
    bench.desk.tasks.drain()
    assert_accessible(bench)


def test_it_sees_no_cases_that_may_not_read_them() -> None:
    leader = Actor("p", "Piet", Role.PROJECTLEIDER, "HGL", "JZ24")
    assert [spec.name for spec in registry.specs(leader)] == ["werkvoorraad", "pareltjes", "beheer"]
    helper = Actor("p", "Piet", Role.IT, "HGL", "JZ24")
    assert [spec.name for spec in registry.specs(helper)] == ["werkvoorraad", "beheer"]


def test_ctrl_n_asks_for_the_intake(bench: Workbench, qtbot: QtBot) -> None:
    bench.show_page(registry.SETTINGS)
    with qtbot.waitSignal(bench.desk.navigator.intake_wanted) as asked:
        QTest.keyClick(bench, Qt.Key.Key_N, CTRL)
    assert asked.args == [""]


def test_f1_explains_the_page_in_front(bench: Workbench) -> None:
    titles: list[str] = []

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, HelpDialog)
        titles.extend(label.text() for label in dialog.findChildren(QLabel))
        dialog.reject()

    QTimer.singleShot(0, close)
    QTest.keyClick(bench, Qt.Key.Key_F1)
    assert titles[0] == "Werkvoorraad"
    assert any("Vergrendelen" in title for title in titles)


@pytest.mark.parametrize("page", ["werkvoorraad", "casussen", "pareltjes", "documenten", "beheer"])
def test_every_page_has_a_help_text(page: str) -> None:
    from bren_desktop.gui.dialogs import help as help_dialog

    assert len(help_dialog._text(page)) > 100


class Stretched(QTranslator):
    """Makes every text 40 percent longer, as another wording or language may be."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return source + " zo" * max(1, round(len(source) * 0.4 / 3))


@pytest.fixture
def stretched(qapp: QApplication, look: Look) -> Iterator[None]:
    translator = Stretched(qapp)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def _clipped(root: QWidget) -> list[str]:
    """The labels and buttons that show less than they say."""
    return [
        f"{widget.objectName()}: {widget.text()}"
        for widget in root.findChildren(QWidget)
        if isinstance(widget, (QAbstractButton, QLabel)) and widget.isVisible() and widget.text() and _too_small(widget)
    ]


def _assert_nothing_clipped(root: QWidget) -> None:
    assert _clipped(root) == []


def _too_small(widget: QAbstractButton | QLabel) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    wanted = widget.minimumSizeHint() if isinstance(widget, QLabel) else widget.sizeHint()
    return widget.width() < wanted.width() or widget.height() < wanted.height()


@pytest.mark.parametrize("page", OURS)
def test_longer_texts_still_fit_a_small_laptop(
    stretched: None, window: MainWindow, bench: Workbench, page: str, qtbot: QtBot
) -> None:
    window.resize(1366, 768)
    bench.show_page(page)
    bench.desk.tasks.drain()
    qtbot.waitUntil(lambda: _assert_nothing_clipped(bench), timeout=2000)


@pytest.mark.parametrize("kind", [FirstStartPanel, RecoveryPanel, UnlockPanel])
def test_longer_texts_still_fit_the_door(stretched: None, kind: Any, new_door: Any, desk: Desk, qtbot: QtBot) -> None:
    panel = kind(new_door, desk.tasks)
    qtbot.addWidget(panel)
    panel.resize(1366, 768)
    panel.show()
    qtbot.waitUntil(lambda: _assert_nothing_clipped(panel), timeout=2000)
    assert panel.minimumSizeHint().height() <= 768


def test_the_window_is_dimmed_while_a_dialog_stands_before_it(window: MainWindow, qtbot: QtBot) -> None:
    shade = window.findChild(Shade)
    assert isinstance(shade, Shade)
    assert not shade.isVisible()
    dialog = QDialog(window)
    dialog.open()
    qtbot.waitUntil(shade.isVisible)
    window.resize(window.width() + 40, window.height())
    assert shade.size() == window.size()
    dialog.reject()
    qtbot.waitUntil(lambda: not shade.isVisible())
