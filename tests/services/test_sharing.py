"""Sharing: what follows a run of sync, and who acts after it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.errors import NotAllowedError
from bren_desktop.services.share_door import Away, CycleReport, Device, InviteTo
from bren_desktop.services.sharing import Sharing, actor_today

MINE = Device("d", "Vera Voorbeeld", Role.LID, "RIJ", "AC", ("network", "RIJ"), mine=True, admin=False)


def test_the_actor_follows_the_signed_card(actor: Actor) -> None:
    today = actor_today(actor, [replace(MINE, id="x", mine=False, role=Role.IT), MINE])
    assert (today.role, today.team, today.device) == (Role.LID, "RIJ", "AC")
    assert (today.person, today.name) == (actor.person, actor.name)
    assert today.region != actor.region


def test_without_a_card_the_actor_stays(actor: Actor) -> None:
    assert actor_today(actor, []) == actor
    assert actor_today(actor, [replace(MINE, away=Away.REVOKED), replace(MINE, mine=False)]) == actor


def test_a_team_that_the_list_does_not_know_keeps_the_region(actor: Actor) -> None:
    today = actor_today(actor, [replace(MINE, team="NIEUW", letters="")])
    assert (today.team, today.region, today.device) == ("NIEUW", actor.region, actor.device)


def test_whoever_follows_is_told_after_what_may_have_moved(door: Any, actor: Actor) -> None:
    told: list[CycleReport | None] = []
    sharing = Sharing(lambda: door, told.append, lambda: None)
    sharing.create(actor, "map", "ZW")
    sharing.join(actor, b"", "")
    sharing.set_role(actor, "d", Role.LID)
    sharing.status(actor)
    assert told == [None, None, None]
    assert [sharing.cycle(actor)] == told[3:]


def test_leaving_says_goodbye_first_and_wipes_then(door: Any, actor: Actor) -> None:
    asked: list[str] = door.asked
    Sharing(lambda: door, lambda report: None, lambda: asked.append("wipe")).leave(actor)
    assert asked == ["leave", "wipe"]


def test_a_goodbye_that_fails_wipes_nothing(door: Any, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(actor: Actor) -> None:
        raise ConnectionError

    monkeypatch.setattr(door, "leave", away)
    sharing = Sharing(lambda: door, lambda report: None, lambda: pytest.fail("wiped"))
    with pytest.raises(ConnectionError):
        sharing.leave(actor)


def test_a_secretary_admits_nobody_and_is_told_who_does(door: Any, secretary: Actor) -> None:
    sharing = Sharing(lambda: door, lambda report: None, lambda: None)
    with pytest.raises(NotAllowedError, match="voorzitter of plaatsvervanger"):
        sharing.create(secretary, "map", "ZW")
    with pytest.raises(NotAllowedError, match="voorzitter of plaatsvervanger"):
        sharing.approve(secretary, "r")
    with pytest.raises(NotAllowedError):
        sharing.invite(secretary, InviteTo.TEAM, Role.LID)
    assert door.asked == []
