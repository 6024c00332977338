"""A table of any length holds only the pages that are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from bren_desktop.gui.messages import Messages
from bren_desktop.gui.models.columns import Badge, Column, Tone
from bren_desktop.gui.models.paged import BADGE_ROLE, KEPT_PAGES, PAGE_ROWS, ROW_ROLE, UNDER_WAY, PagedModel, Source
from bren_desktop.gui.tasks import Failed, T, Tasks, Ticket
from bren_desktop.services.rows import Page

COLUMNS = (
    Column[int]("nummer", "Nummer", str, right=True),
    Column[int]("even", "Even", lambda row: "ja" if row % 2 == 0 else "nee", badge=lambda row: Badge("x", Tone.GOOD)),
    Column[int]("vast", "Vast", lambda row: "<b>vast</b>", sortable=False),
)


class Numbers:
    """The numbers 0 up to `total`, and what was asked of them."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.asked: list[Page] = []

    def count(self) -> int:
        return self.total

    def fetch(self, page: Page) -> Sequence[int]:
        self.asked.append(page)
        numbers = range(self.total - 1, -1, -1) if page.order.startswith("-") else range(self.total)
        return list(numbers[page.offset : page.offset + page.limit])

    def source(self) -> Source[int]:
        return Source(self.count, self.fetch)


class InlineTasks(Tasks):
    """Answers at once, on the thread that asks."""

    def ask(self, work: Callable[[], T], done: Callable[[T], object], failed: Failed | None = None) -> Ticket:
        done(work())
        return Ticket()


@pytest.fixture
def model(qapp: object) -> PagedModel[int]:
    return PagedModel(COLUMNS, InlineTasks(Messages()))


def test_only_the_pages_that_are_looked_at_are_fetched(model: PagedModel[int]) -> None:
    numbers = Numbers(10_000)
    model.show(numbers.source())
    assert model.rowCount() == 10_000
    assert [page.offset for page in numbers.asked] == [0]
    assert model.index(99, 0).data() == "99"
    assert [page.offset for page in numbers.asked] == [0]
    model.index(7_050, 0).data()
    assert [page.offset for page in numbers.asked] == [0, 7_000]
    assert model.index(7_050, 0).data() == "7050"


def test_a_page_under_way_shows_dots_and_is_asked_once(qapp: object) -> None:
    numbers = Numbers(500)
    tasks = Tasks(Messages())
    model = PagedModel(COLUMNS, tasks)
    model.show(numbers.source())
    tasks.drain()
    assert [model.index(row, 0).data() for row in (300, 301)] == [UNDER_WAY, UNDER_WAY]
    assert model.index(300, 0).data(ROW_ROLE) is None
    tasks.drain()
    assert [page.offset for page in numbers.asked] == [0, 300]
    assert model.index(300, 0).data() == "300"
    tasks.close()


def test_walking_through_a_long_list_keeps_memory_bounded(model: PagedModel[int]) -> None:
    numbers = Numbers(PAGE_ROWS * (KEPT_PAGES + 20))
    model.show(numbers.source())
    for row in range(0, numbers.total, PAGE_ROWS):
        model.index(row, 0).data()
    asked = len(numbers.asked)
    model.index(numbers.total - 1, 0).data()
    assert len(numbers.asked) == asked
    model.index(0, 0).data()
    assert len(numbers.asked) == asked + 1


def test_sorting_asks_the_source_for_another_order(model: PagedModel[int]) -> None:
    numbers = Numbers(300)
    model.show(numbers.source())
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert numbers.asked[-1] == Page(0, PAGE_ROWS, "-nummer")
    assert model.index(0, 0).data() == "299"
    before = len(numbers.asked)
    model.sort(2)
    assert len(numbers.asked) == before
    model.sort(-1)
    assert numbers.asked[-1].order == ""


def test_an_answer_that_is_overtaken_is_dropped(qapp: object) -> None:
    tasks = Tasks(Messages())
    model = PagedModel(COLUMNS, tasks)
    model.show(Numbers(700).source())
    model.show(Numbers(3).source())
    tasks.drain()
    assert model.rowCount() == 3
    tasks.close()


@pytest.mark.parametrize("totals", [(0, 5), (5, 0), (250, 250), (250, 90)])
def test_a_reload_follows_what_changed(model: PagedModel[int], totals: tuple[int, int]) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    counted: list[int] = []
    model.counted.connect(counted.append)
    numbers = Numbers(totals[0])
    model.show(numbers.source())
    numbers.total = totals[1]
    model.reload()
    assert counted == list(totals)
    assert model.rowCount() == totals[1]
    assert tester.model() is model


def test_cells_carry_badges_and_tooltips_that_are_never_markup(model: PagedModel[int]) -> None:
    model.show(Numbers(3).source())
    badge = model.index(0, 1).data(BADGE_ROLE)
    assert badge == Badge("x", Tone.GOOD)
    assert model.index(0, 2).data() == "<b>vast</b>"
    assert "<b>" not in model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)


def test_headers_name_the_columns(model: PagedModel[int]) -> None:
    titles = [model.headerData(section, Qt.Orientation.Horizontal) for section in range(4)]
    assert titles == ["Nummer", "Even", "Vast", None]
