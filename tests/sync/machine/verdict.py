"""What must hold once a fleet has come to rest (sync.md 2.1), judged by sets of writes and the independent reader."""

from __future__ import annotations

from typing import Any

from bren_desktop.domain.entities import Kind, collections
from bren_desktop.services.sync_ports import SpaceKind, Standing
from tests.sync.independent.reader import Reader, base32, files_in, sha
from tests.sync.machine.fleet import Fleet, Written
from tests.sync.machine.oracle import Live, live
from tests.sync.world import Laptop

SETS = {kind.value: collections(kind) for kind in Kind}
FOLDERS = {b"A": "auth", b"K": "key", b"C": "case", b"S": "log"}
ROUNDS = 40
"""Cycles of each laptop within which a fleet must come to rest: each reads one file of every folder again."""


def stabilize(fleet: Fleet) -> None:
    """Everything works again, all have the newest program, and sync until the share is whole and nothing moves.

    By ordinary cycles alone: nobody checks the share by hand.
    """
    for name, seat in fleet.seats.items():
        seat.calm()
        seat.view.troubles = type(seat.view.troubles)()
        fleet.upgrade(name)
    quiet = 0
    for _ in range(ROUNDS):
        before = (fleet.store.snapshot(), states(fleet))
        for name in sorted(fleet.laptops):
            fleet.sync(name)
        fleet.later(30)
        quiet = quiet + 1 if (fleet.store.snapshot(), states(fleet)) == before else 0
        if quiet >= 2 and not spoilt(fleet):
            return
    raise AssertionError(f"the fleet does not come to rest; spoilt or missing: {spoilt(fleet)}")


def spoilt(fleet: Fleet) -> list[str]:
    """What a laptop that believes it is in keeps, and the share has nowhere whole where it counts."""
    there = {sha(piece) for data in in_place(fleet) for piece in pieces(data)}
    return [
        path
        for name in filter(fleet.is_member, fleet.laptops)
        for path, data in fleet.seats[name].mirror.files.items()
        if not {sha(piece) for piece in pieces(data)} <= there
    ]


def in_place(fleet: Fleet) -> list[bytes]:
    """What lies in a folder of its kind and space; elsewhere it is stray, and counts no more than what is gone."""
    return [
        data
        for path, data in fleet.store.files.items()
        if all(path.startswith(f"sp/{base32(file.header[2])}/{FOLDERS[file.kind]}/") for file in files_in(data))
    ]


def pieces(data: bytes) -> list[bytes]:
    """The files in a file: one, or the segments of a pack."""
    return [file.raw for file in files_in(data)] if data[:4] == b"BREN" and data[4:5] != b"B" else [data]


def states(fleet: Fleet) -> dict[str, dict[str, bytes]]:
    return {name: laptop.states() for name, laptop in fleet.laptops.items()}


def active(fleet: Fleet) -> list[Laptop]:
    """The laptops that are members of both spaces, by themselves and by the independent reader."""
    members = [eye.out.members for eye in eyes(fleet, "noor").values()]
    inside = {device for one in members for device in one.cards if one.role(device)}
    return [laptop for laptop in fleet.laptops.values() if is_inside(laptop, inside)]


def is_inside(laptop: Laptop, inside: set[bytes]) -> bool:
    spaces = [space for space in laptop.spaces() if space.standing is not Standing.ALONE]
    return bool(spaces) and all(space.standing is Standing.MEMBER and space.device in inside for space in spaces)


def eyes(fleet: Fleet, name: str) -> dict[SpaceKind, Reader]:
    """Both spaces as the independent reader sees them with this laptop's keys; the team first."""
    share = in_place(fleet)
    laptop = fleet.laptops[name]
    found = {}
    for kind in (SpaceKind.TEAM, SpaceKind.NETWORK):
        pen, space = laptop.pen(kind), laptop.space(kind)
        eye = Reader(share, pen.space, space.founding, fleet.boxes.get(name, {}) | {pen.device: pen.box_private})
        eye.newest = 2
        eye.read()
        found[kind] = eye
    return found


def judge(fleet: Fleet) -> None:
    """All invariants at once. `noor` is never revoked."""
    laptops = active(fleet)
    _check_who_is_in(fleet, {laptop.name for laptop in laptops})
    both = eyes(fleet, "noor")
    operations = [found for eye in both.values() for found in eye.out.operations]
    expected = live(operations, SETS)
    _check_one_state(laptops)
    _check_registers(laptops[0], expected)
    waiting = [operation for eye in both.values() for operation in eye.waiting()]
    known = [*(found.operation for found in operations), *waiting]
    _check_nothing_lost(fleet, known, {laptop.name for laptop in laptops})
    _check_nothing_made_up(fleet, expected)
    _check_bytes_stay(fleet)
    _check_erased(fleet, both[SpaceKind.TEAM], laptops)
    _check_spaces_apart(both)
    _check_rebuilt(laptops[0])
    _check_shut_out(fleet)


def _check_who_is_in(fleet: Fleet, inside: set[str]) -> None:
    """Who is in knows it, and who is not; but for whom no key opens the entry that says so, which is told."""
    sure = {name for name in fleet.laptops if fleet.is_member(name)}
    told = {name for name in sure if "no-key" in {one.reason for one in fleet.laptops[name].door.status().troubles}}
    assert sure - told <= inside <= sure


def _check_one_state(laptops: list[Laptop]) -> None:
    """I3, I4: who is in has the same, whatever way it came."""
    for space in {space for laptop in laptops for space in laptop.states()}:
        found = {laptop.name: laptop.states().get(space) for laptop in laptops}
        assert len(set(found.values())) == 1, f"states differ: {found}"


def _check_registers(laptop: Laptop, expected: Live) -> None:
    """I2: live is what was written minus what was replaced by somebody who saw it."""
    shown = laptop.live()
    for place in sorted(set(shown) | set(expected)):
        assert shown.get(place, {}) == expected.get(place, {}), f"{laptop.name} at {place}"


def _check_nothing_lost(fleet: Fleet, operations: list[list[Any]], inside: set[str]) -> None:
    """I1, I2: every acknowledged edit is in the log of all, unless its writer was put out or lost the right.

    Who is out was told. What names a segment that share and disks all lost waits for it.
    """
    there = {(operation[6], name, key, repr(value)) for operation in operations for name, key, value, _ in operation[8]}
    for one in fleet.said:
        if fell(fleet, one.laptop, inside) or is_erased(fleet, one):
            continue
        assert (one.entity, one.field, one.key, repr(one.value)) in there, f"lost: {one}"


def fell(fleet: Fleet, name: str, inside: set[str]) -> bool:
    """Whether a laptop was put out, lost a right, is a copy that did not go on, or was let in by such a one."""
    if name in fleet.out | fleet.demoted:
        return True
    if name in inside or "out" not in fleet.laptops[name].reasons:
        return False
    return name in fleet.twins or (name in fleet.hosts and fell(fleet, fleet.hosts[name], inside))


def is_erased(fleet: Fleet, one: Written) -> bool:
    return bool(fleet.erased.get(one.entity))


def _check_nothing_made_up(fleet: Fleet, expected: Live) -> None:
    """I5: no value that nobody wrote."""
    written = {(one.entity, one.field, one.key, repr(one.value)) for one in [*fleet.said, *fleet.gone]}
    known = {one.entity for one in fleet.said} | {one.entity for one in fleet.gone}
    for (entity, name, key), versions in expected.items():
        for value in versions.values():
            assert entity not in known or (entity, name, key, repr(value)) in written, f"made up: {name} {value}"


def _check_bytes_stay(fleet: Fleet) -> None:
    """I7: no device gives one number to two segments, but for twins."""
    twins = {laptop.space(kind).device for n, laptop in fleet.laptops.items() if n in fleet.twins for kind in KINDS}
    twins |= fleet.old_devices
    seen: dict[tuple[bytes, int], set[bytes]] = {}
    signed = _signed(fleet)
    for data in {data for versions in fleet.ever() for data in versions}:
        for file in files_in(data) if data[:4] == b"BREN" else ():
            key = signed.get(file.header[4])
            if file.kind == b"S" and key and file.signed_by(key) and file.header[4] not in twins:
                seen.setdefault((file.header[4], file.header[5]), set()).add(sha(file.raw))
    assert [place for place, hashes in seen.items() if len(hashes) > 1] == []


KINDS = (SpaceKind.TEAM, SpaceKind.NETWORK)


def _signed(fleet: Fleet) -> dict[bytes, bytes]:
    return {d: card[1] for eye in eyes(fleet, "noor").values() for d, card in eye.out.members.cards.items()}


def _check_erased(fleet: Fleet, eye: Reader, laptops: list[Laptop]) -> None:
    """18a: an erased case is nowhere, on no laptop and under no key."""
    for subject in map(base32, eye.out.erased):
        assert all(found.operation[6] != subject for found in eye.out.operations)
        for laptop in laptops:
            assert [place for place in laptop.live() if place[0] == subject] == []


def _check_spaces_apart(both: dict[SpaceKind, Reader]) -> None:
    """I14: no device, epoch or key stands in two spaces."""
    team, network = both[SpaceKind.TEAM].out, both[SpaceKind.NETWORK].out
    assert not set(team.members.cards) & set(network.members.cards)
    assert not set(team.epochs.values()) & set(network.epochs.values())
    assert not {found.operation[6] for found in team.operations} & {found.operation[6] for found in network.operations}


def _check_rebuilt(laptop: Laptop) -> None:
    """I13: what lists and search read is a function of the operations alone."""
    before = laptop.states()
    assert laptop.store.integrity() == []
    laptop.store.rebuild()
    assert laptop.states() == before


def _check_shut_out(fleet: Fleet) -> None:
    """I10: who was put out, by somebody whose word stood, opens nothing that was sealed since."""
    members = [eye.out.members for eye in eyes(fleet, "noor").values()]
    inside = {device for one in members for device in one.cards if one.role(device)}
    laptops = [fleet.laptops[name] for name in fleet.out - fleet.twins if name in fleet.laptops]
    out = [laptop for laptop in laptops if not inside & {space.device for space in laptop.spaces()}]
    if not out:
        return
    secret = f"alleen voor wie er nog is: {fleet.value()}"
    fleet.write("noor", Kind.CASE, "", {("hulpvraag", ""): secret})
    fleet.sync("noor")
    fleet.sync("noor")
    for laptop in out:
        for eye in eyes(fleet, laptop.name).values():
            assert all(secret not in str(found.operation) for found in eye.out.operations), laptop.name
