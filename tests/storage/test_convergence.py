"""Laptops that applied the same hold the same, whatever the order, the batches and the doubles."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Operation
from bren_desktop.services.ports import Clock
from bren_desktop.services.rows import CaseFilter, ExpertFilter, Page
from bren_desktop.services.sync_ports import SyncRows
from bren_desktop.storage.ids import id_bytes
from bren_desktop.storage.store import EncryptedStore
from tests.delivery import closed
from tests.storage.histories import CASES, DEVICES, NETWORK, TEAM, History, deliver, histories, joined
from tests.stores import empty_store

ONCE = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NewStore = Callable[[], EncryptedStore]
_RECORDS = "SELECT kind, entity, space, subject, shown, created, changed, conflicts FROM rec ORDER BY kind, entity"


@pytest.fixture
def new_store(tmp_path: Path, key: bytes, clock: Clock) -> Iterator[NewStore]:
    """Makes stores in the spaces of the histories; all are closed at the end."""
    made: list[EncryptedStore] = []
    numbers = itertools.count()

    def make() -> EncryptedStore:
        for store in made[:-4]:
            store.close()
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        made.append(empty_store(folder, key, clock=clock))
        return joined(made[-1])

    yield make
    for store in made:
        store.close()


def portrait(store: EncryptedStore) -> tuple[object, ...]:
    """What people and other laptops see of a store."""
    with store.read() as reader:
        lists = reader.cases(CaseFilter(), Page(order="id")), reader.experts(ExpertFilter(), Page(order="id"))
        unsettled = [tuple(reader.conflicted(kind)) for kind in Kind]
        below = [tuple(reader.children(Kind.CONTACT, case)) for case in CASES]
        hits = tuple(sorted(hit.entity for hit in reader.search("een", list(Kind), 99)))
        rows = reader._sql.exec_driver_sql(_RECORDS).fetchall()  # type: ignore[attr-defined]
    states = store.state_hashes()
    return states[NETWORK], states[TEAM], lists, unsettled, below, hits, rows


def segments(draw: st.DrawFn, history: History) -> list[list[Operation]]:
    """The chains cut into segments and shuffled, each chain in its own order."""
    chains = []
    for chain in history.written.values():
        cuts = sorted(draw(st.sets(st.integers(1, max(1, len(chain) - 1)), max_size=3)))
        pieces = [chain[start:end] for start, end in itertools.pairwise([0, *cuts, len(chain)])]
        chains.append([piece for piece in pieces if piece])
    order = draw(st.permutations([number for number, chain in enumerate(chains) for _ in chain]))
    queues = [iter(chain) for chain in chains]
    return [next(queues[number]) for number in order]


def applied(store: EncryptedStore, found: list[list[Operation]], together: int) -> EncryptedStore:
    """Take segments in, `together` of them in a transaction."""
    for start in range(0, len(found), together):
        with store.sync() as rows:
            for segment in found[start : start + together]:
                deliver(rows, segment)
    return store


@ONCE
@given(history=histories(), data=st.data())
def test_order_and_batches_do_not_matter(new_store: NewStore, history: History, data: st.DataObject) -> None:
    both = [
        applied(new_store(), data.draw(st.composite(segments)(history)), data.draw(st.integers(1, 5))) for _ in range(2)
    ]
    assert portrait(both[0]) == portrait(both[1])
    for store in both:
        before = portrait(store)
        assert store.integrity() == []
        with store.sync() as rows:
            assert not any(deliver_again(rows, operation) for operation in history.all())
        store.rebuild()
        assert portrait(store) == before


def deliver_again(rows: SyncRows, operation: Operation) -> bool:
    """Take one operation in; whether it was new."""
    return rows.take(operation, closed(rows, operation), ())


@ONCE
@given(history=histories(), data=st.data())
def test_what_is_taken_back_was_never_there(new_store: NewStore, history: History, data: st.DataObject) -> None:
    found = data.draw(st.composite(segments)(history))
    space, device = data.draw(st.sampled_from([NETWORK, TEAM])), data.draw(st.sampled_from(DEVICES))
    of_chain = [segment for segment in found if (segment[0].space, segment[0].dot.device) == (space, device)]
    left = data.draw(st.integers(0, len(of_chain)))
    gone = of_chain[left:]
    whole, part = applied(new_store(), found, 3), applied(new_store(), [s for s in found if s not in gone], 2)
    before = portrait(whole)
    with whole.sync() as rows:
        assert rows.take_back(space, device, left) == [operation for segment in gone for operation in segment]
        assert len(rows.links(space, device)) == left
    assert portrait(whole) == portrait(part)
    assert whole.integrity() == []
    applied(whole, gone, data.draw(st.integers(1, 3)))
    assert portrait(whole) == before
    assert whole.integrity() == []


@ONCE
@given(history=histories(), data=st.data())
def test_a_refused_operation_leaves_nothing_but_its_number(
    new_store: NewStore, history: History, data: st.DataObject
) -> None:
    everything = list(history.all())
    refused = data.draw(st.sets(st.sampled_from([operation.dot for operation in everything]), max_size=5))
    stores = [new_store(), new_store()]
    for store in stores:
        with store.sync() as rows:
            for segment in data.draw(st.composite(segments)(history)):
                for operation in segment:
                    if operation.dot in refused:
                        rows.skip(operation.space, *operation.dot)
                    else:
                        deliver_again(rows, operation)
    assert portrait(stores[0]) == portrait(stores[1])
    for store in stores:
        before = portrait(store)
        assert store.integrity() == []
        store.rebuild()
        assert portrait(store) == before


@ONCE
@given(history=histories(), data=st.data())
def test_what_was_refused_at_first_is_taken_in_later_as_if_at_once(
    new_store: NewStore, history: History, data: st.DataObject
) -> None:
    found = data.draw(st.composite(segments)(history))
    space, device = data.draw(st.sampled_from([NETWORK, TEAM])), data.draw(st.sampled_from(DEVICES))
    of_chain = [segment for segment in found if (segment[0].space, segment[0].dot.device) == (space, device)]
    store = new_store()
    with store.sync() as rows:
        for segment in found:
            for operation in segment:
                if segment in of_chain:
                    rows.skip(space, *operation.dot)
                else:
                    deliver_again(rows, operation)
        assert rows.take_back(space, device, 0) == []
    applied(store, of_chain, data.draw(st.integers(1, 3)))
    assert portrait(store) == portrait(applied(new_store(), found, 4))
    assert store.integrity() == []


@ONCE
@given(history=histories(), data=st.data())
def test_an_erased_case_was_never_there(new_store: NewStore, history: History, data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(CASES))
    found = data.draw(st.composite(segments)(history))
    half = data.draw(st.integers(0, len(found)))
    late, early = applied(new_store(), found[:half], 2), new_store()
    for store in (early, late):
        with store.sync() as rows:
            rows.erase(id_bytes(case))
    applied(late, found[half:], 2)
    applied(early, found, 3)
    assert portrait(early) == portrait(late)
    with late.read() as reader:
        assert not reader.exists(Kind.CASE, case)
        assert reader.history(case, 9) == []
        assert reader.is_erased(case)
    assert late.integrity() == []
