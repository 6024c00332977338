"""What an entity is now: multi-value registers, merged from operations in any order.

A register holds every version that no later author has seen and replaced. Concurrent versions of a single field
are all kept; a set element or row is present while any version of it is. Operations of one device arrive in order and
once (the caller keeps the vector of what it has applied); those of different devices merge in any order to the same
registers: a replacement that arrives before what it replaces is remembered until that arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgpack

from bren_desktop.oplog.operations import Change, Dot, Operation

FORMAT = 1


class Version(NamedTuple):
    """One live value of a register, named by the dot of the operation that wrote it."""

    dot: Dot
    clock: int
    value: Any


class Register:
    """The live versions of one (field, key), and the dots replaced before they arrived."""

    __slots__ = ("awaited", "versions")

    def __init__(self, versions: tuple[Version, ...] = (), awaited: frozenset[Dot] = frozenset()) -> None:
        self.versions = versions
        self.awaited = awaited

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Register)
            and self.awaited == other.awaited
            and sorted(self.versions, key=_order) == sorted(other.versions, key=_order)
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def top(self) -> Version | None:
        """The version to show first: the latest clock, then the highest dot. The same on every laptop."""
        return self.versions[0] if len(self.versions) == 1 else max(self.versions, key=_order, default=None)


Registers = dict[tuple[str, str], Register]
"""All registers of one entity, by (field, key)."""


def _order(version: Version) -> tuple[int, Dot]:
    return version.clock, version.dot


def merge(registers: Registers, operation: Operation, sets: Collection[str], seen: Mapping[bytes, int]) -> None:
    """Fold `operation` into `registers`, in place.

    `sets` names the fields whose removals leave nothing behind (sets and rows); `seen` gives the highest counter
    applied per device, so that what was replaced long ago is not awaited again.
    """
    dot, clock = operation.dot, operation.clock
    for change in operation.changes:
        field, key, value, replaces = change
        name = field, key
        register = registers.get(name)
        removal = value is None and field in sets
        if register is None and not replaces and not removal:
            registers[name] = Register((Version(dot, clock, value),))
            continue
        merged = _merged(register or Register(), change, operation, removal, seen)
        if merged.versions or merged.awaited:
            registers[name] = merged
        else:
            registers.pop(name, None)


def _merged(
    register: Register, change: Change, operation: Operation, removal: bool, seen: Mapping[bytes, int]
) -> Register:
    if _is_beside(register, change, operation.dot, removal):
        version = Version(operation.dot, operation.clock, change.value)
        return Register((*register.versions, version), register.awaited)
    known = {version.dot: version for version in register.versions}
    awaited = set(register.awaited)
    for dot in change.replaces:
        if known.pop(dot, None) is None and dot.counter > seen.get(dot.device, 0):
            awaited.add(dot)
    if operation.dot in awaited:
        awaited.discard(operation.dot)
    elif not removal:
        known[operation.dot] = Version(operation.dot, operation.clock, change.value)
    return Register(tuple(known.values()), frozenset(awaited))


def _is_beside(register: Register, change: Change, dot: Dot, removal: bool) -> bool:
    """Whether a change only adds a version. Told apart for its price: a field may get thousands of them."""
    is_again = bool(register.versions) and register.versions[-1].dot == dot
    return not (change.replaces or removal or is_again or dot in register.awaited)


def gathered(
    operations: Iterable[Operation], sets: Callable[[Operation], Collection[str]], seen: Mapping[bytes, int]
) -> Registers:
    """The registers that merging these operations gives, in whatever order they stand."""
    versions: dict[tuple[str, str], dict[Dot, Version]] = {}
    replaced: dict[tuple[str, str], set[Dot]] = {}
    arrived: dict[tuple[str, str], set[Dot]] = {}
    for operation in operations:
        removable = sets(operation)
        for change in operation.changes:
            name, dot = (change.field, change.key), operation.dot
            arrived.setdefault(name, set()).add(dot)
            replaced.setdefault(name, set()).update(change.replaces)
            if change.value is not None or change.field not in removable:
                versions.setdefault(name, {})[dot] = Version(dot, operation.clock, change.value)
    found = {}
    for name, dots in replaced.items():
        live = tuple(version for dot, version in versions.get(name, {}).items() if dot not in dots)
        awaited = frozenset(dot for dot in dots - arrived[name] if dot.counter > seen.get(dot.device, 0))
        if live or awaited:
            found[name] = Register(live, awaited)
    return found


def settled(registers: Registers) -> Registers:
    """The registers without what is awaited: what those who have the same operations agree on."""
    if not any(register.awaited for register in registers.values()):
        return registers
    return {name: Register(register.versions) for name, register in registers.items() if register.versions}


def changes(registers: Registers, wanted: Mapping[tuple[str, str], Any]) -> tuple[Change, ...]:
    """The changes that bring `registers` to `wanted`, each naming the versions it replaces; none where nothing differs.

    A value of None empties a single field or removes an element or row. A register with two versions is settled by
    any wanted value.
    """
    return tuple(_changes(registers, wanted))


def _changes(registers: Registers, wanted: Mapping[tuple[str, str], Any]) -> Iterator[Change]:
    for (field, key), value in wanted.items():
        register = registers.get((field, key))
        versions = register.versions if register else ()
        same = versions[0].value == value if len(versions) == 1 else (not versions and value is None)
        if not same:
            yield Change(field, key, value, tuple(version.dot for version in versions))


def top_values(registers: Registers) -> dict[tuple[str, str], Any]:
    """The value to show of each register that has one."""
    return {name: top.value for name, register in registers.items() if (top := register.top) and top.value is not None}


def packed_values(data: bytes) -> dict[tuple[str, str], Any]:
    """`top_values` of bytes that `pack` made, without building the registers."""
    _, _, rows = msgpack.unpackb(data)
    return {
        (field, key): versions[-1][-1] for field, key, versions, _ in rows if versions and versions[-1][-1] is not None
    }


def conflicts(registers: Registers) -> dict[tuple[str, str], tuple[Version, ...]]:
    """The registers with more than one differing version, the one shown first in front."""
    found = {}
    for name, register in registers.items():
        if len(register.versions) > 1 and len({msgpack.packb(version.value) for version in register.versions}) > 1:
            found[name] = tuple(sorted(register.versions, key=_order, reverse=True))
    return found


def pack(registers: Registers) -> bytes:
    """The canonical bytes of `registers`: equal registers give equal bytes. Devices are stored once."""
    versions = {version.dot.device for register in registers.values() for version in register.versions}
    awaited = {dot.device for register in registers.values() for dot in register.awaited}
    devices = sorted(versions | awaited)
    index = {device: number for number, device in enumerate(devices)}
    rows = [
        [
            field,
            key,
            [[index[device], counter, clock, value] for (device, counter), clock, value in _in_order(register)],
            [[index[device], counter] for device, counter in sorted(register.awaited)] if register.awaited else (),
        ]
        for (field, key), register in sorted(registers.items())
    ]
    return bytes(msgpack.packb([FORMAT, devices, rows]))


def _in_order(register: Register) -> Sequence[Version]:
    return register.versions if len(register.versions) == 1 else sorted(register.versions, key=_order)


def unpack(data: bytes) -> Registers:
    """The registers in bytes that `pack` made."""
    _, devices, rows = msgpack.unpackb(data)
    return {
        (field, key): Register(
            tuple(Version(Dot(devices[d], counter), clock, value) for d, counter, clock, value in versions),
            frozenset(Dot(devices[d], counter) for d, counter in awaited),
        )
        for field, key, versions, awaited in rows
    }
