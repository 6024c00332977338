"""The pool page of one desk, on the screen, and a team's own Excel list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from pytestqt.qtbot import QtBot

from bren_desktop.domain.actors import Role
from bren_desktop.domain.experts import Expert
from bren_desktop.gui.desk import Desk
from bren_desktop.gui.pages.pool import PoolPage
from bren_desktop.services.rows import ExpertFilter, ExpertRow, Page

Rows = Sequence[Sequence[str | int]]
TEAM_LIST: Rows = (
    ("Naam deskundige", "Specialisme", "Tel.nr", "Vanaf leeftijd", "Tot leeftijd", "Kleur map"),
    ("Mw. N. Eigen", "eetstoornissen (K-EET)", "06-00000001", 6, 18, "rood"),
    ("Dhr. O. Eigen", "dansen met bijen", "06-00000002", 6, 18, "rood"),
    ("Dhr. P. Eigen", "dansen met bijen", "06-00000003", "vier", 18, "blauw"),
    ("", "eetstoornissen (K-EET)", "06-00000004", 6, 18, "blauw"),
    ("Mw. Q. Eigen", "eetstoornissen (K-EET)", "06-00000005", 18, 6, "blauw"),
)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[PoolPage]:
    """The page as the rail opens it; a wish to open a pareltje is followed as the window does."""
    shown = PoolPage(desk)
    qtbot.addWidget(shown)
    desk.navigator.expert_wanted.connect(lambda entity: shown.open_entity(entity, ""))
    shown.resize(1266, 700)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.entered()
    desk.tasks.drain()
    shown.list.setFocus()
    yield shown
    desk.tasks.drain()
    shown.close()


@pytest.fixture
def rows(desk: Desk) -> Callable[[], list[ExpertRow]]:
    """Every pareltje as it is stored now."""

    def read() -> list[ExpertRow]:
        desk.tasks.drain()
        return list(desk.workspace.pool.page(desk.workspace.actor, ExpertFilter(), Page()))

    return read


@pytest.fixture
def stored(desk: Desk, rows: Callable[[], list[ExpertRow]]) -> Callable[[str], Expert]:
    """The profile of the pareltje with this name as it is stored now."""

    def read(name: str) -> Expert:
        row = next(row for row in rows() if row.naam == name)
        return desk.workspace.pool.open(desk.workspace.actor, row.entity).expert

    return read


@pytest.fixture
def member_desk(desk: Desk) -> Desk:
    """The same desk with a team member before it, who may read only."""
    member = replace(desk.workspace.actor, role=Role.LID)
    return replace(desk, workspace=replace(desk.workspace, actor=member))


@pytest.fixture
def write_list(tmp_path: Path) -> Callable[[Rows], Path]:
    """Writes rows to an Excel file of a team."""

    def write(rows: Rows) -> Path:
        book = Workbook()
        for row in rows:
            book.worksheets[0].append(tuple(row))
        path = tmp_path / "onze deskundigen.xlsx"
        book.save(path)
        return path

    return write


@pytest.fixture
def team_list(write_list: Callable[[Rows], Path]) -> Path:
    """A list with a good row, an unknown word, and three rows that cannot be taken."""
    return write_list(TEAM_LIST)
