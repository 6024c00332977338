"""A case to another team and from one, with the keyboard: the package, its code shown once, and a look first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from bren_desktop.crypto import packages
from bren_desktop.crypto.derive import Argon2Work
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.life import step_to
from bren_desktop.domain.states import State
from bren_desktop.domain.transitions import Transition
from bren_desktop.errors import NoWriteAccessError
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.dialogs import hand_over
from bren_desktop.gui.dialogs.hand_over import HandOverDialog
from bren_desktop.gui.dialogs.take_over import TakeOverDialog
from bren_desktop.gui.pages.case.page import CasePage
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.services.handing_over import Recipient, Sealed
from bren_desktop.services.rows import CaseRow

Find = Callable[[type[Any]], Any]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def cheap_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_WORK", Argon2Work(passes=1, memory_kib=8 * 1024, lanes=1))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user wants the package."""
    made = tmp_path / "op een stick"
    made.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(made))
    return made


@pytest.fixture
def opened(page: CasesPage, desk: Desk, noor: CaseRow) -> CasePage:
    page.open_entity(noor.entity, "aanmelding")
    desk.tasks.drain()
    return page.case


@pytest.fixture
def consented(desk: Desk, noor: CaseRow) -> None:
    givers = ("TG-JEUGD", "TG-OUDER1", "TG-OUDER2")
    today = desk.workspace.context.today()
    consent = Consent(doelen=("TD-E",), gevers=givers, gegeven_op=today, vorm="TV-SCHR")
    desk.workspace.consents.add(desk.workspace.actor, noor.entity, consent)


def started(opened: CasePage, desk: Desk, dialog: Find, team: str = "Expertteam Twente") -> HandOverDialog:
    """The window of the step, with a team and a reason typed."""
    QTest.keyClick(opened, Qt.Key.Key_F4)
    desk.tasks.drain()
    steps = opened.next_step.popup.list
    row = next(row for row in range(steps.count()) if steps.item(row).text().startswith("Overdragen"))
    steps.setCurrentRow(row)
    QTest.keyClick(steps, Qt.Key.Key_Return)
    found: HandOverDialog = dialog(HandOverDialog)
    typed(team)
    found.binding.fields["reden"].setFocus()
    typed("Verhuisd.")
    desk.tasks.drain()
    return found


def typed(text: str) -> None:
    widget: QWidget | None = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


def test_a_case_is_handed_over_and_its_code_shown_once(
    opened: CasePage,
    desk: Desk,
    noor: CaseRow,
    dialog: Find,
    folder: Path,
    consented: None,
    assert_accessible: Callable[[QWidget], None],
) -> None:
    case = desk.workspace.cases.open(desk.workspace.actor, noor.entity).case
    criminal = case.model_copy(update={"strafrechtelijk": "Een taakstraf."})
    desk.workspace.cases.amend(desk.workspace.actor, noor.entity, criminal, ["strafrechtelijk"])
    desk.workspace.attachments.add(desk.workspace.actor, noor.entity, "verslag.txt", b"Een verslag.")
    opened.open(noor.entity, "aanmelding")
    desk.tasks.drain()
    window = started(opened, desk, dialog)
    more = window.more
    assert more.state.text().startswith("Overdragen mag.")
    assert_accessible(window)
    more.files.setFocus()
    QTest.keyClick(more.files, Qt.Key.Key_Space)
    QTest.keyClick(more.criminal, Qt.Key.Key_Space)
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert more.state.text().startswith("Schrijf op waarom")
    assert more.criminal_reason.hasFocus()
    typed("Nodig voor de groep.")
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert opened.ui.nummer.text() == noor.nummer
    assert desk.workspace.cases.open(desk.workspace.actor, noor.entity).case.status == "ST-OVG"
    [file] = folder.iterdir()
    code = more.code.text()
    assert more.code.hasFocus()
    assert file.name in more.code_text.text()
    window.reject()
    taker = replace(desk.workspace.actor, team="TWE", region="JZ14")
    offered = desk.workspace.taking_over.look(taker, file.read_bytes(), code)
    assert offered.attachments == ("verslag.txt",)
    assert offered.package.strafrechtelijk_reden == "Nodig voor de groep."
    desk.tasks.drain()
    opened.next_step.again.trigger()
    again = dialog(HandOverDialog)
    QTest.keyClick(again, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert len([*folder.iterdir()]) == 2
    assert again.more.code.text() not in ("", code)
    again.reject()


def test_without_consent_the_window_says_so_and_to_nobody_known_only_the_step_is_made(
    opened: CasePage, desk: Desk, noor: CaseRow, dialog: Find, folder: Path
) -> None:
    window = started(opened, desk, dialog)
    assert window.more.state.text().startswith("Overdragen mag nu niet.")
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert desk.workspace.cases.open(desk.workspace.actor, noor.entity).case.status == "ST-AAN"
    window.binding.fields["doorgeleid_naar"].setFocus()
    typed("Het wijkteam in Enschede")
    desk.tasks.drain()
    assert "er komt geen bestand" in window.more.state.text()
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert desk.workspace.cases.open(desk.workspace.actor, noor.entity).case.status == "ST-OVG"
    assert not any(folder.iterdir())


def test_a_package_that_could_not_be_written_is_made_again_in_the_same_window(
    opened: CasePage,
    desk: Desk,
    noor: CaseRow,
    dialog: Find,
    folder: Path,
    consented: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise NoWriteAccessError

    window = started(opened, desk, dialog)
    with monkeypatch.context() as full:
        full.setattr(hand_over, "write_file", refuse)
        QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
        desk.tasks.drain()
    assert "staat al op overgedragen" in str(desk.messages.failed_with[-1])  # type: ignore[attr-defined]
    assert window.ui.title.text() == "Bestand opnieuw maken"
    desk.tasks.drain()
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert window.more.code.text()
    assert len([*folder.iterdir()]) == 1
    window.reject()


@pytest.fixture
def sent(desk: Desk, noor: CaseRow, consented: None, folder: Path) -> tuple[Path, Sealed]:
    """The case of Noor in a package for Twente, and this profile as if it were theirs."""
    workspace, step = desk.workspace, step_to(State.REGISTERED, State.TRANSFERRED)
    assert step is not None
    details = Transition(reden="Verhuisd.\nOp grond van: niets")
    sealed = workspace.handing_over.hand_over(workspace.actor, noor.entity, Recipient("TWE"), details)
    path = folder / "overdracht.bren"
    path.write_bytes(sealed.data)
    workspace.actor = replace(workspace.actor, team="TWE", region="JZ14")
    return path, sealed


def test_a_case_is_looked_at_and_then_accepted_as_a_new_one(
    page: CasesPage,
    desk: Desk,
    noor: CaseRow,
    dialog: Find,
    sent: tuple[Path, Sealed],
    monkeypatch: pytest.MonkeyPatch,
    assert_accessible: Callable[[QWidget], None],
) -> None:
    path, sealed = sent
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    action = next(each for each in page.list.exchange.actions() if "aannemen" in each.text())
    action.trigger()
    window: TakeOverDialog = dialog(TakeOverDialog)
    QTest.keyClick(window.ui.code, Qt.Key.Key_Return)
    assert window.ui.problem.text() == "Kies eerst het bestand."
    QTest.keyClick(window.ui.choose, Qt.Key.Key_Space)
    assert window.ui.code.hasFocus()
    typed("0000-0000-0000-0000")
    QTest.keyClick(window.ui.code, Qt.Key.Key_Return)
    desk.tasks.drain()
    assert window.ui.problem.text().startswith("De code past niet")
    typed(sealed.code)
    QTest.keyClick(window.ui.code, Qt.Key.Key_Return)
    desk.tasks.drain()
    assert window.ui.seen_title.text().startswith(f"{noor.nummer} · N. V. · ")
    assert "Reden: Verhuisd. Op grond van: niets" in window.ui.seen.text().splitlines()
    assert "die hierop lijkt" in window.ui.warning.text()
    assert window.ui.accept.hasFocus()
    assert_accessible(window)
    path.write_bytes(b"another file than was looked at")
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    desk.tasks.drain()
    assert page.case.ui.nummer.text().startswith("BREN-TWE-")
    path.write_bytes(sealed.data)
    fresh = TakeOverDialog(desk)
    fresh.show_file(path)
    fresh.ui.code.setText(sealed.code)
    fresh.look()
    desk.tasks.drain()
    assert "al aangenomen" in fresh.ui.warning.text()
    assert not fresh.ui.accept.isEnabled()
    fresh.reject()
