"""The program ends at any step of founding, asking, approving and coming in; the same command again finishes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import UserFacingError
from bren_desktop.services.share_door import Away, InviteTo
from bren_desktop.services.sync_ports import Standing

if TYPE_CHECKING:
    from tests.sync.laptops import Fuse, Laptop, NewLaptop

SAMPLE = 43
"""Of so many steps the suite tries one; `torture` tries all."""


class Story:
    """Two colleagues found a network and come together; whoever's program ends starts it again and asks anew."""

    def __init__(self, vera: Laptop, noor: Laptop, fuse: Fuse, to: InviteTo) -> None:
        self.vera, self.noor, self.to = vera, noor, to
        self.fuse = vera.fuse = noor.fuse = fuse
        self.invite = b"", ""
        for laptop in (vera, noor):
            laptop.restart()

    def run(self) -> None:
        self.again(self.vera, self.found)
        self.again(self.vera, self.write_invite)
        self.again(self.noor, self.ask)
        self.again(self.vera, self.approve)
        for laptop in (self.noor, self.vera, self.noor, self.vera):
            self.cycle(laptop)

    def cycle(self, laptop: Laptop) -> None:
        self.again(laptop, lambda: laptop.door.cycle())  # noqa: PLW0108  another door after a crash

    def again(self, laptop: Laptop, act: Callable[[], object]) -> None:
        from tests.sync.laptops import Crash

        try:
            act()
        except Crash:
            laptop.restart()
            act()

    def found(self) -> None:
        if self.vera.door.status().standing == Standing.ALONE:
            self.vera.create()

    def write_invite(self) -> None:
        role = Role.SECRETARIS if self.to is InviteTo.TEAM else Role.VOORZITTER
        self.invite = self.vera.invite(self.to, role)

    def ask(self) -> None:
        self.noor.door.join(self.noor.actor, *self.invite)

    def approve(self) -> None:
        for request in self.vera.door.requests():
            try:
                self.vera.door.approve(self.vera.actor, request.id)
            except UserFacingError as error:
                assert "geldt één keer" in str(error)  # noqa: PT017  the request that a crash left behind


def tell(new_laptop: NewLaptop, to: InviteTo, last: int) -> Story:
    """The story on an empty share."""
    from tests.sync.doubles import MemoryStore
    from tests.sync.laptops import Fuse

    memory = MemoryStore()
    vera, noor = new_laptop("Vera Voorbeeld"), new_laptop("Noor de Wit", team="HGL" if to is InviteTo.TEAM else "ZHZ")
    vera.share, noor.share = memory.view(), memory.view()
    vera.add_case(hulpvraag="van Vera")
    noor.add_case(hulpvraag="van Noor")
    noor.add_expert(naam="Pim Pareltje")
    story = Story(vera, noor, Fuse(last), to)
    story.run()
    return story


def check(story: Story) -> None:
    vera, noor = story.vera, story.noor
    assert vera.door.status().standing == noor.door.status().standing == Standing.MEMBER
    if story.to is InviteTo.TEAM:
        assert vera.questions() == noor.questions() == ["van Noor", "van Vera"]
        assert vera.store.state_hash() == noor.store.state_hash()
    else:
        assert (vera.questions(), noor.questions()) == (["van Vera"], ["van Noor"])
    assert len(vera.all(Kind.EXPERT)) == len(noor.all(Kind.EXPERT)) == 1


def sweep(new_laptop: NewLaptop, to: InviteTo, start: int, step: int) -> int:
    last = start
    while True:
        story = tell(new_laptop, to, last)
        check(story)
        if story.fuse.burnt < last:
            return last
        last += step


@pytest.mark.parametrize("to", InviteTo)
def test_a_crash_at_some_steps_of_joining_loses_nothing(new_laptop: NewLaptop, to: InviteTo) -> None:
    assert sweep(new_laptop, to, 3, SAMPLE) > 30


@pytest.mark.torture
@pytest.mark.parametrize("to", InviteTo)
@pytest.mark.parametrize("start", range(1, 9))
def test_a_crash_at_any_step_of_joining_loses_nothing(new_laptop: NewLaptop, to: InviteTo, start: int) -> None:
    assert sweep(new_laptop, to, start, 8) > 30


def revoke_and_crash(new_laptop: NewLaptop, last: int) -> bool:
    from tests.sync.laptops import Fuse

    story = tell(new_laptop, InviteTo.TEAM, 0)
    vera, noor = story.vera, story.noor
    (device,) = (one.id for one in vera.door.devices() if not one.mine)
    vera.fuse = noor.fuse = story.fuse = Fuse(last)
    vera.restart()

    def revoke() -> None:
        if any(one.id == device and one.away is None for one in vera.door.devices()):
            vera.door.revoke(vera.actor, device, Away.LOST)

    story.again(vera, revoke)
    story.cycle(vera)
    assert noor.door.cycle().dropped
    with vera.store.look() as rows:
        assert all(len(rows.epoch_keys(space.id)) == 2 for space in rows.spaces())
    return story.fuse.burnt >= last


def test_a_crash_at_some_steps_of_a_revocation_leaves_one_revocation(new_laptop: NewLaptop) -> None:
    assert revoke_and_crash(new_laptop, 4)
    assert revoke_and_crash(new_laptop, 6)


@pytest.mark.torture
def test_a_crash_at_any_step_of_a_revocation_leaves_one_revocation(new_laptop: NewLaptop) -> None:
    last = 1
    while revoke_and_crash(new_laptop, last):
        last += 1
    assert last > 10


def protect_and_crash(new_laptop: NewLaptop, last: int) -> bool:
    from tests.sync.laptops import Fuse

    story = tell(new_laptop, InviteTo.TEAM, 0)
    vera, noor = story.vera, story.noor
    (device,) = (one.id for one in vera.door.devices() if not one.mine)
    case = next(entity for entity, one in vera.cases().items() if one.hulpvraag == "van Vera")
    vera.fuse = noor.fuse = story.fuse = Fuse(last)
    for laptop in (vera, noor):
        laptop.restart()

    def protect() -> None:
        if vera.case(case).status != "ST-OVG":
            vera.door.protect(vera.actor, case, [device])

    story.again(vera, protect)
    for laptop in (noor, vera, noor, vera):
        story.cycle(laptop)
    assert vera.questions() == noor.questions() == ["van Noor", "van Vera", "van Vera"]
    assert vera.store.state_hash() == noor.store.state_hash()
    return story.fuse.burnt >= last


def test_a_crash_at_some_steps_of_protecting_a_case_makes_one_space(new_laptop: NewLaptop) -> None:
    assert protect_and_crash(new_laptop, 11)
    assert protect_and_crash(new_laptop, 42)


@pytest.mark.torture
@pytest.mark.parametrize("start", range(1, 9))
def test_a_crash_at_any_step_of_protecting_a_case_makes_one_space(new_laptop: NewLaptop, start: int) -> None:
    last = start
    while protect_and_crash(new_laptop, last):
        last += 8
    assert last > 30
