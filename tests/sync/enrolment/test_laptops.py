"""Laptops get another role, are taken out, are reported lost, or leave; and what happens to what they wrote."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.errors import NotAllowedError, NotFoundError, UserFacingError
from bren_desktop.services.share_door import AskedErasure, Away, Erasing, InviteTo
from bren_desktop.services.sync_ports import Standing
from bren_desktop.storage.store import EncryptedStore
from bren_desktop.sync.enrolment.desk import ShareAwayError

if TYPE_CHECKING:
    from tests.sync.doubles import MemoryStore
    from tests.sync.laptops import Joining, Laptop, NewLaptop


def of(laptop: Laptop, name: str) -> str:
    """The id of somebody's laptop, as one sees it."""
    return next(device.id for device in laptop.door.devices() if device.name == name)


def test_one_laptop_is_one_line_however_many_spaces(vera: Laptop, join: Joining) -> None:
    noor = join("Noor de Wit")
    vera.sync()
    seen = {device.name: device for device in vera.door.devices()}
    assert set(seen) == {"Vera Voorbeeld", "Noor de Wit"}
    assert seen["Noor de Wit"].letters == "AB"
    assert not seen["Noor de Wit"].mine
    assert seen["Noor de Wit"].id == of(noor, "Noor de Wit")
    assert seen["Noor de Wit"].news_ms > 0


def test_another_role_holds_in_all_spaces_and_on_both_laptops(vera: Laptop, join: Joining) -> None:
    noor = join("Noor de Wit")
    case = noor.add_case(hulpvraag="eerst")
    noor.sync()
    vera.sync()
    vera.door.set_role(vera.actor, of(vera, "Noor de Wit"), Role.LID)
    noor.sync()
    assert noor.actor.role.value == "lid"
    assert noor.case(case).hulpvraag == "eerst"
    vera.door.set_role(vera.actor, of(vera, "Noor de Wit"), Role.VOORZITTER)
    noor.sync()
    assert noor.actor.role.value == "voorzitter"
    noor.invite()


def test_the_last_admin_stays_one(vera: Laptop, join: Joining) -> None:
    join("Noor de Wit")
    own = of(vera, "Vera Voorbeeld")
    with pytest.raises(UserFacingError, match="enige laptop van een voorzitter"):
        vera.door.set_role(vera.actor, own, Role.LID)
    with pytest.raises(UserFacingError, match="enige laptop van een voorzitter"):
        vera.door.leave(vera.actor)
    with pytest.raises(UserFacingError, match="Dit is de laptop waar u nu op werkt"):
        vera.door.revoke(vera.actor, own, Away.REVOKED)
    with pytest.raises(NotFoundError, match="geen laptop met dit kenmerk"):
        vera.door.revoke(vera.actor, "a" * 26, Away.REVOKED)


def test_a_role_in_another_team_is_for_that_team(vera: Laptop, join: Joining) -> None:
    zoe = join("Zoë Zwart", Role.VOORZITTER, InviteTo.NETWORK, "ZHZ")
    with pytest.raises(NotAllowedError, match="hoort bij een ander team"):
        vera.door.set_role(vera.actor, of(vera, "Zoë Zwart"), Role.LID)
    assert zoe.sync().reachable
    assert zoe.actor.role is Role.VOORZITTER


def test_who_is_revoked_reads_nothing_new_and_what_he_wrote_late_waits(
    vera: Laptop, join: Joining, memory: MemoryStore
) -> None:
    noor = join("Noor de Wit")
    mine = vera.add_case(hulpvraag="samen gezien")
    vera.sync()
    noor.sync(2)
    vera.sync()
    assert vera.door.revoke(vera.actor, of(vera, "Noor de Wit"), Away.REVOKED) == [mine]
    vera.add_case(hulpvraag="erna")
    vera.sync()
    late = noor.add_case(hulpvraag="te laat")
    report = noor.sync()
    assert not report.dropped
    assert noor.door.status().standing == Standing.OUT
    assert noor.questions() == ["samen gezien", "te laat"]
    vera.sync()
    assert vera.questions() == ["erna", "samen gezien"]
    (away,) = (device for device in vera.door.devices() if device.name == "Noor de Wit")
    assert away.away is Away.REVOKED
    assert [trouble.reason for trouble in vera.door.tray()] == ["late"]
    assert vera.door.take_from_tray(vera.actor, away.id) == 1
    assert vera.case(late).hulpvraag == "te laat"
    assert vera.door.tray() == []
    vera.sync()
    assert vera.door.tray() == []
    assert vera.door.take_from_tray(vera.actor, away.id) == 0
    before = memory.snapshot()
    noor.sync()
    assert memory.snapshot() == before


def test_what_is_taken_from_the_tray_is_the_takers_for_all(vera: Laptop, join: Joining) -> None:
    noor, piet = join("Noor de Wit"), join("Piet Puntje")
    vera.sync()
    vera.door.revoke(vera.actor, of(vera, "Noor de Wit"), Away.REVOKED)
    late = noor.add_case(hulpvraag="te laat")
    noor.sync()
    vera.sync()
    piet.sync()
    assert late not in piet.cases()
    vera.door.take_from_tray(vera.actor, of(vera, "Noor de Wit"))
    piet.sync()
    with piet.store.read() as reader:
        writers = {operation.author.name for operation in reader.history(late, 10)}
    assert writers == {"Vera Voorbeeld"}
    assert piet.store.state_hash() == vera.store.state_hash()


def test_what_the_other_of_two_clones_wrote_is_taken_in_under_the_one_laptop(
    vera: Laptop, join: Joining, memory: MemoryStore
) -> None:
    noor = join("Noor de Wit")
    vera.sync()
    twin = cloned(noor, memory)
    noor.add_case(hulpvraag="van de een")
    noor.sync()
    twin.add_case(hulpvraag="van de ander")
    twin.sync(2)
    noor.add_case(hulpvraag="te laat")
    noor.sync()
    vera.sync()
    (mine,) = (device for device in vera.door.devices() if device.name == "Noor de Wit")
    assert {trouble.device for trouble in vera.door.tray()} == {mine.id}
    assert vera.door.take_from_tray(vera.actor, mine.id) == 1
    assert vera.questions() == ["te laat", "van de ander", "van de een"]
    assert vera.door.tray() == []
    twin.store.close()


def cloned(laptop: Laptop, memory: MemoryStore) -> Laptop:
    """The same profile on another machine."""
    from tests.sync.laptops import Laptop

    laptop.store.close()
    folder = laptop.folder.with_name("kloon")
    shutil.copytree(laptop.folder, folder, ignore=shutil.ignore_patterns("*.lock"))
    laptop.restart()
    mirror = type(memory)()
    mirror.files.update(laptop.mirror.files)
    store = EncryptedStore.open(folder, b"k" * 32, clock=laptop.clock)
    return Laptop(folder, memory.view(), mirror, laptop.clock, laptop.actor, store)


def test_a_secretary_does_not_take_from_the_tray(vera: Laptop, join: Joining) -> None:
    noor, piet = join("Noor de Wit"), join("Piet Puntje")
    vera.sync()
    vera.door.revoke(vera.actor, of(vera, "Noor de Wit"), Away.REVOKED)
    noor.add_case(hulpvraag="te laat")
    noor.sync()
    piet.sync()
    with pytest.raises(NotAllowedError, match="Alleen een voorzitter"):
        piet.door.take_from_tray(piet.actor, of(piet, "Noor de Wit"))


def test_a_lost_laptop_drops_its_key_and_the_cases_on_it_are_named(vera: Laptop, join: Joining) -> None:
    noor = join("Noor de Wit")
    had = vera.add_case(hulpvraag="lag erop")
    vera.sync()
    noor.sync()
    own = noor.add_case(hulpvraag="zelf geschreven")
    noor.sync()
    vera.sync()
    vera.clock.ms += 2 * 60 * 60 * 1000
    vera.add_case(hulpvraag="kwam er nooit")
    vera.sync()
    assert vera.door.revoke(vera.actor, of(vera, "Noor de Wit"), Away.LOST) == sorted([had, own])
    assert noor.sync().dropped
    noor.restart()
    noor.share.troubles.away = True
    assert noor.sync().dropped
    assert next(device.away for device in vera.door.devices() if device.name == "Noor de Wit") is Away.LOST


def test_a_new_key_is_made_at_a_revocation(vera: Laptop, join: Joining) -> None:
    noor, piet = join("Noor de Wit"), join("Piet Puntje")
    with vera.store.look() as rows:
        before = {space.id: set(rows.epoch_keys(space.id)) for space in rows.spaces()}
    vera.door.revoke(vera.actor, of(vera, "Noor de Wit"), Away.LOST)
    piet.sync()
    noor.sync()
    for space, epochs in before.items():
        with vera.store.look() as mine, piet.store.look() as theirs, noor.store.look() as lost:
            assert set(mine.epoch_keys(space)) == set(theirs.epoch_keys(space)) > epochs
            assert set(lost.epoch_keys(space)) == epochs


def test_who_leaves_sends_his_last_edits_first(vera: Laptop, join: Joining) -> None:
    noor = join("Noor de Wit")
    case = noor.add_case(hulpvraag="op de valreep")
    noor.door.leave(noor.actor)
    vera.sync()
    assert vera.case(case).hulpvraag == "op de valreep"
    away = next(device for device in vera.door.devices() if device.name == "Noor de Wit")
    assert away.away is Away.LEFT
    assert vera.door.tray() == []
    later = vera.add_case(hulpvraag="na het vertrek")
    assert vera.sync().published == 1
    noor.sync()
    assert later not in noor.cases()


def test_nobody_leaves_while_the_share_is_away(vera: Laptop, join: Joining) -> None:
    noor = join("Noor de Wit")
    noor.add_case(hulpvraag="nog niet verstuurd")
    noor.share.troubles.away = True
    with pytest.raises(ShareAwayError, match="niet bereikbaar"):
        noor.door.leave(noor.actor)
    noor.share.troubles.away = False
    noor.sync()
    assert noor.door.status().on_share == 1


def test_a_revocation_made_while_the_share_is_away_goes_up_later(vera: Laptop, join: Joining) -> None:
    noor = join("Noor de Wit")
    vera.share.troubles.away = True
    vera.door.revoke(vera.actor, of(vera, "Noor de Wit"), Away.REVOKED)
    vera.share.troubles.away = False
    vera.restart()
    vera.sync()
    noor.sync()
    assert noor.door.status().standing == Standing.OUT


def test_erasing_takes_two_people_of_two_roles(vera: Laptop, join: Joining, memory: MemoryStore) -> None:
    pia = join("Pia Privacy", Role.PRIVACY)
    case = vera.add_case(hulpvraag="moet weg")
    vera.sync()
    pia.sync()
    assert vera.door.erase(vera.actor, case) is Erasing.ASKED
    assert vera.door.erase(vera.actor, case) is Erasing.ASKED
    asked = AskedErasure(case, ("Vera Voorbeeld",), private=False, mine=True)
    assert vera.door.status().erasures == (asked,)
    pia.sync()
    assert case in pia.cases()
    assert pia.door.status().erasures == (replace(asked, mine=False),)
    assert pia.door.erase(pia.actor, case) is Erasing.DONE
    assert pia.cases() == {}
    assert pia.door.status().erasures == ()
    vera.sync()
    assert vera.cases() == {}
    assert vera.door.erase(vera.actor, case) is Erasing.DONE


def test_a_reader_has_no_half_of_an_erasure(vera: Laptop, join: Joining) -> None:
    reader = join("Lid Lezer", Role.LID)
    case = vera.add_case(hulpvraag="blijft")
    vera.sync()
    reader.sync()
    with pytest.raises(NotAllowedError, match="Met uw rol kan het niet"):
        reader.door.erase(reader.actor, case)
    with pytest.raises(NotAllowedError, match="Met uw rol kan het niet"):
        reader.door.erase(reader.as_role(Role.PRIVACY), case)


def test_letters_are_given_once(vera: Laptop, join: Joining) -> None:
    join("Noor de Wit")
    piet = join("Piet Puntje")
    assert piet.actor.device == "AC"
    vera.door.revoke(vera.actor, of(vera, "Piet Puntje"), Away.REVOKED)
    assert join("Quirijn Queen").actor.device == "AD"


def test_status_counts_what_is_underway(vera: Laptop, join: Joining, new_laptop: NewLaptop) -> None:
    noor = join("Noor de Wit")
    vera.add_case(hulpvraag="telt")
    assert vera.door.status().unsent == 1
    vera.sync()
    status = vera.door.status()
    assert (status.unsent, status.on_share, dict(status.received)) == (0, 1, {})
    noor.sync()
    noor.add_case(hulpvraag="antwoord")
    noor.sync()
    vera.sync()
    assert dict(vera.door.status().received) == {1: 1}
    file, code = vera.invite()
    piet = new_laptop("Piet Puntje", Role.SECRETARIS)
    piet.door.join(piet.actor, file, code)
    vera.sync()
    assert vera.door.status().requests == 1
    assert vera.door.status().last_ms == vera.clock.ms


def test_what_lost_its_right_waits_and_can_be_taken_in(
    vera: Laptop, join: Joining, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A patched program writes on after its user was demoted."""
    noor = join("Noor de Wit")
    case = vera.add_case(hulpvraag="eerst")
    vera.sync()
    noor.sync()
    vera.door.set_role(vera.actor, of(vera, "Noor de Wit"), Role.LID)
    noor.sync()
    with monkeypatch.context() as patched:
        patched.setattr("bren_desktop.storage.journal.may_change", lambda *_: True)
        noor.amend(case, krachten="zonder recht")
    noor.door.cycle()
    vera.sync()
    assert vera.case(case).krachten == ""
    assert [(trouble.reason, trouble.record) for trouble in vera.door.tray()] == [("no-right", case)]
    assert ("no-right", case, of(vera, "Noor de Wit")) in [
        (trouble.reason, trouble.record, trouble.device) for trouble in vera.door.status().troubles
    ]
    assert vera.door.take_from_tray(vera.actor, of(vera, "Noor de Wit")) == 1
    assert vera.case(case).krachten == "zonder recht"
    assert vera.door.tray() == []
    assert vera.sync().quarantined == 0


def test_what_is_refused_in_the_pool_names_each_pareltje(
    vera: Laptop, join: Joining, monkeypatch: pytest.MonkeyPatch
) -> None:
    noor = join("Noor de Wit", Role.LID)
    with monkeypatch.context() as patched:
        patched.setattr("bren_desktop.storage.journal.may_change", lambda *_: True)
        patched.setattr("bren_desktop.services.pool.require", lambda *_: None)
        experts = {noor.add_expert(naam=f"Dr. {letter}", profiel="Verzonnen.") for letter in "AB"}
    noor.door.cycle()
    vera.sync()
    refused = [trouble for trouble in vera.door.status().troubles if trouble.reason == "no-right"]
    assert {trouble.record for trouble in refused} == experts
    assert {trouble.device for trouble in refused} == {of(vera, "Noor de Wit")}
    told = [trouble for trouble in vera.sync().troubles if trouble.reason == "no-right"]
    assert {trouble.record for trouble in told} == experts


def test_somebody_who_is_out_does_not_ask_again_with_the_same_profile(vera: Laptop, join: Joining) -> None:
    noor = join("Noor de Wit")
    vera.door.revoke(vera.actor, of(vera, "Noor de Wit"), Away.REVOKED)
    noor.sync()
    file, code = vera.invite()
    with pytest.raises(UserFacingError, match="is daar uit"):
        noor.door.join(noor.actor, file, code)


def test_who_is_out_or_alone_has_nobody_to_tell_that_he_leaves(
    vera: Laptop, join: Joining, new_laptop: NewLaptop
) -> None:
    noor, alone = join("Noor de Wit"), new_laptop("Ans Alleen")
    vera.door.revoke(vera.actor, of(vera, "Noor de Wit"), Away.REVOKED)
    noor.sync()
    noor.share.troubles.away = True
    noor.door.leave(noor.actor)
    with pytest.raises(NotFoundError, match="nog niet mee aan een netwerk"):
        alone.door.leave(alone.actor)
