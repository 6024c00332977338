"""Who is out: what he is told, what can still be said of him, and how he comes back where it did not count."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.errors import UserFacingError
from bren_desktop.services.share_door import REPORTED_LOST, Away, Device, InviteTo
from bren_desktop.services.sync_ports import SpaceKind, Standing
from bren_desktop.storage.store import EncryptedStore
from bren_desktop.sync.enrolment.desk import ShareAwayError
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.format.epochs import key_file
from bren_desktop.sync.format.names import Paths, byte_id
from bren_desktop.sync.format.pen import Pen

if TYPE_CHECKING:
    from tests.sync.doubles import MemoryStore
    from tests.sync.laptops import Joining, Laptop, NewLaptop


def device(laptop: Laptop, name: str) -> Device:
    """Somebody's laptop, as one sees it."""
    return next(one for one in laptop.door.devices() if one.name == name)


def revoked(vera: Laptop, join: Joining) -> Laptop:
    """Noor, who was in and knows that she is out."""
    noor = join("Noor de Wit")
    vera.door.revoke(vera.actor, device(vera, "Noor de Wit").id, Away.REVOKED)
    noor.sync()
    return noor


def test_who_is_out_is_told_at_every_sync(vera: Laptop, join: Joining) -> None:
    noor = join("Noor de Wit")
    vera.door.revoke(vera.actor, device(vera, "Noor de Wit").id, Away.REVOKED)
    vera.add_case(hulpvraag="erna")
    vera.sync()
    assert [one.where for one in noor.sync().troubles if one.reason == "out"] == ["Jeugdnetwerk Zuid", "HGL"]
    report = noor.sync()
    assert {one.reason for one in report.troubles} == {"out"}
    assert report.quarantined == 0, "nobody waits for the news of a team that one is out of"
    assert noor.door.status().troubles == ()


def test_a_laptop_that_is_out_can_still_be_reported_lost(vera: Laptop, join: Joining) -> None:
    had = vera.add_case(hulpvraag="lag erop")
    piet = join("Piet Puntje")
    noor = revoked(vera, join)
    assert vera.door.revoke(vera.actor, device(vera, "Noor de Wit").id, Away.LOST) == [had]
    assert device(vera, "Noor de Wit").away is Away.LOST
    assert noor.sync().dropped
    with noor.store.look() as rows:
        assert rows.local(REPORTED_LOST)
    later = vera.add_case(hulpvraag="erna")
    vera.sync()
    piet.sync()
    assert later in piet.cases(), "the others have the key that was made with it"
    assert later not in noor.cases()


def test_what_cannot_be_done_to_who_is_out_says_so(vera: Laptop, join: Joining) -> None:
    revoked(vera, join)
    name = device(vera, "Noor de Wit").id
    for act in (
        lambda: vera.door.revoke(vera.actor, name, Away.REVOKED),
        lambda: vera.door.set_role(vera.actor, name, Role.LID),
    ):
        with pytest.raises(UserFacingError, match="is er al uit"):
            act()
    vera.door.revoke(vera.actor, name, Away.LOST)
    with pytest.raises(UserFacingError, match="is er al uit"):
        vera.door.revoke(vera.actor, name, Away.LOST)


def test_a_laptop_that_cannot_read_it_is_not_said_to_be_lost(vera: Laptop, join: Joining) -> None:
    """Whoever signed something since cannot write what it reads; a colleague who did not, can."""
    ali = join("Ali Alvast", Role.PLAATSVERVANGER)
    noor = revoked(vera, join)
    vera.invite()
    with pytest.raises(UserFacingError, match="kan niet meer lezen"):
        vera.door.revoke(vera.actor, device(vera, "Noor de Wit").id, Away.LOST)
    assert device(vera, "Noor de Wit").away is Away.REVOKED
    ali.sync()
    ali.door.revoke(ali.actor, device(ali, "Noor de Wit").id, Away.LOST)
    assert noor.sync().dropped
    vera.sync()
    assert device(vera, "Noor de Wit").away is Away.LOST
    vera.invite()
    assert not vera.sync().troubles


def test_who_was_taken_out_by_somebody_who_had_no_right_comes_back(vera: Laptop, join: Joining) -> None:
    """The founder revoked a colleague before she saw that he had revoked another: that one is in after all."""
    case = vera.add_case(hulpvraag="van allen")
    ali, noor, piet = join("Ali Alvast", Role.PLAATSVERVANGER), join("Noor de Wit"), join("Piet Puntje")
    for laptop in (vera, ali, noor):
        laptop.sync()
    ali.door.revoke(ali.actor, device(ali, "Noor de Wit").id, Away.REVOKED)
    ali.door.revoke(ali.actor, device(ali, "Piet Puntje").id, Away.REVOKED)
    piet.sync()
    piet.door.erase(piet.actor, case)
    noor.add_case(hulpvraag="van Noor")
    noor.sync()
    assert noor.door.status().standing == Standing.OUT
    vera.share.troubles.away = True
    vera.door.revoke(vera.actor, device(vera, "Ali Alvast").id, Away.REVOKED)
    vera.share.troubles.away = False
    vera.sync()
    noor.sync()
    assert noor.door.status().standing == Standing.MEMBER
    noor.add_case(hulpvraag="en verder")
    for laptop in (vera, noor, vera, noor):
        laptop.sync()
    assert vera.questions() == noor.questions() == ["en verder", "van Noor", "van allen"]
    assert vera.store.state_hash() == noor.store.state_hash()
    piet.sync()
    assert piet.door.status().standing == Standing.OUT, "his copy is not what the others have any more"


def test_nothing_is_signed_before_the_share_was_seen(vera: Laptop, join: Joining) -> None:
    """Whoever was put back from an image would undo all that she signed since."""
    join("Noor de Wit")
    name = device(vera, "Noor de Wit").id
    case = vera.add_case(hulpvraag="beschermd")
    vera.share.troubles.away = True
    for act in (
        vera.invite,
        lambda: vera.door.set_role(vera.actor, name, Role.LID),
        lambda: vera.door.protect(vera.actor, case, [name]),
        lambda: vera.door.erase(vera.actor, case),
    ):
        with pytest.raises(ShareAwayError):
            act()
    with vera.store.sync() as rows:
        rows.set_local("restored", "1")
    with pytest.raises(ShareAwayError):
        vera.door.revoke(vera.actor, name, Away.REVOKED)
    vera.share.troubles.away = False
    vera.door.revoke(vera.actor, name, Away.REVOKED)
    assert device(vera, "Noor de Wit").away is Away.REVOKED


def test_a_member_who_lies_about_keys_keeps_no_newcomer_out(
    vera: Laptop, join: Joining, new_laptop: NewLaptop, memory: MemoryStore
) -> None:
    """A K file by which the older key would lead to the newer one: who comes later still gets all."""
    lid = join("Lia Lid", Role.LID)
    revoked(vera, join)
    lid.sync()
    with lid.store.look() as rows:
        (team,) = (space for space in rows.spaces() if space.kind is SpaceKind.TEAM)
        keys = dict(rows.epoch_keys(team.id))
    with lid.door._desk.looking() as (_, posts):
        newer = posts[-1].membership.epoch_to_write()
    assert newer is not None
    (older,) = keys.keys() - {newer}
    pen = Pen(team.network, byte_id(team.id), team.device, team.sign_seed, older, keys[older])
    data = key_file(pen, {newer: keys[newer]}, {}).data
    memory.put(Paths(byte_id(team.id)).key_file(older, digest_of(data)), data)
    case = vera.add_case(hulpvraag="van vroeger")
    vera.sync()
    vera.door.revoke(vera.actor, device(vera, "Lia Lid").id, Away.REVOKED)
    piet = new_laptop("Piet Puntje", Role.SECRETARIS)
    piet.enter(vera, InviteTo.TEAM)
    assert case in piet.cases()
    with piet.store.look() as rows:
        assert len(rows.epoch_keys(team.id)) == 3


def test_of_two_laptops_from_one_backup_each_is_told_and_there_is_a_way_back(
    vera: Laptop, join: Joining, new_laptop: NewLaptop, memory: MemoryStore
) -> None:
    """Both went on in the same minute, so neither renewal counts: a new profile comes in under the same name."""
    noor = join("Noor de Wit")
    noor.store.close()
    folder = shutil.copytree(noor.folder, noor.folder.with_name("tweede"), ignore=shutil.ignore_patterns("*.lock"))
    noor.restart()
    mirror = type(noor.mirror)()
    mirror.files.update(noor.mirror.files)
    store = EncryptedStore.open(folder, b"k" * 32, clock=noor.clock)
    other = type(noor)(folder, memory.view(), mirror, noor.clock, noor.actor, store)
    before = memory.snapshot()
    found = []
    for laptop in (noor, other):
        with laptop.store.sync() as rows:
            rows.set_local("restored", "1")
        laptop.add_case(hulpvraag="na het terugzetten")
        memory.roll_back(before)
        laptop.sync()
        found.append(memory.snapshot())
    memory.roll_back(found[0] | found[1])
    for laptop in (noor, other):
        assert {trouble.reason for trouble in laptop.sync().troubles} >= {"outsider"}
        assert laptop.door.status().standing == Standing.OUT
    vera.sync()
    vera.door.revoke(vera.actor, device(vera, "Noor de Wit").id, Away.LOST)
    away = [one.away for one in vera.door.devices() if one.name == "Noor de Wit"]
    assert set(away) == {Away.LOST}, "and nobody came in by one of the renewals"
    assert noor.sync().dropped
    assert other.sync().dropped
    store.close()
    vera.sync()
    for one in vera.door.devices():
        vera.door.take_from_tray(vera.actor, one.id)
    assert vera.questions() == ["na het terugzetten"] * 2, "what each wrote meanwhile is not lost"
    anew = new_laptop("Noor de Wit", Role.SECRETARIS)
    anew.actor = replace(anew.actor, person=noor.actor.person)
    anew.enter(vera)
    assert anew.door.status().standing == Standing.MEMBER
