"""A segment that reached the mirror before the program ended is the one that counts, if it holds what we have."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from bren_desktop.sync.engine import healing, sealing
from bren_desktop.sync.engine.place import Place
from bren_desktop.sync.format.names import Paths, byte_id
from bren_desktop.sync.transport.share import BusyError

if TYPE_CHECKING:
    from tests.sync.engine.laptops import Crew, Laptop


class PowerCutError(Exception):
    """The program ends here."""


def _ends_before_counting(laptop: Laptop) -> None:
    def ends(*_: object) -> None:
        raise PowerCutError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "_count", ends)
        with pytest.raises(PowerCutError):
            laptop.cycle()
    laptop.restart()


def _cannot_send(laptop: Laptop) -> None:
    def busy(*_: object) -> None:
        raise BusyError("no")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(healing, "put_new", busy)
        laptop.cycle()


def _segments(laptop: Laptop) -> list[str]:
    space = laptop.team
    folder = Paths(Place.id_of(space)).chain(space.device)
    return [name for name, _ in laptop.share.list(folder).files]


def test_what_lies_sealed_in_the_mirror_is_what_goes_up(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    device, before = anna.team.device, len(_segments(anna))
    case = anna.case(roepnaam="Sam")
    _ends_before_counting(anna)
    kept = set(anna.mirror.files(Paths(byte_id(anna.team.id)).chain(device)))

    assert anna.cycle().complete
    bert.cycle()

    assert anna.team.device == device
    assert len(_segments(anna)) == before + 1
    assert set(_segments(anna)) <= kept
    assert bert.values(case)["roepnaam"] == "Sam"


def test_more_was_written_after_the_program_ended(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    device = anna.team.device
    first = anna.case(roepnaam="Sam")
    _ends_before_counting(anna)
    second = anna.case(roepnaam="Noor")

    crew.settle()

    assert anna.team.device == device
    assert [bert.values(case)["roepnaam"] for case in (first, second)] == ["Sam", "Noor"]


def test_a_segment_of_other_operations_is_not_ours_to_count(crew: Crew) -> None:
    """A store that was put back beside a mirror that knows more goes on as a new device, and loses nothing."""
    anna = crew.founder()
    bert = crew.member(anna)
    device = bert.team.device
    bert.store.close()
    image = bert.folder.with_suffix(".image")
    shutil.copytree(bert.folder, image)
    bert.start()
    first = bert.case(roepnaam="Sam")
    _cannot_send(bert)
    bert.store.close()
    for path in bert.folder.glob("store.db*"):
        path.unlink()
    shutil.copy(image / "store.db", bert.folder / "store.db")
    bert.start()
    second = bert.case(roepnaam="Noor")

    crew.settle(3)

    assert bert.team.device != device
    assert [anna.values(case)["roepnaam"] for case in (first, second)] == ["Sam", "Noor"]
    assert anna.state() == bert.state()
