"""Background work: one thread for the store, answers on the main thread, nothing lost and nothing stale."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from bren_desktop.errors import DiskFullError, UserFacingError
from bren_desktop.gui.messages import Messages
from bren_desktop.gui.tasks import Tasks


@pytest.fixture
def tasks(messages: Messages) -> Iterator[Tasks]:
    tasks = Tasks(messages)
    yield tasks
    tasks.close()


def _disk_full() -> None:
    raise DiskFullError


def test_reads_and_writes_share_one_thread_in_the_order_asked(tasks: Tasks) -> None:
    order: list[int] = []
    threads: set[int] = set()

    def work(number: int) -> int:
        threads.add(threading.get_ident())
        order.append(number)
        return number

    for number in range(20):
        (tasks.ask if number % 2 else tasks.do)(lambda number=number: work(number), lambda _: None)  # type: ignore[misc]
    tasks.drain()
    assert order == list(range(20))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_an_answer_arrives_on_the_main_thread_by_itself(tasks: Tasks, qtbot: QtBot) -> None:
    arrived: list[tuple[int, threading.Thread]] = []
    tasks.run(lambda: 42, lambda answer: arrived.append((answer, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(arrived))
    assert arrived == [(42, threading.main_thread())]


def test_drain_also_waits_for_work_that_an_answer_starts(tasks: Tasks) -> None:
    arrived: list[str] = []
    tasks.ask(lambda: "eerst", lambda first: tasks.run(lambda: first + " dan", arrived.append))
    tasks.drain()
    assert arrived == ["eerst dan"]


def test_a_cancelled_question_gives_no_answer_and_a_cancelled_write_is_done(tasks: Tasks) -> None:
    started, hold = threading.Event(), threading.Event()
    asked: list[str] = []
    answers: list[object] = []

    def blocking() -> None:
        started.set()
        hold.wait(5)

    tasks.ask(blocking, lambda _: None)
    started.wait(5)
    tasks.ask(lambda: asked.append("vraag"), answers.append).cancel()
    tasks.do(lambda: asked.append("schrijven"), answers.append).cancel()
    hold.set()
    tasks.drain()
    assert asked == ["schrijven"]
    assert answers == []


def test_a_known_failure_goes_to_its_owner_or_else_to_the_messages(tasks: Tasks, messages: Any) -> None:
    own: list[UserFacingError] = []
    tasks.do(_disk_full, lambda _: None, own.append)
    tasks.do(_disk_full, lambda _: None)
    tasks.drain()
    assert [type(error) for error in own] == [DiskFullError]
    assert [type(error) for error in messages.failed_with] == [DiskFullError]


def test_a_write_that_fails_after_its_page_is_gone_is_still_said(tasks: Tasks, messages: Any) -> None:
    tasks.do(_disk_full, lambda _: None).cancel()
    tasks.ask(_disk_full, lambda _: None).cancel()
    tasks.drain()
    assert [type(error) for error in messages.failed_with] == [DiskFullError]


def test_a_bug_is_raised_on_the_main_thread_with_its_place(tasks: Tasks) -> None:
    def broken() -> None:
        raise LookupError

    tasks.run(broken, lambda _: None)
    with pytest.raises(LookupError) as caught:
        tasks.drain()
    assert "broken" in [entry.name for entry in caught.traceback]


def test_an_answer_for_a_widget_that_is_gone_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    import shiboken6

    label = QLabel()
    tasks.ask(lambda: "te laat", label.setText)
    shiboken6.delete(label)
    tasks.drain()


def test_closing_finishes_writes_and_drops_answers(messages: Messages) -> None:
    tasks = Tasks(messages)
    written: list[int] = []
    answers: list[object] = []
    for number in range(5):
        tasks.do(lambda number=number: written.append(number), answers.append)  # type: ignore[misc]
    tasks.close()
    assert written == [0, 1, 2, 3, 4]
    assert answers == []


def test_nothing_begins_after_closing(messages: Messages) -> None:
    tasks = Tasks(messages)
    tasks.close()
    asked: list[str] = []
    assert tasks.ask(lambda: asked.append("vraag"), lambda _: None).cancelled
    tasks.drain()
    assert asked == []


def test_work_that_takes_long_says_that_it_began(tasks: Tasks, qtbot: QtBot) -> None:
    hold = threading.Event()
    with qtbot.waitSignal(tasks.busy) as told:
        tasks.ask(lambda: hold.wait(5), lambda _: None)
    assert told.args == [True]
    with qtbot.waitSignal(tasks.busy) as told:
        hold.set()
    assert told.args == [False]
