"""The drill: no laptop is left, and IT and the coördinator open the cases on the share together; neither alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bren_desktop.crypto.parcels import Address, content, key_id
from bren_desktop.domain.actors import Role
from bren_desktop.errors import DiskFullError, NotAllowedError, UserFacingError
from bren_desktop.oplog.contents import read_content
from bren_desktop.oplog.operations import decode
from bren_desktop.services.share_door import Away, InviteTo
from bren_desktop.sync.enrolment.recovering import (
    Holder,
    NoRecoveryKeyError,
    RecoveryKey,
    kept_recipient,
    new_recovery_key,
    read_recovery_key,
    recovered_keys,
)
from bren_desktop.sync.format import names
from bren_desktop.sync.format.bundles import read_bundle
from bren_desktop.sync.format.envelope import parse
from bren_desktop.sync.format.segments import read_segment
from bren_desktop.sync.transport.share import Share

if TYPE_CHECKING:
    from tests.sync.doubles import MemoryStore
    from tests.sync.laptops import Laptop, NewLaptop


def spaces(share: Share) -> list[bytes]:
    return [names.byte_id(folder) for folder in share.list(names.SPACES).folders]


def told(share: Share, space: bytes, keys: dict[bytes, bytes]) -> list[object]:
    """Every hulpvraag that the recovered epoch keys of a space lead to."""
    paths, found = names.Paths(space), []
    bundles = [parse(share.read(f"{paths.bundles}/{name}", 10**7)) for name, _ in share.list(paths.bundles).files]
    case_keys = {one.id: one.key for file in bundles for one in read_bundle(file, keys[file.header.epoch])}
    for device in share.list(paths.log).folders:
        for name, _ in share.list(f"{paths.log}/{device}").files:
            envelope = parse(share.read(f"{paths.log}/{device}/{name}", 10**7))
            for parcel in read_segment(envelope, keys[envelope.header.epoch]).parcels:
                address = Address(space, envelope.header.device, parcel.counter, parcel.subject)
                text = content(parcel.body, address, case_keys.get(key_id(parcel.body), b""))
                changes = decode(read_content(text)[0]).changes
                found += [change.value for change in changes if change.field == "hulpvraag"]
    return found


@pytest.fixture
def founder(new_laptop: NewLaptop) -> Laptop:
    return new_laptop("Vera Voorbeeld")


@pytest.fixture
def kept(founder: Laptop) -> tuple[RecoveryKey, RecoveryKey]:
    """The two key files as they come back from two safes."""
    it, coordinator = founder.make_recovery()
    return read_recovery_key(it, Holder.IT), read_recovery_key(coordinator, Holder.COORDINATOR)


def test_two_people_open_what_no_laptop_can_any_more(
    founder: Laptop, kept: tuple[RecoveryKey, RecoveryKey], new_laptop: NewLaptop, memory: MemoryStore
) -> None:
    founder.create()
    founder.add_case(hulpvraag="van vroeger")
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    noor.enter(founder)
    (lost,) = (device.id for device in founder.door.devices() if not device.mine)
    founder.door.revoke(founder.actor, lost, Away.LOST)
    founder.add_case(hulpvraag="na de nieuwe sleutel")
    founder.sync()
    found = []
    for space in spaces(memory.view()):
        keys = dict(recovered_keys(memory.view(), space, *kept))
        assert len(keys) == 2
        if _has_bundles(memory, space):
            found += told(memory.view(), space, keys)
    assert sorted(map(str, found)) == ["na de nieuwe sleutel", "van vroeger"]


def _has_bundles(memory: MemoryStore, space: bytes) -> bool:
    return any(path.startswith(names.Paths(space).bundles) for path in memory.files)


def test_one_alone_opens_nothing(founder: Laptop, kept: tuple[RecoveryKey, RecoveryKey], memory: MemoryStore) -> None:
    founder.create()
    it, coordinator = kept
    for space in spaces(memory.view()):
        for pair in (
            (it, new_recovery_key(Holder.COORDINATOR)),
            (new_recovery_key(Holder.IT), coordinator),
            (coordinator, it),
            (it, it),
        ):
            assert recovered_keys(memory.view(), space, *pair) == {}


def test_a_team_that_joins_the_network_has_the_same_recovery(
    founder: Laptop, kept: tuple[RecoveryKey, RecoveryKey], new_laptop: NewLaptop, memory: MemoryStore
) -> None:
    founder.create()
    zoe = new_laptop("Zoë Zwart", team="ZHZ")
    zoe.enter(founder, InviteTo.NETWORK, Role.VOORZITTER)
    found = spaces(memory.view())
    assert len(found) == 3
    assert all(recovered_keys(memory.view(), space, *kept) for space in found)


def test_without_recovery_keys_the_share_has_no_second_way_in(founder: Laptop, memory: MemoryStore) -> None:
    founder.create()
    pair = new_recovery_key(Holder.IT), new_recovery_key(Holder.COORDINATOR)
    assert all(recovered_keys(memory.view(), space, *pair) == {} for space in spaces(memory.view()))


def test_the_keys_are_made_before_the_network_and_by_an_admin(founder: Laptop, new_laptop: NewLaptop) -> None:
    founder.create()
    with pytest.raises(UserFacingError, match="bij het stichten van het netwerk"):
        founder.make_recovery()
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    with pytest.raises(NotAllowedError, match="Alleen een voorzitter"):
        noor.make_recovery()


def test_a_network_names_no_keys_of_which_no_file_was_written(founder: Laptop) -> None:
    def full(*_: bytes) -> None:
        raise DiskFullError

    with pytest.raises(DiskFullError):
        founder.door.make_recovery(founder.actor, full)
    with founder.store.look() as rows:
        assert kept_recipient(rows) is None


def test_the_secret_halves_are_nowhere_in_the_profile(founder: Laptop, kept: tuple[RecoveryKey, RecoveryKey]) -> None:
    with founder.store.look() as rows:
        local = rows.local("sync/recovery") or ""
    assert kept[0].public.hex() in local
    assert not any(key.seed.hex() in local for key in kept)


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"\xff", b'{"format": "bren-recovery-key", "holder": "it"}'])
def test_another_file_is_no_recovery_key(data: bytes) -> None:
    with pytest.raises(NoRecoveryKeyError, match="herstelsleutelbestand"):
        read_recovery_key(data, Holder.IT)


def test_a_key_file_knows_whose_it_is() -> None:
    key = new_recovery_key(Holder.IT)
    assert read_recovery_key(key.file, Holder.IT) == key
    with pytest.raises(NoRecoveryKeyError, match="elk op zijn plaats"):
        read_recovery_key(key.file, Holder.COORDINATOR)
