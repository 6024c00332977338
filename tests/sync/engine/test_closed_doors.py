"""One name, file or folder that cannot be opened stops nothing else, and is named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bren_desktop.services.share_door import REASONS
from bren_desktop.sync.engine import fetch, incoming
from bren_desktop.sync.format.names import text_id
from bren_desktop.sync.transport.folder import FolderShare
from bren_desktop.sync.transport.share import BusyError, Listing, RefusedError, ShareError
from tests.sync.doubles import MemoryStore

if TYPE_CHECKING:
    from tests.sync.engine.laptops import Crew, Laptop


class ClosedShare(FolderShare):
    """A share of which some paths cannot be read or listed."""

    def __init__(self, root: Path, closed: str, error: type[ShareError] = RefusedError) -> None:
        super().__init__(root)
        self._closed = closed
        self._error = error

    def list(self, folder: str) -> Listing:
        if folder == self._closed:
            raise self._error("by plan")
        return super().list(folder)

    def read(self, path: str, limit: int) -> bytes:
        if path == self._closed:
            raise self._error("by plan")
        return super().read(path, limit)


def _reasons(laptop: Laptop) -> set[str]:
    found = {trouble.reason for trouble in laptop.cycle().troubles}
    assert found <= REASONS.keys()
    return found


def _two(crew: Crew) -> tuple[Laptop, Laptop]:
    anna = crew.founder()
    bert = crew.member(anna)
    anna.case(roepnaam="Sam")
    crew.settle()
    return anna, bert


def _exchange(anna: Laptop, bert: Laptop) -> None:
    """Both write, and both get it."""
    before = len(anna.entities())
    anna.case(roepnaam="van Anna")
    bert.case(roepnaam="van Bert")
    for one in (anna, bert, anna):
        one.cycle()
    assert len(anna.entities()) == len(bert.entities()) == before + 2


@pytest.mark.parametrize("folder", ["", "auth/", "key/", "case/", "log/", "log/{own}/", "log/leeg/"])
def test_a_long_name_stops_nobody(crew: Crew, share_folder: Path, folder: str) -> None:
    anna, bert = _two(crew)
    place = share_folder / "sp" / anna.team.id / folder.format(own=text_id(anna.team.device))
    place.mkdir(exist_ok=True)
    (place / ("x" * 110 + ".docx")).write_bytes(b"rooster")
    (place / ("y" * 110)).mkdir()

    _exchange(anna, bert)

    assert anna.cycle().complete


def test_a_long_name_that_a_driver_lists_is_a_stray(tmp_path: Path) -> None:
    from tests.sync.engine.laptops import Crew

    memory = MemoryStore()
    crew = Crew(tmp_path, memory.view)
    try:
        anna, bert = _two(crew)
        memory.put(f"sp/{anna.team.id}/auth/{'x' * 110}.docx", b"rooster")
        memory.put(f"sp/{anna.team.id}/log/{'y' * 110}/a.docx", b"rooster")

        _exchange(anna, bert)
        assert _reasons(bert) == {"stray"}
        bert.restart()
        assert _reasons(bert) == {"stray"}
    finally:
        crew.close()


@pytest.mark.parametrize(("error", "reason"), [(RefusedError, "denied"), (BusyError, "busy")])
def test_a_segment_that_cannot_be_read_waits_alone(
    crew: Crew, share_folder: Path, error: type[ShareError], reason: str
) -> None:
    anna, bert = _two(crew)
    carla = crew.member(anna)
    crew.settle()
    late = anna.case(roepnaam="Bo")
    anna.cycle()
    path = max(share_folder.glob(f"sp/{anna.team.id}/log/{text_id(anna.team.device)}/*.brs"))
    bert.share = ClosedShare(share_folder, path.relative_to(share_folder).as_posix(), error)
    seen = carla.case(roepnaam="van Carla")
    bert.case(roepnaam="van Bert")
    carla.share = bert.share
    carla.cycle()

    assert reason in _reasons(bert)

    anna.cycle()
    assert seen in bert.entities()
    assert late not in bert.entities()
    assert len(anna.entities()) == 4
    bert.share = FolderShare(share_folder)
    assert _reasons(bert) == set()
    assert late in bert.entities()


def test_a_folder_that_is_closed_stops_its_chain_alone(crew: Crew, share_folder: Path) -> None:
    anna, bert = _two(crew)
    carla = crew.member(anna)
    crew.settle()
    carla.case(roepnaam="van Carla")
    carla.cycle()
    bert.share = ClosedShare(share_folder, f"sp/{anna.team.id}/log/{text_id(carla.team.device)}")
    files = sorted(share_folder.rglob("*"))

    _exchange_around(anna, bert)
    assert "denied" in _reasons(bert)
    assert set(share_folder.rglob("*-r*.br?")) <= set(files)

    bert.share = FolderShare(share_folder)
    bert.cycle()
    assert len(bert.entities()) == 4
    assert _reasons(bert) == set()


def _exchange_around(anna: Laptop, bert: Laptop) -> None:
    """Bert writes and Anna gets it, and what she wrote before he lost sight of a colleague stays."""
    bert.case(roepnaam="van Bert")
    bert.cycle()
    anna.cycle()
    anna.case(roepnaam="van Anna")
    anna.cycle()
    bert.cycle()
    assert len(anna.entities()) == 4


@pytest.mark.parametrize("error", [RefusedError, BusyError])
def test_a_hint_that_cannot_be_read_stops_no_space(crew: Crew, share_folder: Path, error: type[ShareError]) -> None:
    anna, bert = _two(crew)
    bert.share = ClosedShare(share_folder, "network.json", error)

    _exchange(anna, bert)


@pytest.mark.parametrize(("error", "reason"), [(RefusedError, "denied"), (BusyError, "busy")])
@pytest.mark.parametrize("folder", ["", "sp/{team}/auth"])
def test_a_space_that_cannot_go_on_says_so(
    crew: Crew, share_folder: Path, folder: str, error: type[ShareError], reason: str
) -> None:
    anna, bert = _two(crew)
    bert.share = ClosedShare(share_folder, folder.format(team=anna.team.id), error)

    report = bert.cycle()

    assert reason in {trouble.reason for trouble in report.troubles}
    assert (report.reachable, report.complete) == (True, False)


def test_names_that_are_all_taken_keep_nobody_from_the_rest(crew: Crew, share_folder: Path) -> None:
    anna, bert = _two(crew)
    victim = min(share_folder.glob(f"sp/{anna.team.id}/auth/*.bra"))
    victim.write_bytes(b"onzin")
    for number in range(1, 100):
        victim.with_name(f"{victim.stem}-r{number}.bra").write_bytes(b"onzin")
    lost = max(share_folder.glob(f"sp/{anna.team.id}/log/*/*.brs"))
    data = lost.read_bytes()
    lost.unlink()

    _exchange(anna, bert)

    assert "damaged" in _reasons(bert)
    assert lost.read_bytes() == data


def test_strays_delay_no_news(crew: Crew, share_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "MOST_STRAYS", 3)
    monkeypatch.setattr(fetch, "MOST_FOLDERS", 3)
    anna, bert = _two(crew)
    space = share_folder / "sp" / anna.team.id
    for folder in (space / "auth", space / "case", space / "log" / text_id(anna.team.device)):
        for number in range(20):
            (folder / f"!{number}.docx").write_bytes(b"rooster")
    for number in range(20):
        (space / "log" / f"!{number}").mkdir()

    _exchange(anna, bert)
