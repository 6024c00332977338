"""The main job by keyboard alone: from Ctrl+N to the letter that can go out, read back from its PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.letter_texts import Texts
from bren_desktop.domain.papers.consultation import CONSULTATION
from bren_desktop.domain.records import FiledDocument
from bren_desktop.gui.dialogs.letter import LetterDialog
from bren_desktop.gui.pages.cases import CasesPage
from bren_desktop.gui.workbench import Workbench
from bren_desktop.services.workspace import Workspace

MOST_KEYS, MOST_SCREENS = 150, 4
QUESTION = "Welke behandeling past bij eten en autisme samen, en wie kan die geven?"


class Typist(Protocol):
    """What `conftest.py` gives: types into whatever has the focus, and counts."""

    counted: int

    @property
    def bench(self) -> Workbench: ...
    @property
    def workspace(self) -> Workspace: ...
    def press(self, key: Qt.Key) -> None: ...
    def ctrl(self, key: Qt.Key) -> None: ...
    def tab(self, times: int = 1) -> None: ...
    def pick(self, letters: str) -> None: ...
    def add(self, letters: str) -> None: ...
    def letters(self, text: str) -> None: ...
    def free(self, text: str) -> None: ...
    def wait(self) -> None: ...


SitDown = Callable[[Role], Typist]


def _first_screen(typist: Typist) -> None:
    """Aanmelding and verwijzer; date and region are there already."""
    typist.ctrl(Qt.Key.Key_N)
    typist.wait()
    typist.tab(2)
    typist.pick("zoe")
    typist.tab()
    typist.pick("gi")
    typist.free("Mw. Verzonnen")
    typist.tab()
    typist.free("Jeugdbescherming Fictief")
    typist.tab()
    typist.free("070 000 00 00")
    typist.ctrl(Qt.Key.Key_PageDown)


def _second_screen(typist: Typist) -> None:
    """The young person and who has authority."""
    typist.free("Noor")
    typist.tab(2)
    typist.free("Bedenksel")
    typist.tab()
    typist.letters("4-3-2011")
    typist.tab(2)
    typist.pick("me")
    typist.pick("be")
    typist.tab()
    typist.pick("ple")
    typist.ctrl(Qt.Key.Key_PageDown)


def _third_screen(typist: Typist) -> None:
    """The question, where it is stuck, urgency and consent."""
    typist.free("Noor eet bijna niet en gaat niet naar school. Wie denkt mee over eten en autisme?")
    typist.tab()
    typist.add("wacht")
    typist.pick("hyp")
    typist.tab()
    typist.add("ass")
    typist.pick("ond")
    typist.pick("klein")
    typist.pick("jgg")
    typist.pick("sp")
    typist.pick("geano")
    typist.free("Zij is sinds de zomer acht kilo afgevallen.")
    typist.ctrl(Qt.Key.Key_PageDown)


def _fourth_screen(typist: Typist) -> None:
    """What the young person and the parents say, the JIM, what was tried; and save."""
    typist.pick("vo")
    typist.free("Ik wil niet weer ergens anders heen.")
    typist.tab()
    typist.pick("ta")
    typist.free("Wij willen dat iemand naar ons luistert.")
    typist.tab()
    typist.pick("ja")
    typist.free("Tante An")
    typist.tab()
    typist.free("tante")
    typist.tab()
    typist.free("Ambulante hulp en een dagbehandeling; beide zijn gestopt.")
    typist.tab()
    typist.free("Geen aanbieder in de regio behandelt eten en autisme samen.")
    typist.ctrl(Qt.Key.Key_Return)
    typist.wait()


def _record(typist: Typist) -> CasesPage:
    """The whole intake; the program then shows who fits."""
    for screen in (_first_screen, _second_screen, _third_screen, _fourth_screen):
        screen(typist)
    page = typist.bench.page
    assert isinstance(page, CasesPage)
    assert page.intake.ui.screens.count() == MOST_SCREENS
    typist.wait()
    return page


def _open_letter(typist: Typist, qtbot: QtBot) -> LetterDialog:
    """Enter on the expert who fits best."""
    typist.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), LetterDialog))
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, LetterDialog)
    typist.wait()
    return dialog


def _fill_letter(typist: Typist) -> None:
    """What only a person can say: how, how many hours, by when, and the question."""
    typist.pick("tel")
    typist.letters("4")
    typist.tab()
    typist.free("binnen twee weken")
    typist.tab(2)
    typist.free(QUESTION)


def _filed(typist: Typist) -> tuple[FiledDocument, str]:
    """The document that was filed last, and the text of its PDF."""
    workspace = typist.workspace
    ((entity, document),) = workspace.dossier.recent_documents(workspace.actor, 1)
    pages = PdfReader(io.BytesIO(workspace.letters.pdf(workspace.actor, entity))).pages
    assert len(pages) <= 2
    return document, " ".join(" ".join(page.extract_text() for page in pages).split())


def _assert_complete(text: str, document: FiledDocument) -> None:
    """Every mandatory block by its name, the address and the reference by what they hold."""
    for name in CONSULTATION.mandatory:
        assert Texts(CONSULTATION.key).headings[name] in text, name
    assert "2500 AA DEN HAAG" in text
    assert f"kenmerk {document.kenmerk}" in text
    assert QUESTION in text
    assert "Bedenksel" not in text, "the letter is pseudonymised"


@pytest.mark.parametrize("role", [Role.VOORZITTER, Role.PLAATSVERVANGER])
def test_from_a_new_case_to_a_released_letter_by_keyboard(role: Role, sit_down: SitDown, qtbot: QtBot) -> None:
    typist = sit_down(role)
    page = _record(typist)
    in_intake = typist.counted
    case = page.case.binding.parse()
    assert case is not None
    assert (case.roepnaam, case.achternaam, case.gemeente) == ("Noor", "Bedenksel", "Zoetermeer")
    assert case.status == "ST-AAN", "nothing was missing"
    dialog = _open_letter(typist, qtbot)
    _fill_letter(typist)
    typist.ctrl(Qt.Key.Key_Return)
    typist.wait()
    document, text = _filed(typist)
    assert document.vrijgegeven_door == "Ada Verzonnen"
    _assert_complete(text, document)
    assert in_intake <= typist.counted <= MOST_KEYS
    dialog.close()


def test_a_secretaris_releases_where_the_team_lets_her(sit_down: SitDown, qtbot: QtBot) -> None:
    typist = sit_down(Role.SECRETARIS)
    team = typist.workspace.team
    actor = replace(typist.workspace.actor, role=Role.VOORZITTER)
    team.save(actor, team.get(actor).model_copy(update={"secretaris_geeft_vrij": True}))
    _record(typist)
    dialog = _open_letter(typist, qtbot)
    _fill_letter(typist)
    typist.ctrl(Qt.Key.Key_Return)
    typist.wait()
    document, text = _filed(typist)
    assert document.vrijgegeven_door == "Ada Verzonnen"
    _assert_complete(text, document)
    dialog.close()


def test_a_secretaris_otherwise_makes_a_concept_and_reads_why(sit_down: SitDown, qtbot: QtBot) -> None:
    typist = sit_down(Role.SECRETARIS)
    _record(typist)
    dialog = _open_letter(typist, qtbot)
    assert not dialog.ui.release.isVisible()
    assert "secretaris" in dialog.ui.release_note.text()
    assert "voorzitter of plaatsvervanger geeft hem vrij" in dialog.ui.release_note.text()
    _fill_letter(typist)
    typist.ctrl(Qt.Key.Key_Return)
    typist.wait()
    document, text = _filed(typist)
    assert document.vrijgegeven_door == ""
    assert "CONCEPT" in text
    dialog.close()
