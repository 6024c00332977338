"""From an empty folder to two laptops in one team, and what must not come in on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bren_desktop.domain.actors import Role
from bren_desktop.services.share_door import InviteTo
from bren_desktop.services.sync_ports import Standing

if TYPE_CHECKING:
    from tests.sync.laptops import Laptop, NewLaptop


def test_a_founder_is_the_first_admin_with_the_letters_aa(vera: Laptop) -> None:
    (device,) = vera.door.devices()
    assert (device.name, device.role, device.letters, device.mine, device.admin) == (
        "Vera Voorbeeld",
        Role.VOORZITTER,
        "AA",
        True,
        True,
    )
    assert set(device.spaces) == {"network", "HGL"}
    assert vera.door.status().standing == Standing.MEMBER
    assert vera.door.status().network == "Jeugdnetwerk Zuid"


def test_a_joiner_gets_the_cases_of_the_team_and_brings_his_own(vera: Laptop, new_laptop: NewLaptop) -> None:
    vera.add_case(hulpvraag="van Vera")
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    noor.add_case(hulpvraag="van Noor")
    file, code = vera.invite()
    shown = noor.door.join(noor.actor, file, code)
    request = vera.approve_only()
    assert request.words == shown
    assert (request.name, request.role, request.to) == ("Noor de Wit", Role.SECRETARIS, InviteTo.TEAM)
    noor.sync()
    vera.sync()
    assert noor.questions() == vera.questions() == ["van Noor", "van Vera"]
    assert noor.store.state_hash() == vera.store.state_hash()
    assert noor.actor.device == "AB"
