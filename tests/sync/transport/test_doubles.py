"""The share in memory lies just as it was told to, and never else."""

from __future__ import annotations

import pytest

from bren_desktop.sync.transport.share import AbsentError, AwayError, BusyError, Entry, RefusedError, TakenError
from tests.sync.doubles import FaultyShare, MemoryStore, Moment, Plan

PATH = "sp/a/log/b/00000001-0123456789ab.brs"
FOLDER, NAME = PATH.rsplit("/", 1)


def test_a_view_shows_what_another_put(memory: MemoryStore) -> None:
    memory.view().put_new(PATH, b"1234")
    assert memory.view().list(FOLDER).files == (Entry(NAME, 4),)
    assert memory.view().list("").folders == ("sp",)


def test_calls_are_counted_per_verb_and_folder(memory: MemoryStore) -> None:
    share = memory.view()
    share.put_new(PATH, b"1234")
    share.list(FOLDER)
    share.read(PATH, 4)
    assert dict(share.calls) == {("put_new", FOLDER): 1, ("list", FOLDER): 1, ("read", FOLDER): 1}


def test_a_listing_may_hide_lag_and_run_backwards(memory: MemoryStore) -> None:
    early, share = memory.snapshot(), memory.view()
    for name in ("1", "2", "3"):
        share.put_new(f"f/{name}", b"x")
    share.troubles.hidden = {"f/2"}
    share.troubles.reordered = True
    assert [entry.name for entry in share.list("f").files] == ["3", "1"]
    assert share.read("f/2", 1) == b"x"
    share.troubles.stale = early
    with pytest.raises(AbsentError):
        share.list("f")
    share.troubles.unseen = {"f/3"}
    assert not share.exists("f/3")
    with pytest.raises(TakenError):
        share.put_new("f/3", b"y")


def test_what_is_held_or_not_here_is_busy(memory: MemoryStore) -> None:
    share = memory.view()
    share.put_new(PATH, b"1234")
    share.troubles.placeholders = {PATH}
    with pytest.raises(BusyError):
        share.read(PATH, 4)
    share.troubles.busy = {PATH}
    with pytest.raises(BusyError):
        share.trash(PATH)
    assert share.stat(PATH) == 4


def test_a_share_may_be_away_full_or_tear_a_file(memory: MemoryStore) -> None:
    share = memory.view()
    share.troubles.torn = True
    with pytest.raises(AwayError):
        share.put_new(PATH, b"1234")
    assert memory.files[PATH] == b"12"
    share.troubles.full = True
    with pytest.raises(RefusedError):
        share.put_new("f", b"")
    share.troubles.away = True
    with pytest.raises(AwayError):
        share.exists(PATH)


def test_programs_that_synchronise_leave_copies(memory: MemoryStore) -> None:
    share = memory.view()
    share.troubles.conflicting = share.troubles.doubled = True
    share.put_new("f/a.brs", b"1")
    share.put_new("f/b.brs", b"2")
    assert memory.paths() == ["f/A.BRS", "f/a-LAPTOP7.brs", "f/a.brs", "f/b.brs"]


def test_who_runs_the_share_can_do_anything(memory: MemoryStore) -> None:
    memory.put("a", b"12")
    memory.put("b", b"34")
    before = memory.snapshot()
    memory.swap("a", "b")
    memory.flip("a", 0)
    assert memory.files == {"a": b"24", "b": b"12"}
    memory.truncate("a", 1)
    memory.move("b", "c")
    assert memory.files == {"a": b"2", "c": b"12"}
    memory.replay("a")
    assert memory.files["a"] == b"12"
    memory.delete("c")
    memory.roll_back(before)
    assert memory.files == before


@pytest.mark.parametrize(
    ("moment", "left"), [(Moment.BEFORE, None), (Moment.HALF, b"12"), (Moment.AFTER, b"1234")], ids=str
)
def test_a_call_fails_at_its_moment(memory: MemoryStore, moment: Moment, left: bytes | None) -> None:
    plan = Plan(2, moment=moment, error=BusyError)
    share = FaultyShare(memory.view(), plan)
    assert not share.exists(PATH)
    assert not plan.was_reached()
    with pytest.raises(BusyError):
        share.put_new(PATH, b"1234")
    assert plan.was_reached()
    assert memory.files.get(PATH) == left
    assert share.exists(PATH) is (left is not None)


def test_a_failure_may_last_and_concern_some_verbs(memory: MemoryStore) -> None:
    share = FaultyShare(memory.view(), Plan(1, times=None, verbs=frozenset({"put_new"})))
    for _ in range(3):
        assert not share.exists(PATH)
        with pytest.raises(AwayError):
            share.put_new(PATH, b"")
