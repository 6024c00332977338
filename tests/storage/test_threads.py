"""Several threads on one store: writes wait for each other, reads never wait."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Author
from bren_desktop.services.rows import CaseFilter
from bren_desktop.storage.store import EncryptedStore


def test_writes_of_many_threads_all_arrive(store: EncryptedStore, author: Author) -> None:
    def work(_: int) -> list[int]:
        numbers = []
        for _ in range(10):
            with store.write(author) as writer:
                writer.write(Kind.CASE, store.new_entity(), {("nummer", ""): "1"})
                numbers.append(writer.next_number("a"))
            with store.read() as reader:
                assert reader.count_cases(CaseFilter()) >= 1
        return numbers

    with ThreadPoolExecutor(6) as pool:
        numbers = [number for done in pool.map(work, range(6)) for number in done]
    assert sorted(numbers) == list(range(1, 61))
    with store.read() as reader:
        assert reader.count_cases(CaseFilter()) == 60
    assert store.integrity() == []


def test_a_reader_keeps_its_view_while_others_write(store: EncryptedStore, author: Author) -> None:
    with store.read() as reader:
        before = reader.version()
        with store.write(author) as writer:
            writer.write(Kind.CASE, store.new_entity(), {("nummer", ""): "1"})
        assert reader.version() == before
        assert reader.count_cases(CaseFilter()) == 0
    with store.read() as reader:
        assert reader.version() > before


def test_a_writer_waits_for_the_one_before(store: EncryptedStore, author: Author) -> None:
    order = []
    inside = threading.Event()

    def second() -> None:
        inside.wait()
        with store.write(author):
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with store.write(author) as writer:
        inside.set()
        writer.write(Kind.CASE, store.new_entity(), {("nummer", ""): "1"})
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_write_inside_a_write_is_a_bug_and_no_deadlock(store: EncryptedStore, author: Author) -> None:
    with store.write(author), pytest.raises(RuntimeError, match="inside"), store.write(author):
        pass
    with store.write(author) as writer:
        writer.set_local("a", "b")
