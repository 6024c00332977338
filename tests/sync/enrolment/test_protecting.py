"""A protected case goes into a space of its own: who is named reads it, the rest of the team does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.domain.course import replay
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.growing_up import plan_entity
from bren_desktop.errors import NotAllowedError, UserFacingError
from bren_desktop.services.course import read_transitions
from bren_desktop.services.share_door import Away, Erasing
from bren_desktop.services.sync_ports import SpaceKind, Standing
from bren_desktop.sync.format.entries import Erase
from bren_desktop.sync.format.names import byte_id

if TYPE_CHECKING:
    from tests.sync.doubles import MemoryStore
    from tests.sync.laptops import Joining, Laptop


def of(laptop: Laptop, name: str) -> str:
    return next(device.id for device in laptop.door.devices() if device.name == name)


@pytest.fixture
def noor(join: Joining) -> Laptop:
    return join("Noor de Wit")


@pytest.fixture
def piet(join: Joining) -> Laptop:
    return join("Piet Puntje")


@pytest.fixture
def case(vera: Laptop, noor: Laptop, piet: Laptop) -> str:
    """A case that all three have, with something below it."""
    entity = vera.add_case(hulpvraag="van een collega", extern_id="DOS-9")
    vera.write(Kind.CONTACT, {("casus", ""): entity, ("tekst", ""): "gebeld"})
    vera.write(Kind.FUTURE_PLAN, {("casus", ""): entity, ("coach", ""): "Oma"})
    for laptop in (vera, noor, piet):
        laptop.sync()
    return entity


@pytest.fixture
def protected(vera: Laptop, noor: Laptop, piet: Laptop, case: str) -> str:
    moved = vera.door.protect(vera.actor, case, [of(vera, "Noor de Wit")])
    for laptop in (noor, piet, vera, noor):
        laptop.sync()
    return moved


def test_the_named_have_it_at_their_next_sync_and_others_not(
    vera: Laptop, noor: Laptop, piet: Laptop, case: str, protected: str
) -> None:
    assert noor.case(protected) == vera.case(protected)
    assert vera.case(protected).hulpvraag == "van een collega"
    assert protected not in piet.cases()
    contacts = [values for values in noor.all(Kind.CONTACT).values() if values["casus", ""] == protected]
    assert [values["tekst", ""] for values in contacts] == ["gebeld"]
    assert noor.all(Kind.FUTURE_PLAN)[plan_entity(protected)]["coach", ""] == "Oma"


def test_steps_go_along_in_their_order_and_the_case_that_stays_says_where_it_went(
    vera: Laptop, noor: Laptop, case: str
) -> None:
    for target in ("ST-AAN", "ST-TRI", "ST-AVU", "ST-TRI", "ST-RET"):
        vera.write(Kind.TRANSITION, {("casus", ""): case, ("naar", ""): target})
    vera.amend(case, status="ST-RET")
    moved = vera.door.protect(vera.actor, case, [of(vera, "Noor de Wit")])
    with vera.store.read() as reader:
        there, here = (read_transitions(reader, each) for each in (moved, case))
    assert [step.naar for step in there] == ["ST-AAN", "ST-TRI", "ST-AVU", "ST-TRI", "ST-RET"]
    assert (here[-1].van, here[-1].naar, here[-1].besluit) == ("ST-RET", "ST-OVG", vera.actor.name)
    assert (replay(there), replay(here)) == (vera.case(moved).status, vera.case(case).status)


def test_a_link_of_another_case_stays_with_that_case(vera: Laptop, noor: Laptop, piet: Laptop, case: str) -> None:
    sister = vera.add_case(hulpvraag="van een zus")
    vera.write(Kind.LINK, {("casus", ""): sister, ("andere", ""): case, ("soort", ""): "SV-BRZ"})
    vera.write(Kind.LINK, {("casus", ""): case, ("andere", ""): sister, ("soort", ""): "SV-ADRES"})
    moved = vera.door.protect(vera.actor, case, [of(vera, "Noor de Wit")])
    for laptop in (noor, piet, vera, noor):
        laptop.sync()
    links = [
        (values["casus", ""], values["andere", ""], values["soort", ""]) for values in noor.all(Kind.LINK).values()
    ]
    assert sorted(links) == sorted([(sister, case, "SV-BRZ"), (case, sister, "SV-ADRES"), (moved, sister, "SV-ADRES")])
    assert moved not in {value for values in piet.all(Kind.LINK).values() for value in values.values()}


def test_it_has_a_number_of_its_own_and_the_old_one_is_closed(
    vera: Laptop, piet: Laptop, case: str, protected: str
) -> None:
    old, new = vera.case(case), vera.case(protected)
    assert old.status == piet.case(case).status == "ST-OVG"
    assert new.nummer != old.nummer
    assert new.eerder_kenmerk == old.nummer
    assert (old.extern_id, new.extern_id) == ("DOS-9", "")


def test_no_id_or_key_is_the_same_in_two_spaces(vera: Laptop, noor: Laptop, protected: str) -> None:
    for laptop in (vera, noor):
        with laptop.store.look() as rows:
            held = rows.spaces()
            assert {space.standing for space in held} == {Standing.MEMBER}
            for part in ("device", "sign_seed", "box_seed", "name_key", "founding"):
                assert len({getattr(space, part) for space in held}) == 3
            keys = [set(rows.epoch_keys(space.id).values()) for space in held]
        assert not set.intersection(*keys)


def test_who_protected_it_does_not_hold_the_keys_of_the_others(vera: Laptop, noor: Laptop, protected: str) -> None:
    """The device that was admitted was renewed at once, under seeds that nobody else ever had."""
    with noor.store.look() as rows:
        (space,) = (one for one in rows.spaces() if one.kind is SpaceKind.CASE)
    with vera.door._desk.looking() as (_, posts):
        (post,) = (one for one in posts if one.space.kind is SpaceKind.CASE)
        cards = [card for card in post.membership.cards.values() if card.name == "Noor de Wit"]
        renewed = {card.device: post.membership.renewed_as(card.device) for card in cards}
    assert len(cards) == len({card.sign_key for card in cards}) == len({card.box_key for card in cards}) == 2
    assert set(renewed.values()) == {space.device, None}
    (shown,) = (device for device in vera.door.devices() if device.name == "Noor de Wit")
    assert "case" in shown.spaces


def test_both_go_on_in_it(vera: Laptop, noor: Laptop, piet: Laptop, protected: str, memory: MemoryStore) -> None:
    noor.amend(protected, krachten="van Noor")
    noor.write(Kind.CONTACT, {("casus", ""): protected, ("tekst", ""): "langs geweest"})
    for laptop in (noor, vera, piet):
        assert laptop.sync().quarantined == 0
    assert vera.case(protected).krachten == "van Noor"
    assert "langs geweest" in [values["tekst", ""] for values in vera.all(Kind.CONTACT).values()]
    assert "langs geweest" not in [values["tekst", ""] for values in piet.all(Kind.CONTACT).values()]


def test_what_is_erased_in_one_space_stays_in_another(vera: Laptop, noor: Laptop, join: Joining) -> None:
    """Two people ask it in the space of a protected case; it is a case of the team, that all three have."""
    pia = join("Pia Privacy", Role.PRIVACY)
    case, own = vera.add_case(hulpvraag="van het team"), vera.add_case(hulpvraag="beschermd")
    for laptop in (vera, noor, pia):
        laptop.sync()
    moved = vera.door.protect(vera.actor, own, [of(vera, "Noor de Wit"), of(vera, "Pia Privacy")])
    for laptop in (noor, pia, vera, noor, pia):
        laptop.sync()
    for laptop in (vera, pia):
        with laptop.door._desk.acting() as (_, posts):
            (post,) = (one for one in posts if one.space.kind is SpaceKind.CASE)
            post.write(Erase(byte_id(case)))
        laptop.sync()
    for laptop in (vera, pia, noor):
        laptop.sync()
        assert {case, moved} <= laptop.cases().keys()
        with laptop.store.look() as rows:
            assert rows.erased() == frozenset()
    assert vera.door.erase(vera.actor, case) is Erasing.ASKED


def test_a_revoked_laptop_is_out_of_it_too(vera: Laptop, noor: Laptop, case: str, protected: str) -> None:
    on_it = vera.door.revoke(vera.actor, of(vera, "Noor de Wit"), Away.REVOKED)
    assert set(on_it) == {case, protected}
    vera.amend(protected, krachten="na Noor")
    vera.sync()
    noor.sync()
    with noor.store.look() as rows:
        assert {space.standing for space in rows.spaces()} == {Standing.OUT}
    assert noor.case(protected).krachten == ""


def test_only_an_admin_protects_and_only_once(vera: Laptop, noor: Laptop, case: str, protected: str) -> None:
    with pytest.raises(NotAllowedError, match="Alleen een voorzitter of plaatsvervanger"):
        noor.door.protect(noor.as_role(Role.VOORZITTER), case, [])
    with pytest.raises(UserFacingError, match="ruimte van zichzelf"):
        vera.door.protect(vera.actor, protected, [])
    with pytest.raises(UserFacingError, match="hoort niet"):
        vera.door.protect(vera.actor, case, ["a" * 26])
