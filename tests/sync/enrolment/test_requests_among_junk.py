"""What else lies in the folder for requests hides none, and stops nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.services.sync_ports import Standing
from bren_desktop.sync.enrolment import requested
from bren_desktop.sync.format.names import text_id

if TYPE_CHECKING:
    from tests.sync.doubles import MemoryStore
    from tests.sync.laptops import Laptop, NewLaptop


def test_files_that_sort_before_a_request_do_not_hide_it(
    vera: Laptop, new_laptop: NewLaptop, memory: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requested, "_MOST", 5)
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    for number in range(10):
        memory.put(f"join/!{number}.docx", b"rooster")
    file, code = vera.invite()
    noor.door.join(noor.actor, file, code)

    [request] = vera.door.requests()
    vera.door.approve(vera.actor, request.id)
    noor.sync(2)
    assert noor.door.status().standing == Standing.MEMBER


@pytest.mark.parametrize("folder", ["join", "sp/{space}/key"])
def test_a_name_too_long_to_open_stops_no_request(
    vera: Laptop, new_laptop: NewLaptop, memory: MemoryStore, folder: str
) -> None:
    noor = new_laptop("Noor de Wit", Role.SECRETARIS)
    with vera.store.look() as rows:
        spaces = [space.id for space in rows.spaces()]
    for space in spaces:
        memory.put(f"{folder.format(space=space)}/{'x' * 118}", b"rooster")
    file, code = vera.invite()
    noor.door.join(noor.actor, file, code)

    [request] = vera.door.requests()
    assert len(request.id) == len(text_id(bytes(16)))
    vera.door.approve(vera.actor, request.id)
    noor.sync(2)
    assert noor.door.status().standing == Standing.MEMBER
