"""A disk of our own that is full loses no signed act, and lets nobody sign on top of what it could not keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.services.sync_ports import Standing
from bren_desktop.sync.enrolment.desk import DiskError

if TYPE_CHECKING:
    from tests.sync.laptops import Laptop, NewLaptop


def test_an_act_waits_in_the_store_until_the_disk_has_room(
    vera: Laptop, new_laptop: NewLaptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = vera.mirror.view()
    monkeypatch.setattr(vera.mirror, "view", lambda: view)
    vera.restart()
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    view.troubles.full = True

    file, code = vera.invite()
    with pytest.raises(DiskError, match="Er is niets veranderd"):
        vera.invite()
    assert "mirror" in {trouble.reason for trouble in vera.sync().troubles}
    assert vera.door.status().standing == Standing.MEMBER

    view.troubles.full = False
    noor.door.join(noor.actor, file, code)
    [request] = vera.door.requests()
    vera.door.approve(vera.actor, request.id)
    noor.sync(2)
    assert noor.door.status().standing == Standing.MEMBER
