"""Every design mistake of sync.md 5 and 2.2, made in the real code: the verdict on a fleet must find it.

Each scene is fine without its mistake. A test that passes both ways proves nothing, so both are run.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from bren_desktop.crypto.parcels import Address
from bren_desktop.domain.entities import Kind
from bren_desktop.oplog import registers
from bren_desktop.oplog.operations import Change, Operation
from bren_desktop.services.sync_ports import Link
from bren_desktop.sync.engine import fetch, ground, healing, incoming, mirror, remote, renewing, sealing, turn
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.format import names
from bren_desktop.sync.format.envelope import Envelope
from bren_desktop.sync.transport.share import Share, TakenError
from tests.sync.doubles import Moment
from tests.sync.independent import forge
from tests.sync.machine import verdict
from tests.sync.machine.fleet import Fleet, Worked, killing
from tests.sync.machine.machine import machine_for
from tests.sync.world import Frozen

Scene = Callable[[Fleet], None]
Mistake = Callable[[pytest.MonkeyPatch], None]
TEXT = ("hulpvraag", "")


def case_of(fleet: Fleet) -> str:
    fleet.write("noor", Kind.CASE, "", {TEXT: fleet.value()})
    all_sync(fleet)
    return fleet.entities[Kind.CASE][0]


def all_sync(fleet: Fleet, rounds: int = 2) -> None:
    for _ in range(rounds):
        for name in fleet.laptops:
            fleet.sync(name)


def write(fleet: Fleet, name: str, entity: str) -> str:
    value = fleet.value()
    assert fleet.write(name, Kind.CASE, entity, {TEXT: value})
    return value


# scenes ----------------------------------------------------------------------------------------------------------


def both_write(fleet: Fleet) -> None:
    case = case_of(fleet)
    for name in ("noor", "ali", "bo"):
        write(fleet, name, case)
    all_sync(fleet)


def killed_while_sealing(fleet: Fleet) -> None:
    """Sealed and in the mirror, and then the program ended; at some call of the store it must bite."""
    case = case_of(fleet)
    killed = True
    first = 0
    while killed:
        first += 1
        write(fleet, "bo", case)
        fleet.seats["bo"].store_plan = killing(first, Moment.BEFORE)
        killed = not fleet.sync("bo")
        fleet.sync("bo")
    all_sync(fleet)


def older_shows_later(fleet: Fleet) -> None:
    case = case_of(fleet)
    before = set(fleet.store.paths())
    write(fleet, "bo", case)
    fleet.sync("bo")
    late = set(fleet.store.paths(".brs")) - before
    write(fleet, "bo", case)
    fleet.sync("bo")
    fleet.seats["ali"].view.troubles.unseen |= late
    fleet.sync("ali")


def busy_at_first(fleet: Fleet) -> None:
    case = case_of(fleet)
    before = set(fleet.store.paths())
    write(fleet, "bo", case)
    fleet.sync("bo")
    fleet.seats["ali"].view.troubles.busy |= set(fleet.store.paths()) - before
    fleet.sync("ali")


def forged_by_a_member(fleet: Fleet) -> None:
    """A procesregisseur writes in the name of the voorzitter, in her chain, with a signature of his own."""
    case_of(fleet)
    noor, cas = fleet.laptops["noor"].pen(), fleet.laptops["cas"].pen()
    _forge(fleet, forge.Pen(*noor.__dict__.values()), cas.sign_seed, None)


def wrong_prev(fleet: Fleet) -> None:
    """A member's own next segment follows something that never was."""
    case_of(fleet)
    write(fleet, "bo", fleet.entities[Kind.CASE][0])
    all_sync(fleet)
    bo = fleet.laptops["bo"].pen()
    _forge(fleet, bo, bo.sign_seed, secrets.token_bytes(32))
    fleet.take_over("bo")


def _forge(fleet: Fleet, pen: forge.Pen, sign_seed: bytes, prev: bytes | None) -> None:
    eye = verdict.eyes(fleet, "noor")[verdict.KINDS[0]]
    chain = eye.chains[pen.device]
    last = eye.clear[chain[-1][0]]
    counter = last[7] + len(last[8])
    changes = [["naam", "", "verzonnen", []]]
    parcel = pen.parcel(counter, b"", pen.operation(counter, "team", forge.base32(b"t" * 16), changes))
    writer = forge.Pen(**{**pen.__dict__, "sign_seed": sign_seed})
    epoch = eye.log.epoch_to_write()
    data = writer.segment(
        epoch, eye.out.epochs[epoch], len(chain) + 1, prev or chain[-1][0], [parcel], first=counter, heads=last[5]
    )
    fleet.store.put(forge.path(data), data)


def deleted(fleet: Fleet) -> None:
    case = case_of(fleet)
    write(fleet, "bo", case)
    all_sync(fleet)
    for path in fleet.store.paths(".brs"):
        fleet.store.delete(path)


def squatted(fleet: Fleet) -> None:
    case = case_of(fleet)
    write(fleet, "bo", case)
    fleet.sync("bo")
    for path in fleet.store.paths(".brs"):
        fleet.store.flip(path, 4000)


def restored(fleet: Fleet) -> None:
    case = case_of(fleet)
    for who in ("bo", "cas", "ali"):
        fleet.image(who)
        write(fleet, who, case)
        all_sync(fleet)
        fleet.restore(who)
        write(fleet, who, case)
        all_sync(fleet)


def newer_program(fleet: Fleet) -> None:
    case = case_of(fleet)
    fleet.upgrade("bo")
    write(fleet, "bo", case)
    fleet.sync("bo")
    fleet.sync("ali")


LONG = settings(
    max_examples=100,
    stateful_step_count=40,
    deadline=None,
    phases=[Phase.generate],
    database=None,
    suppress_health_check=list(HealthCheck),
)
TRIES = 14
"""Which of two segments stands is a throw of their hashes: a scene with a fork hurts in one of two."""


# mistakes --------------------------------------------------------------------------------------------------------


def last_writer_wins(patch: pytest.MonkeyPatch) -> None:
    merged = registers._merged

    def one(register: Any, change: Change, operation: Operation, removal: bool, seen: Mapping[bytes, int]) -> Any:
        found = merged(register, change, operation, removal, seen)
        return registers.Register(tuple([found.top] if found.top else []), found.awaited)

    patch.setattr(registers, "_merged", one)


def reseal(patch: pytest.MonkeyPatch) -> None:
    """Send first, remember afterwards, and seal anew where that was broken off.

    Alone it is caught by the rule for restored images: the laptop meets itself and goes on as a new device.
    """
    no_incarnation(patch)
    count = sealing._count

    def late(place: Place, link: Link, *rest: Any) -> None:
        path = place.paths.segment(place.device, link.seq, link.digest)
        place.remote.put(path, place.mirror.read(path))
        count(place, link, *rest)

    patch.setattr(sealing, "finish", lambda place: None)
    patch.setattr(sealing, "_count", late)


def highest_name_cursor(patch: pytest.MonkeyPatch) -> None:
    known = fetch.is_known

    def below(place: Place, path: str) -> bool:
        name = names.parse(path)
        segment = name is not None and name.kind is names.Kind.SEGMENT
        newest = place.shelf.chain(name.id).newest if name and segment else 0
        return known(place, path) or (name is not None and segment and name.first <= newest)

    patch.setattr(fetch, "is_known", below)


def time_cursor(patch: pytest.MonkeyPatch) -> None:
    """Look at what is new since the last listing only, whether it could be read or not."""
    new = incoming.new_files
    listed: set[tuple[bytes, str]] = set()

    def once(place: Place, folder: str, is_known: Callable[[str], bool]) -> Any:
        found = list(new(place, folder, lambda path: (place.device, path) in listed or is_known(path)))
        listed.update((place.device, f"{folder}/{name}") for name, _ in place.remote.listing(folder).files)
        return iter(found)

    patch.setattr(fetch, "new_files", once)


def no_signature(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Envelope, "is_by", lambda self, key: True)


def no_chain(patch: pytest.MonkeyPatch) -> None:
    """Go by numbers, not by what a segment says it follows."""

    def any_of(envelopes: list[Envelope], prev: bytes, digest: bytes | None) -> Envelope | None:
        return envelopes[0] if envelopes else None

    for module in (ground, turn):
        patch.setattr(module, "chosen", any_of)


def no_healing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(healing, "heal", lambda place, folders: None)
    patch.setattr(healing, "mend_all", lambda place, folders: 0)


def no_repair_name(patch: pytest.MonkeyPatch) -> None:
    def there(share: Share, path: str, data: bytes) -> tuple[str, bool]:
        try:
            share.put_new(path, data)
        except TakenError:
            return path, False
        return path, True

    for module in (mirror, remote):
        patch.setattr(module, "put_somewhere", there)


def no_incarnation(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(renewing, "is_outdated", lambda place: False)
    patch.setattr(renewing, "must_wait", lambda place: False)


def no_associated_data(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Address, "associated", lambda self: b"")


def newer_is_skipped(patch: pytest.MonkeyPatch) -> None:
    """What is too new for this program is passed over, not held."""
    known = fetch.is_known
    passed: set[tuple[str, str]] = set()
    reason = incoming._reason

    def noted(path: str, error: Any) -> str:
        found = reason(path, error)
        if found == "newer":
            passed.add(("ali", path))
        return found

    patch.setattr(incoming, "_reason", noted)
    patch.setattr(fetch, "is_known", lambda place, path: ("ali", path) in passed or known(place, path))


MISTAKES: list[tuple[Mistake, Scene]] = [
    (last_writer_wins, both_write),
    (reseal, killed_while_sealing),
    (highest_name_cursor, older_shows_later),
    (time_cursor, busy_at_first),
    (no_signature, forged_by_a_member),
    (no_chain, wrong_prev),
    (no_healing, deleted),
    (no_repair_name, squatted),
    (no_incarnation, restored),
    (no_associated_data, both_write),
    (newer_is_skipped, newer_program),
]


def played(scene: Scene, frozen: Frozen, base: Path, seed: int = 0) -> None:
    fleet = Fleet(frozen, base, ("noor", "ali", "bo", "cas"), seed)
    try:
        scene(fleet)
        verdict.stabilize(fleet)
        verdict.judge(fleet)
    finally:
        fleet.close()


def falls(scene: Scene, frozen: Frozen, base: Path, seed: int) -> bool:
    """Whether the fleet does not stand the scene, with other random numbers for each `seed`."""
    try:
        played(scene, frozen, base, seed)
    except AssertionError:
        return True
    return False


@pytest.mark.parametrize(("mistake", "scene"), [pytest.param(*each, id=each[0].__name__) for each in MISTAKES])
def test_a_mistake_is_found(
    mistake: Mistake, scene: Scene, frozen: Frozen, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        mistake(patch)
        assert any(falls(scene, frozen, base / str(seed), seed) for seed in range(TRIES))


@pytest.mark.torture
def test_chance_comes_upon_a_restored_image(worked: Worked, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules of the machine find that one too, given time: it took a rule of its own."""
    no_incarnation(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine_for(worked, base), settings=LONG)


@pytest.mark.parametrize("scene", dict.fromkeys(scene for _, scene in MISTAKES))
def test_a_scene_is_fine_as_the_program_is(scene: Scene, frozen: Frozen, base: Path) -> None:
    played(scene, frozen, base / "right")
