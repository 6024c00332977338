"""Documents of all cases: an empty page offers a first step, a filed one is there with its state."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.records import FiledDocument
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.pages.documents import DocumentsPage
from bren_desktop.services.context import author
from bren_desktop.services.rows import CaseFilter, Page
from bren_desktop.services.workspace import Workspace


@pytest.fixture
def case(workspace: Workspace) -> str:
    return workspace.cases.page(workspace.actor, CaseFilter(), Page(limit=1))[0].entity


@pytest.fixture
def filed(workspace: Workspace, case: str) -> None:
    store = workspace.context.store
    documents = [
        FiledDocument(casus=case, soort="consultatievraag", kenmerk="BREN-HGL-2026-AA0001-1", gemaakt_door="Vera"),
        FiledDocument(casus=case, soort="casuskaart", kenmerk="BREN-HGL-2026-AA0001-2", vrijgegeven_door="Vera"),
    ]
    for document in documents:
        with store.write(author(workspace.actor)) as writer:
            writer.write(Kind.DOCUMENT, store.new_entity(), flatten(document))


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> DocumentsPage:
    page = DocumentsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.entered()
    desk.tasks.drain()
    return page


def test_an_empty_page_offers_the_first_step(page: DocumentsPage, desk: Desk, qtbot: QtBot) -> None:
    assert page.ui.empty.isVisible()
    with qtbot.waitSignal(desk.navigator.page_wanted) as asked:
        QTest.keyClick(page.ui.first_step, Qt.Key.Key_Space)
    assert asked.args == ["casussen"]


def test_documents_are_listed_with_their_state(filed: None, page: DocumentsPage) -> None:
    rows = [[page.model.index(row, column).data() for column in range(4)] for row in range(page.model.total())]
    assert {row[1] for row in rows} == {"BREN-HGL-2026-AA0001-1", "BREN-HGL-2026-AA0001-2"}
    assert {row[3] for row in rows} == {"concept", "vrijgegeven"}


def test_the_case_of_a_document_is_one_step_away(
    filed: None, page: DocumentsPage, case: str, desk: Desk, qtbot: QtBot
) -> None:
    page.ui.table.mark_first()
    with qtbot.waitSignal(desk.navigator.case_wanted) as asked:
        QTest.keyClick(page.ui.open_case, Qt.Key.Key_Space)
    assert asked.args == [case, "documenten"]
