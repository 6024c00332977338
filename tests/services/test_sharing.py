"""Sharing: what follows a run of sync, and who acts after it."""

from __future__ import annotations

from typing import Any

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.errors import NotAllowedError
from bren_desktop.services.share_door import Away, CycleReport, InviteTo
from bren_desktop.services.sharing import Sharing


def test_whoever_follows_is_told_after_what_may_have_moved(door: Any, actor: Actor) -> None:
    told: list[CycleReport | None] = []
    sharing = Sharing(lambda: door, told.append, lambda: None)
    sharing.create(actor, "map", "ZW")
    sharing.join(actor, b"", "")
    sharing.set_role(actor, "d", Role.LID)
    sharing.invite(actor, InviteTo.TEAM, Role.LID)
    sharing.approve(actor, "r")
    sharing.revoke(actor, "d", Away.LOST)
    sharing.protect(actor, "c", ["d"])
    sharing.take_from_tray(actor, "d")
    assert sharing.recover(actor, "map", (b"it", b"coordinator"), protected=True).cases == 2
    assert "recover map True" in door.asked
    assert told == [None] * 9
    sharing.status(actor)
    sharing.devices(actor)
    sharing.requests(actor)
    assert len(told) == 9
    assert [sharing.cycle(actor)] == told[9:]


def test_the_status_says_what_this_laptop_says_besides(door: Any, actor: Actor) -> None:
    sharing = Sharing(lambda: door, lambda report: None, lambda: None, lambda who: [f"Zie {who.name}."])
    assert sharing.status(actor).warnings == (f"Zie {actor.name}.",)


def test_leaving_says_goodbye_first_and_wipes_then(door: Any, actor: Actor) -> None:
    asked: list[str] = door.asked
    Sharing(lambda: door, lambda report: None, lambda: asked.append("wipe")).leave(actor)
    assert asked == ["leave", "wipe"]


def test_a_goodbye_that_fails_wipes_nothing(door: Any, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(actor: Actor, *, last: bool) -> None:
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
