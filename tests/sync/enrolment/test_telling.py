"""What is told of a laptop names it as the list of laptops does, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Author
from bren_desktop.services.share_door import Away

if TYPE_CHECKING:
    from tests.sync.laptops import HandClock, Joining, Laptop


def id_of(laptop: Laptop, name: str) -> str:
    return next(one.id for one in laptop.door.devices() if one.name == name)


def test_a_clock_that_is_wrong_is_told_once_and_until_it_is_right(
    vera: Laptop, join: Joining, clock: HandClock
) -> None:
    noor = join("Noor de Wit")
    vera.sync()
    noor.sync()
    clock.days(-3650)
    said = noor.sync().troubles
    other = id_of(noor, "Vera Voorbeeld")
    assert [(one.reason, one.where, one.device) for one in said] == [("clock", other, other)]
    clock.days(3650)
    assert noor.sync().troubles == ()
    assert vera.sync().troubles == ()


def test_what_is_taken_from_the_tray_comes_with_its_attachments(vera: Laptop, join: Joining) -> None:
    noor, piet = join("Noor de Wit"), join("Piet Puntje", Role.PROCESREGISSEUR)
    case = vera.add_case(hulpvraag="met een brief")
    for laptop in (vera, noor, piet, vera):
        laptop.sync()
    with noor.store.write(Author(noor.actor.person, noor.actor.name, noor.actor.role.value)) as writer:
        digest = writer.put_attachment(b"%PDF-1.7 brief" * 50)
        writer.write(Kind.DOCUMENT, noor.store.new_entity(), {("casus", ""): case, ("pdf", ""): digest})
    vera.door.revoke(vera.actor, id_of(vera, "Noor de Wit"), Away.REVOKED)
    noor.sync()
    vera.sync(2)
    assert vera.door.take_from_tray(vera.actor, id_of(vera, "Noor de Wit")) == 1
    for laptop in (vera, piet, vera):
        laptop.sync()
    for laptop in (vera, piet):
        assert len(laptop.all(Kind.DOCUMENT)) == 1
        with laptop.store.read() as reader:
            assert reader.attachment(digest) is not None
