"""More than one request: asked again, asked on a used invite, and asked by whoever got hold of the code."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bren_desktop.crypto import codes
from bren_desktop.crypto.seal import new_key, public_box_key, public_sign_key
from bren_desktop.domain.actors import Role
from bren_desktop.errors import UserFacingError
from bren_desktop.services.share_door import REASONS, Away
from bren_desktop.services.sync_ports import Standing
from bren_desktop.sync.format import invites
from bren_desktop.sync.transport.share import Listing

if TYPE_CHECKING:
    from tests.sync.doubles import MemoryStore
    from tests.sync.laptops import HandClock, Joining, Laptop, NewLaptop


def reasons(laptop: Laptop) -> set[str]:
    return {trouble.reason for trouble in laptop.sync().troubles}


def id_of(laptop: Laptop, name: str) -> str:
    """The laptop of that name which is not out."""
    return next(one.id for one in laptop.door.devices() if one.name == name and one.away is None)


def test_who_has_the_code_cannot_hide_behind_the_words_of_an_honest_request(
    vera: Laptop, new_laptop: NewLaptop, memory: MemoryStore
) -> None:
    """The code travelled with the invite: a second request takes the id of the first, and a name that sorts before."""
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    file, code = vera.invite()
    said = noor.door.join(noor.actor, file, code)
    raw = codes.parse_code(code)
    invite = invites.read_invite(file, raw).id
    key = invites.request_key(raw, invite)
    (path,) = memory.paths(".brj")
    honest = invites.read_request(memory.files[path], key)
    seeds = [new_key() for _ in honest.devices]
    stolen = tuple(
        device._replace(
            device=secrets.token_bytes(16), sign_key=public_sign_key(seed), box_key=public_box_key(new_key())
        )
        for device, seed in zip(honest.devices, seeds, strict=True)
    )
    memory.put("join/" + "a" * 26 + ".brj", invites.request_file(replace(honest, devices=stolen), invite, key))
    shown = vera.door.requests()
    assert len({request.words for request in shown}) == 2, "each request is shown with the words of its own bytes"
    (compared,) = (request for request in shown if request.words == said)
    vera.door.approve(vera.actor, compared.id)
    noor.sync(2)
    assert noor.door.status().standing == Standing.MEMBER
    with vera.door._desk.looking() as (_, posts):
        inside = {card.sign_key for post in posts for card in post.membership.cards.values()}
    assert not inside & {public_sign_key(seed) for seed in seeds}


def test_asking_again_on_the_same_invite_is_the_same_request(
    vera: Laptop, new_laptop: NewLaptop, memory: MemoryStore
) -> None:
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    file, code = vera.invite()
    said = noor.door.join(noor.actor, file, code)
    (path,) = memory.paths(".brj")
    memory.delete(path)
    assert noor.door.join(noor.actor, file, code) == said
    assert memory.paths(".brj") == [path], "what the share lost of it is there again"
    vera.approve_only()
    noor.sync()
    assert noor.door.status().standing == Standing.MEMBER


@pytest.mark.parametrize("approved", ["older", "newer"])
def test_whichever_of_two_requests_is_approved_the_laptop_comes_in(
    vera: Laptop, new_laptop: NewLaptop, approved: str
) -> None:
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    older = noor.door.join(noor.actor, *vera.invite())
    newer = noor.door.join(noor.actor, *vera.invite())
    words = {"older": older, "newer": newer}[approved]
    (chosen,) = (request for request in vera.door.requests() if request.words == words)
    (other,) = (request for request in vera.door.requests() if request.words != words)
    vera.door.approve(vera.actor, chosen.id)
    noor.sync()
    assert noor.door.status().standing == Standing.MEMBER
    assert vera.door.requests() == []
    with pytest.raises(UserFacingError, match="al toegelaten"):
        vera.door.approve(vera.actor, other.id)
    assert len(vera.door.devices()) == 2


def test_a_person_whose_laptops_are_all_out_may_come_in_anew(
    vera: Laptop, join: Joining, new_laptop: NewLaptop
) -> None:
    noor = join("Noor de Wit")
    vera.door.revoke(vera.actor, id_of(vera, "Noor de Wit"), Away.REVOKED)
    other = new_laptop("Noor de Wit", Role.SECRETARIS)
    other.actor = noor.as_role(Role.SECRETARIS)
    other.enter(vera)
    vera.sync()
    assert other.door.status().standing == Standing.MEMBER
    assert [one.away for one in vera.door.devices() if one.name == "Noor de Wit"].count(None) == 1


def test_who_is_out_gives_the_name_to_nobody_else(vera: Laptop, join: Joining, new_laptop: NewLaptop) -> None:
    noor = join("Noor de Wit")
    vera.door.revoke(vera.actor, id_of(vera, "Noor de Wit"), Away.REVOKED)
    other = new_laptop("Mallory", Role.SECRETARIS)
    other.actor = replace(noor.actor, name="Mallory")
    other.door.join(other.actor, *vera.invite())
    (request,) = vera.door.requests()
    with pytest.raises(UserFacingError, match="past niet bij de uitnodiging"):
        vera.door.approve(vera.actor, request.id)


def test_a_used_invite_is_refused_at_once(vera: Laptop, new_laptop: NewLaptop, memory: MemoryStore) -> None:
    first, second = new_laptop("Noor de Wit", Role.SECRETARIS), new_laptop("Piet Puntje", Role.SECRETARIS)
    file, code = vera.invite()
    first.door.join(first.actor, file, code)
    vera.approve_only()
    before = memory.snapshot()
    with pytest.raises(UserFacingError, match="al gebruikt"):
        second.door.join(second.actor, file, code)
    assert memory.snapshot() == before
    assert second.door.status().standing == Standing.ALONE


def test_who_came_second_is_told_at_the_next_sync(vera: Laptop, new_laptop: NewLaptop) -> None:
    first, second = new_laptop("Noor de Wit", Role.SECRETARIS), new_laptop("Piet Puntje", Role.SECRETARIS)
    file, code = vera.invite()
    for laptop in (first, second):
        laptop.door.join(laptop.actor, file, code)
    assert reasons(second) == set()
    (request,) = (one for one in vera.door.requests() if one.name == "Noor de Wit")
    vera.door.approve(vera.actor, request.id)
    assert reasons(second) == {"used"}
    assert "al gebruikt" in REASONS["used"]
    assert reasons(first) == set()
    second.enter(vera)
    assert second.door.status().standing == Standing.MEMBER


def test_who_was_not_let_in_in_time_is_told(vera: Laptop, new_laptop: NewLaptop, clock: HandClock) -> None:
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    noor.door.join(noor.actor, *vera.invite())
    clock.days(6)
    assert reasons(noor) == set()
    clock.days(2)
    assert reasons(noor) == {"stale"}
    noor.enter(vera)
    assert reasons(noor) == set()


def test_approving_reads_the_share_before_it_takes_the_store(vera: Laptop, new_laptop: NewLaptop) -> None:
    """Whoever saves in the window does not wait for a slow share."""
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    noor.door.join(noor.actor, *vera.invite())
    (request,) = vera.door.requests()
    vera.sync()
    answer, saved = vera.share.list, []

    def while_saving(folder: str) -> Listing:
        vera.keep_draft("getypt", folder)
        saved.append(folder)
        return answer(folder)

    vera.share.list = while_saving  # type: ignore[method-assign]
    vera.door.approve(vera.actor, request.id)
    assert "join" in saved
