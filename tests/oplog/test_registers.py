"""Merging: whatever order colleagues' operations come in, every laptop ends up with the same registers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.oplog.operations import Author, Change, Dot, Operation
from bren_desktop.oplog.registers import (
    Registers,
    changes,
    conflicts,
    merge,
    pack,
    packed_values,
    top_values,
    unpack,
)

SETS = frozenset({"tags"})
NAMES = (("naam", ""), ("tekst", ""), ("tags", "a"), ("tags", "b"))
AUTHOR = Author("p", "n", "r")


class Replica:
    """One laptop: its registers, its vector, and every operation it has, in the order it took them."""

    def __init__(self, device: bytes) -> None:
        self.device = device
        self.registers: Registers = {}
        self.seen: dict[bytes, int] = {}
        self.log: list[Operation] = []

    def write(self, name: tuple[str, str], value: Any, clock: int) -> None:
        found = changes(self.registers, {name: value})
        if found:
            dot = Dot(self.device, self.seen.get(self.device, 0) + 1)
            self.take(Operation(dot, clock, "s", "casus", "e", AUTHOR, found))

    def take(self, operation: Operation) -> None:
        if operation.dot.counter == self.seen.get(operation.dot.device, 0) + 1:
            merge(self.registers, operation, SETS, self.seen)
            self.seen[operation.dot.device] = operation.dot.counter
            self.log.append(operation)


WRITES = st.tuples(
    st.just("write"), st.integers(0, 2), st.sampled_from(NAMES), st.sampled_from([None, "x", "y", 3]), st.integers(1, 9)
)
PULLS = st.tuples(st.just("pull"), st.integers(0, 2), st.integers(0, 2), st.integers(0, 20))
STEPS = st.lists(WRITES | PULLS, max_size=40)


def lived(steps: Sequence[tuple[Any, ...]]) -> list[Replica]:
    """Three laptops that wrote, and took some of each other's operations, device by device in order."""
    replicas = [Replica(bytes([index])) for index in range(3)]
    for verb, who, *rest in steps:
        if verb == "write":
            name, value, clock = rest
            replicas[who].write(name, True if name[0] == "tags" and value else value, clock)
        else:
            other, count = rest
            own = [operation for operation in replicas[other].log if operation.dot.device == replicas[other].device]
            for operation in own[:count]:
                replicas[who].take(operation)
    return replicas


@given(STEPS, st.randoms(use_true_random=False))
def test_any_order_across_devices_gives_the_same_registers(steps: list[tuple[Any, ...]], random: Any) -> None:
    replicas = lived(steps)
    queues = [[op for op in replica.log if op.dot.device == replica.device] for replica in replicas]
    results = []
    for _ in range(3):
        fresh, waiting = Replica(b"z"), [list(queue) for queue in queues]
        while any(waiting):
            fresh.take(random.choice([queue for queue in waiting if queue]).pop(0))
        results.append(fresh)
    for replica in replicas:
        for queue in queues:
            for operation in queue:
                replica.take(operation)
        results.append(replica)
    assert len({pack(result.registers) for result in results}) == 1
    assert all(not register.awaited for register in results[0].registers.values())


@given(STEPS)
def test_a_value_stays_until_somebody_who_saw_it_replaces_it(steps: list[tuple[Any, ...]]) -> None:
    replicas = lived(steps)
    everything = {op.dot: op for replica in replicas for op in replica.log}
    whole = Replica(b"z")
    for operation in sorted(everything.values(), key=lambda op: op.dot):
        whole.take(operation)
    replaced = {(c.field, c.key, dot) for op in everything.values() for c in op.changes for dot in c.replaces}
    expected = {
        (c.field, c.key, op.dot)
        for op in everything.values()
        for c in op.changes
        if (c.field, c.key, op.dot) not in replaced and not (c.value is None and c.field in SETS)
    }
    live = {(*name, version.dot) for name, register in whole.registers.items() for version in register.versions}
    assert live == expected


@given(STEPS)
def test_packed_registers_come_back_equal(steps: list[tuple[Any, ...]]) -> None:
    for replica in lived(steps):
        packed = pack(replica.registers)
        assert unpack(packed) == replica.registers
        assert pack(unpack(packed)) == packed
        assert packed_values(packed) == top_values(replica.registers)


@given(STEPS, st.sampled_from(NAMES))
def test_writing_what_differs_settles_a_conflict(steps: list[tuple[Any, ...]], name: tuple[str, str]) -> None:
    [replica, *_] = lived(steps)
    value = True if name[0] == "tags" else "beslist"
    replica.write(name, value, 99)
    assert name not in conflicts(replica.registers)
    assert top_values(replica.registers)[name] == value
    assert changes(replica.registers, {name: value}) == ()


def written(device: bytes, counter: int, clock: int, *found: Change) -> Operation:
    return Operation(Dot(device, counter), clock, "s", "casus", "e", AUTHOR, found)


def test_concurrent_values_are_all_kept_and_the_latest_is_on_top() -> None:
    registers: Registers = {}
    merge(registers, written(b"a", 1, 5, Change("naam", "", "eerst")), SETS, {})
    merge(registers, written(b"b", 1, 9, Change("naam", "", "laatst")), SETS, {b"a": 1})
    assert top_values(registers) == {("naam", ""): "laatst"}
    assert [version.value for version in conflicts(registers)["naam", ""]] == ["laatst", "eerst"]


def test_equal_values_of_two_colleagues_are_no_conflict() -> None:
    registers: Registers = {}
    merge(registers, written(b"a", 1, 5, Change("naam", "", "zelfde")), SETS, {})
    merge(registers, written(b"b", 1, 9, Change("naam", "", "zelfde")), SETS, {b"a": 1})
    assert conflicts(registers) == {}


def test_an_addition_survives_a_removal_that_had_not_seen_it() -> None:
    registers: Registers = {}
    merge(registers, written(b"a", 1, 1, Change("tags", "a", True)), SETS, {})
    merge(registers, written(b"b", 1, 2, Change("tags", "a", True)), SETS, {b"a": 1})
    merge(registers, written(b"c", 1, 3, Change("tags", "a", None, (Dot(b"a", 1),))), SETS, {b"a": 1, b"b": 1})
    assert top_values(registers) == {("tags", "a"): True}


def test_a_replacement_waits_for_what_it_replaces() -> None:
    first = written(b"a", 1, 1, Change("naam", "", "oud"))
    second = written(b"b", 1, 2, Change("naam", "", "nieuw", (Dot(b"a", 1),)))
    registers: Registers = {}
    merge(registers, second, SETS, {})
    assert registers["naam", ""].awaited == {Dot(b"a", 1)}
    merge(registers, first, SETS, {b"b": 1})
    assert top_values(registers) == {("naam", ""): "nieuw"}
    assert registers["naam", ""].awaited == frozenset()
