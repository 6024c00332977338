"""The door on real folders, and who waits for whom."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.errors import NotFoundError, UserFacingError
from bren_desktop.services.share_door import InviteTo, ShareDoor
from bren_desktop.services.sync_ports import Standing
from bren_desktop.sync.door import open_door
from bren_desktop.sync.enrolment.desk import ShareAwayError
from bren_desktop.sync.transport.share import Listing

if TYPE_CHECKING:
    from tests.sync.laptops import Joining, Laptop, NewLaptop


def doors(*laptops: Laptop) -> list[ShareDoor]:
    return [open_door(laptop.store, laptop.folder / "mirror", laptop.clock) for laptop in laptops]


def test_two_laptops_meet_in_a_folder(new_laptop: NewLaptop, tmp_path: Path) -> None:
    share = tmp_path / "gedeelde map"
    share.mkdir()
    vera, noor = new_laptop("Vera Voorbeeld"), new_laptop("Noor de Wit", Role.SECRETARIS)
    ours, theirs = doors(vera, noor)
    vera.add_case(hulpvraag="van Vera")
    ours.create(vera.actor, str(share), "Jeugdnetwerk Zuid")
    file, code = ours.invite(vera.actor, InviteTo.TEAM, Role.SECRETARIS)
    theirs.join(noor.actor, file, code)
    (request,) = ours.requests()
    ours.approve(vera.actor, request.id)
    assert theirs.cycle().received == 1
    assert noor.questions() == ["van Vera"]
    assert ours.check().troubles == ()
    names = [path.name for path in share.rglob("*") if path.is_file()]
    assert all(len(name) < 80 and name == name.lower() for name in names)


def test_a_folder_that_is_not_there_is_named(new_laptop: NewLaptop, tmp_path: Path) -> None:
    vera = new_laptop("Vera Voorbeeld")
    (door,) = doors(vera)
    with pytest.raises(ShareAwayError, match="niet bereikbaar"):
        door.create(vera.actor, str(tmp_path / "weg"), "Jeugdnetwerk Zuid")
    assert door.status().standing == Standing.ALONE
    assert not door.cycle().reachable
    share = tmp_path / "share"
    share.mkdir()
    door.create(vera.actor, str(share), "Jeugdnetwerk Zuid")
    assert door.status().standing == Standing.MEMBER


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_network_has_a_name_of_bearable_length(new_laptop: NewLaptop, name: str) -> None:
    vera = new_laptop("Vera Voorbeeld")
    with pytest.raises(UserFacingError, match="naam"):
        vera.door.create(vera.actor, "/srv/bren", name)


def test_a_profile_alone_is_told_so(new_laptop: NewLaptop) -> None:
    vera = new_laptop("Vera Voorbeeld")
    for act in (vera.invite, vera.door.requests):
        with pytest.raises(NotFoundError, match="nog niet mee aan een netwerk"):
            act()
    assert vera.door.devices() == []
    assert vera.door.tray() == []
    assert vera.door.actor(vera.actor) == vera.actor
    assert not vera.door.lease().over


def test_nobody_waits_to_look_while_sync_runs(vera: Laptop, join: Joining) -> None:
    """A run hangs on a share that does not answer; the window asks how things stand and gets what was known."""
    join("Noor de Wit")
    known = vera.door.status()
    asked, go_on = threading.Event(), threading.Event()
    answer = vera.share.list

    def slow(folder: str) -> Listing:
        asked.set()
        go_on.wait(30)
        return answer(folder)

    vera.share.list = slow  # type: ignore[method-assign]
    run = threading.Thread(target=vera.door.cycle)
    run.start()
    try:
        assert asked.wait(30)
        assert vera.door.status() is known
    finally:
        go_on.set()
        run.join()
    assert vera.door.status() is not known


def test_an_idle_cycle_looks_at_each_folder_once(vera: Laptop, join: Joining) -> None:
    noor = join("Noor de Wit")
    for laptop in (vera, noor, vera, noor):
        laptop.sync()
    vera.share.calls.clear()
    vera.sync()
    assert {verb for verb, _ in vera.share.calls} <= {"list", "read"}
    listed = {folder: times for (verb, folder), times in vera.share.calls.items() if verb == "list"}
    assert max(listed.values()) <= 2
