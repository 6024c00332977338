"""Who writes while a colleague's chain is taken back and comes again agrees with those who read the segments."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Author, Change, Dot, Operation
from bren_desktop.services.ports import Clock
from bren_desktop.services.sync_ports import Link, SyncRows
from bren_desktop.storage.store import EncryptedStore
from tests.delivery import closed
from tests.storage.histories import CASES, DEVICES, TEAM, deliver, joined
from tests.stores import empty_store

THEM, CASE = DEVICES[0], CASES[0]
NAMES = (("hulpvraag", ""), ("knelpunten", "KP-WLZ"))
NOOR = Author("p", "Noor", "voorzitter")
ACTS = ("take", "take", "write", "undo", "seal")


@pytest.fixture
def pairs(tmp_path: Path, key: bytes, clock: Clock) -> Callable[[], tuple[EncryptedStore, EncryptedStore]]:
    numbers = itertools.count()

    def make() -> tuple[EncryptedStore, EncryptedStore]:
        made = []
        for _ in range(2):
            folder = tmp_path / str(next(numbers))
            folder.mkdir()
            made.append(joined(empty_store(folder, key, clock=clock)))
        return made[0], made[1]

    return make


def their_chain(draw: st.DrawFn) -> list[Operation]:
    """What a colleague wrote, who has seen nothing of us; sometimes over an earlier version of their own."""
    chain: list[Operation] = []
    for counter in range(1, draw(st.integers(2, 6))):
        name = draw(st.sampled_from(NAMES))
        replaced = draw(st.lists(st.integers(1, max(1, counter - 1)), max_size=1))
        change = Change(*name, True if name[1] else f"hun {counter}", tuple(Dot(THEM, number) for number in replaced))
        chain.append(Operation(Dot(THEM, counter), counter, TEAM, "casus", CASE, NOOR, (change,)))
    return chain


class Ours:
    """Our laptop, and what its segments said that we had seen."""

    def __init__(self, store: EncryptedStore, chain: list[Operation]) -> None:
        self.store = store
        self.chain = chain
        self.segments: list[tuple[int, int]] = []

    def do(self, act: str, number: int) -> None:
        with self.store.sync() as rows:
            applied = len(rows.links(TEAM, THEM))
            if act == "take" and applied < len(self.chain):
                deliver(rows, [self.chain[applied]])
            elif act == "write":
                name = NAMES[number % 2]
                value = (True, None)[number % 3 == 0] if name[1] else f"ons {number}"
                rows.writer(NOOR).write(Kind.CASE, CASE, {name: value})
            elif act == "undo" and applied:
                rows.take_back(TEAM, THEM, number % applied)
            elif act == "seal":
                self._seal(rows, applied)

    def _seal(self, rows: SyncRows, seen: int) -> None:
        space = next(space for space in rows.spaces() if space.id == TEAM)
        parcels = rows.unsealed(TEAM, 2**24)
        before = rows.state(TEAM)
        last = parcels[-1].counter if parcels else (self.segments[-1][1] if self.segments else 0)
        rows.add_link(TEAM, space.device, Link(len(self.segments) + 1, bytes(32), last))
        assert rows.state(TEAM) == before, "what a segment says of our state must be true"
        self.segments.append((seen, last))

    def read_by(self, other: EncryptedStore) -> None:
        """Everything of both chains, as a third laptop takes it in."""
        with self.store.look() as ours, other.sync() as rows:
            space = next(space for space in ours.spaces() if space.id == TEAM)
            rows.put_case_keys(TEAM, ours.case_keys_to_share(TEAM))
            for operation in self.chain:
                rows.take(operation, closed(rows, operation), ())
            history = ours.writer(NOOR).history(CASE, 99)
            own = sorted((one for one in history if one.dot.device == space.device), key=lambda one: one.dot)
            for operation in own:
                seen = next(seen for seen, last in self.segments if last >= operation.dot.counter)
                named = {dot for change in operation.changes for dot in change.replaces}
                unseen = [dot for dot in named if dot.device == THEM and dot.counter > seen]
                rows.take(operation, closed(rows, operation), (), unseen)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 11)), min_size=4, max_size=18))
def test_both_hold_the_same(
    pairs: Callable[[], tuple[EncryptedStore, EncryptedStore]], data: st.DataObject, acts: list[tuple[str, int]]
) -> None:
    store, other = pairs()
    ours = Ours(store, data.draw(st.composite(their_chain)()))
    for act, number in acts:
        ours.do(act, number)
    ours.do("seal", 0)
    for _ in ours.chain:
        ours.do("take", 0)
    ours.read_by(other)
    assert store.state_hashes()[TEAM] == other.state_hashes()[TEAM]
    assert store.integrity() == other.integrity() == []
    for one in (store, other):
        one.close()
