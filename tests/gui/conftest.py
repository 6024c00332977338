"""A real workspace over a real encrypted store with a few fictional cases and pareltjes, and a desk over it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.domain.actors import Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.experts import Expert
from bren_desktop.errors import UserFacingError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.messages import Messages
from bren_desktop.gui.navigator import Navigator
from bren_desktop.gui.tasks import Tasks
from bren_desktop.keystore.vault import KeyVault
from bren_desktop.services.workspace import Workspace
from bren_desktop.wiring import Founder, Profile

D = TypeVar("D", bound=QWidget)
PASSPHRASE = "vier gele fietsen slapen"
CHEAP = Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1)
NAMED = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
)


class FakeMessages(Messages):
    """Notes what was said; answers every question with `answer`."""

    def __init__(self) -> None:
        super().__init__()
        self.informed_with: list[str] = []
        self.warned_with: list[str] = []
        self.failed_with: list[UserFacingError] = []
        self.undo: Callable[[], None] | None = None
        self.asked: list[tuple[str, str]] = []
        self.answer = True

    def inform(self, text: str) -> None:
        self.informed_with.append(text)

    def undoable(self, text: str, undo: Callable[[], None]) -> None:
        self.informed_with.append(text)
        self.undo = undo

    def warn(self, text: str) -> None:
        self.warned_with.append(text)

    def fail(self, error: UserFacingError) -> None:
        self.failed_with.append(error)

    def confirm(self, question: str, verb: str) -> bool:
        self.asked.append((question, verb))
        return self.answer


def _cases() -> list[Case]:
    """Eight young people who do not exist."""
    today = date.today()  # noqa: DTZ011 - the program goes by the date of this computer too
    nearly_18 = date(today.year - 18, today.month, min(today.day, 28)) + timedelta(days=60)
    complete = {
        "datum_aanmelding": today - timedelta(days=20),
        "verwijzer": "VW-GI",
        "verwijzer_naam": "Mw. Verzonnen",
        "hulpvraag": "Welke vorm van verblijf past, en wie kan meedenken?",
        "vastloopredenen": ("VR-1",),
        "toestemming_status": "TS-JA",
        "regio": "JZ24",
        "knelpunten": ("KP-SAM", "KP-OND"),
    }
    return [
        Case(**complete, roepnaam="Noor", achternaam="Voorbeeld", geboortedatum=date(2011, 3, 4), urgentie="UR-SPOED"),
        Case(**complete, roepnaam="Sam", achternaam="Berkenbos", geboortedatum=date(2013, 8, 21), urgentie="UR-CRISIS"),
        Case(**complete, roepnaam="Mila", achternaam="Zonnedauw", geboortedatum=nearly_18),
        Case(**complete, roepnaam="Émile", achternaam="Oost", tussenvoegsel="van der", geboortedatum=date(2015, 1, 9)),
        Case(roepnaam="Jip", achternaam="Kersenpit", geboortedatum=date(2010, 11, 2), hulpvraag="Nog uit te werken"),
        Case(roepnaam="Bo", achternaam="Wilgentak", leeftijd=15, urgentie="UR-REG"),
        Case(**complete, roepnaam="Luna", achternaam="Veldkers", geboortedatum=date(2012, 5, 30)),
        Case(**complete, roepnaam="Finn", achternaam="Duindoorn", geboortedatum=date(2014, 2, 14)),
    ]


def _experts() -> list[Expert]:
    """Five pareltjes who do not exist; one of them was never checked."""
    checked = date.today() - timedelta(days=40)  # noqa: DTZ011 - as above
    names = ("Dr. A. Verzonnen", "Drs. B. Bedacht", "C. Fictief", "Prof. D. Denkbeeld")
    experts = [
        Expert(
            naam=name,
            functie="Kinder- en jeugdpsychiater",
            organisatie="Stichting Verzonnen",
            regio="JZ24",
            expertise=("EX-ASS", "EX-EET"),
            beschikbaarheid="BS-DIRECT",
            profiel="Denkt mee over eetproblematiek, autisme en schooluitval.",
            profiel_gecontroleerd=checked,
        )
        for name in names
    ]
    return [*experts, Expert(naam="E. Ongezien", functie="Orthopedagoog", regio="JZ24", beschikbaarheid="BS-NIET")]


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> None:
    """Keep what the window remembers to the test: Qt looks up the place of settings only once."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))


@pytest.fixture(scope="session")
def filled_profile(tmp_path_factory: pytest.TempPathFactory, no_key_twice: None) -> Path:
    """A profile folder to copy from: making one costs more than copying it."""
    folder = tmp_path_factory.mktemp("filled") / "profile"
    workspace, _ = _profile(folder).found(PASSPHRASE, Founder("Vera Voorzitter", Role.VOORZITTER, "JZ24"))
    workspace.cases.record_all(workspace.actor, _cases())
    workspace.pool.record_all(workspace.actor, _experts())
    workspace.lock()
    return folder


@pytest.fixture
def profile(filled_profile: Path, tmp_path: Path) -> Profile:
    """A locked profile of this test alone; it opens with the fixture `passphrase`."""
    return _profile(shutil.copytree(filled_profile, tmp_path / "profile"))


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE


@pytest.fixture
def workspace(profile: Profile) -> Iterator[Workspace]:
    """The profile, opened by a voorzitter."""
    opened = profile.unlock(PASSPHRASE)
    yield opened
    opened.lock()


@pytest.fixture
def messages(qapp: QApplication) -> FakeMessages:
    return FakeMessages()


@pytest.fixture
def desk(workspace: Workspace, messages: FakeMessages) -> Iterator[Desk]:
    """A desk with real background work: `desk.tasks.drain()` waits for it."""
    tasks = Tasks(messages)
    yield Desk(workspace, tasks, messages, Navigator())
    tasks.close()


@pytest.fixture
def assert_accessible() -> Callable[[QWidget], None]:
    """Checks that a screen reader can name every control of a widget, and that Tab reaches those that take input."""
    return _assert_accessible


def _assert_accessible(widget: QWidget) -> None:
    controls = [control for control in widget.findChildren(QWidget) if isinstance(control, NAMED) and _is_ours(control)]
    assert controls
    unnamed = [f"{type(control).__name__} {control.objectName()!r}" for control in controls if not _name(control)]
    assert not unnamed, f"controls without an accessible name: {unnamed}"
    missed = [_name(control) for control in _not_reached(controls)]
    assert not missed, f"controls to which Tab never comes: {missed}"


def _not_reached(controls: Sequence[QWidget]) -> list[QWidget]:
    """Those that take the keyboard, and do not get it in a whole round of Tab."""
    wanted = [each for each in controls if each.isVisible() and each.isEnabled() and _is_stop(each)]
    if not wanted or not wanted[0].isActiveWindow():
        return []
    wanted[0].setFocus()
    passed: list[QWidget] = []
    while (place := QApplication.focusWidget()) is not None and place not in passed:
        passed.append(place)
        QTest.keyClick(place, Qt.Key.Key_Tab)
    return [each for each in wanted if each not in passed]


def _is_stop(control: QWidget) -> bool:
    """Whether Tab stops there; of buttons of which one is chosen it does so at that one."""
    if isinstance(control, QAbstractButton) and control.autoExclusive() and not control.isChecked():
        return False
    return bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus) and control.focusProxy() is None


def _is_ours(control: QWidget) -> bool:
    """Not a part that Qt makes inside a control of its own, such as the list of a combo box."""
    inner = control.objectName().startswith("qt_") or control.window().windowType() == Qt.WindowType.Popup
    parent = control.parentWidget()
    return not inner and not isinstance(parent, (QComboBox, QAbstractSpinBox, QAbstractItemView))


def _name(control: QWidget) -> str:
    if control.accessibleName():
        return control.accessibleName()
    return control.text() if isinstance(control, QAbstractButton) else ""


def _profile(folder: Path) -> Profile:
    return Profile(folder, KeyVault(folder, work=CHEAP))


class Find(Protocol):
    """Gives the dialog of a kind that has just opened."""

    def __call__(self, kind: type[D]) -> D: ...


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> Find:
    """The dialog that has just opened, with its answers."""

    def find(kind: type[D]) -> D:
        desk.tasks.drain()
        qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), kind))
        found = QApplication.activeWindow()
        assert isinstance(found, kind)
        desk.tasks.drain()
        return found

    return find
