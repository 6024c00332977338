"""What a cycle may cost, and what it must not do before keys are in place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bren_desktop.services.share_door import Progress
from bren_desktop.sync.engine import apply
from bren_desktop.sync.transport.folder import FolderShare
from bren_desktop.sync.transport.share import Listing
from tests.benchmarks import year

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.sync.engine.laptops import Crew, Laptop


class CountingShare(FolderShare):
    """Counts the calls per folder, all six verbs, and remembers what was put."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.calls: Counter[str] = Counter()
        self.put: list[str] = []

    def list(self, folder: str) -> Listing:
        self.calls[folder] += 1
        return super().list(folder)

    def read(self, path: str, limit: int) -> bytes:
        self._count(path)
        return super().read(path, limit)

    def put_new(self, path: str, data: bytes) -> None:
        self._count(path)
        self.put.append(path)
        super().put_new(path, data)

    def exists(self, path: str) -> bool:
        self._count(path)
        return super().exists(path)

    def stat(self, path: str) -> int:
        self._count(path)
        return super().stat(path)

    def trash(self, path: str) -> None:
        self._count(path)
        super().trash(path)

    def _count(self, path: str) -> None:
        self.calls[path.rpartition("/")[0]] += 1


def test_an_idle_cycle_makes_two_calls_per_folder_at_most(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    for _ in range(3):
        crew.member(anna).case(roepnaam="Sam")
    crew.settle()
    _assert_idle_is_cheap(anna, share_folder)


def test_so_it_is_with_sixty_laptops_and_a_year_of_news(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    crew.member(anna).case(roepnaam="Sam")
    year.fill(anna.store, crew.clock.ms, share_folder, 58, year.Span(months=2, days=3))
    crew.settle()

    share = _assert_idle_is_cheap(anna, share_folder)

    logs = [folder for folder in share.calls if "/log/" in folder]
    assert len(logs) == 58 + 2 + 2, "every laptop was looked at, in the network and in the team"


def _assert_idle_is_cheap(one: Laptop, share_folder: Path) -> CountingShare:
    """Some cycles without news, and the first of a new process."""
    one.share = share = CountingShare(share_folder)
    for _ in range(4):
        share.calls.clear()
        assert one.cycle().complete
        assert share.calls
        assert max(share.calls.values()) <= 2
    assert share.put == []

    one.restart()
    share.calls.clear()
    one.cycle()
    assert max(share.calls.values()) <= 2
    return share


def test_nothing_leaves_a_profile_that_is_alone(crew: Crew, share_folder: Path) -> None:
    anna = crew.laptop()
    anna.case(roepnaam="Sam")
    anna.share = share = CountingShare(share_folder)

    report = anna.cycle()

    assert (report.reachable, report.published) == (True, 0)
    assert share.put == []


def test_nothing_is_sealed_before_the_admission_and_the_key_are_here(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    bert = crew.laptop()
    anna.admit(bert)
    bert.case(roepnaam="Sam")
    bert.share = share = CountingShare(share_folder)

    before = bert.cycle()
    assert (before.published, before.complete) == (0, False)
    assert [path for path in share.put if path.startswith("sp/")] == []

    anna.cycle()
    away = [(path, path.read_bytes()) for path in share_folder.glob("sp/*/key/*")]
    for path, _ in away:
        path.unlink()
    assert bert.cycle().published == 0
    assert [path for path in share.put if "/log/" in path] == []

    for path, data in away:
        path.write_bytes(data)
    assert bert.cycle().published == 1


def test_keys_go_up_before_what_needs_them(crew: Crew, share_folder: Path) -> None:
    anna = crew.laptop()
    anna.share = share = CountingShare(share_folder)
    from bren_desktop.domain.actors import Role

    anna.actor = type(anna.actor)(anna.actor.person, anna.actor.name, Role.VOORZITTER, "HGL", "JZ24")
    anna.found()
    anna.case(roepnaam="Sam")
    anna.cycle()

    kinds = [path.rpartition(".")[2] for path in share.put if anna.team.id in path]
    assert kinds == ["bra", "brk", "brc", "brs"]


def test_a_join_is_told_can_be_stopped_and_goes_on(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apply, "PARCELS", 3)
    anna = crew.founder()
    for number in range(9):
        anna.case(roepnaam=f"Kind {number}")
        anna.cycle()
    bert = crew.laptop()
    anna.admit(bert)
    anna.cycle()
    told: list[Progress] = []

    first = bert.engine.cycle(told.append, lambda: any(one.done for one in told))
    here = len(bert.entities())
    rest = bert.engine.cycle(told.append)

    assert not first.complete
    assert 0 < here == first.received < 9
    assert here + rest.received == len(bert.entities()) == 9
    assert rest.complete
    assert told[-1].done == told[-1].total == rest.received


def test_segments_are_split_by_size_and_number(crew: Crew, monkeypatch: pytest.MonkeyPatch, share_folder: Path) -> None:
    from bren_desktop.sync.engine import sealing

    monkeypatch.setattr(sealing, "MOST_PARCELS", 4)
    anna = crew.founder()
    bert = crew.member(anna)
    for number in range(10):
        anna.case(roepnaam=f"Kind {number}")

    assert anna.cycle().published == 10
    assert bert.cycle().received == 10
    assert len(list(share_folder.glob(f"sp/{anna.team.id}/log/*/*.brs"))) == 1 + 1 + 3
    assert anna.state() == bert.state()
