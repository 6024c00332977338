"""A mirror that the disk spoilt heals from the share and never travels to it; what it lost unsent is written again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from bren_desktop.services.share_door import REASONS
from bren_desktop.services.sync_ports import SpaceKind
from bren_desktop.sync.enrolment.posts import SpoiltLogError
from bren_desktop.sync.format.entries import SetRole
from bren_desktop.sync.format.names import text_id
from bren_desktop.sync.transport.folder import FolderShare
from bren_desktop.sync.transport.share import AwayError, RefusedError

if TYPE_CHECKING:
    from tests.sync.engine.laptops import Crew, Laptop

HOUR = 60 * 60 * 1000
DAMAGE: Sequence[Callable[[Path], object]] = (Path.unlink, lambda path: path.write_bytes(b"bedorven"))


class Without(FolderShare):
    """A share that goes away just before a file of one kind is put."""

    def __init__(self, root: Path, kind: str) -> None:
        super().__init__(root)
        self._kind = kind

    def put_new(self, path: str, data: bytes) -> None:
        if path.endswith(self._kind):
            raise AwayError("by plan")
        super().put_new(path, data)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _flip(folder: Path, pattern: str) -> int:
    """Turn a bit over in the middle of each of these files; how many."""
    paths = list(folder.rglob(pattern))
    for path in paths:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    return len(paths)


def _reasons(laptop: Laptop) -> set[str]:
    return {trouble.reason for trouble in laptop.cycle().troubles}


def test_nobody_signs_on_top_of_a_log_that_the_disk_spoilt(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    assert _flip(anna.folder / "mirror" / "sp" / anna.team.id / "auth", "*.bra")
    anna.restart()
    act = SetRole(bert.team.device, Role.LID)

    for _ in range(2):
        with pytest.raises(SpoiltLogError):
            anna.sign(SpaceKind.TEAM, act)

    assert _reasons(anna) == {"spoilt"}
    anna.sign(SpaceKind.TEAM, act)
    assert _reasons(anna) == set()
    with anna.store.look() as rows:
        assert anna.post(rows).membership.role(bert.team.device) is Role.LID


@pytest.mark.parametrize("is_restarted", [False, True], ids=["running", "started again"])
@pytest.mark.parametrize("kind", ["bra", "brk", "brc", "brs"])
def test_a_flipped_bit_heals_from_the_share_and_never_travels_to_it(
    crew: Crew, share_folder: Path, kind: str, is_restarted: bool
) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    anna.case(roepnaam="Sam")
    bert.case(roepnaam="Bo")
    crew.settle()
    mirror, sound = bert.folder / "mirror", _files(bert.folder / "mirror")
    assert _flip(mirror, f"*.{kind}")
    if is_restarted:
        bert.restart()
    with bert.store.look() as rows:
        assert bert.post(rows).space == bert.team
    anna.case(roepnaam="Noor")
    anna.cycle()

    said = set().union(*(_reasons(bert) for _ in range(6)))
    bert.engine.check()
    crew.settle(2)

    assert "spoilt" in said | _reasons(bert) or not is_restarted
    assert said <= {"spoilt"}
    assert len(bert.entities()) == 3
    assert bert.state() == anna.state()
    assert not list(share_folder.rglob("*-r1.*"))
    assert sound.items() <= _files(mirror).items()
    assert _reasons(bert) == set()


def test_a_file_that_is_spoilt_here_while_a_repair_lies_beside_it_there_travels_from_neither(
    crew: Crew, share_folder: Path
) -> None:
    anna = crew.founder()
    anna.case(roepnaam="Sam")
    anna.cycle()
    path = next(share_folder.glob(f"sp/{anna.team.id}/log/*/00000002-*.brs"))
    data = path.read_bytes()
    path.write_bytes(b"iets anders")
    anna.cycle()
    (anna.folder / "mirror" / path.relative_to(share_folder)).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))

    anna.engine.check()
    crew.settle(3)

    assert path.with_name(path.name.replace(".brs", "-r1.brs")).read_bytes() == data
    assert (anna.folder / "mirror" / path.relative_to(share_folder)).read_bytes() == data
    assert not list(share_folder.rglob("*-r2.*"))


def test_what_others_put_in_the_mirror_never_travels(crew: Crew, share_folder: Path) -> None:
    anna = crew.founder()
    anna.case(roepnaam="Sam")
    anna.cycle()
    before = _files(share_folder)
    for folder in {path.parent for path in (anna.folder / "mirror").rglob("*.br?")}:
        (folder / "desktop.ini").write_bytes(b"[.ShellClassInfo]")
        (folder / "virus - kopie.brs").write_bytes(b"kopie")
    anna.restart()

    for _ in range(3):
        assert _reasons(anna) == set()

    assert _files(share_folder) == before


@pytest.mark.parametrize("damage", DAMAGE, ids=["gone", "spoilt"])
def test_a_segment_that_was_lost_before_it_was_sent_is_written_again(
    crew: Crew, damage: Callable[[Path], object]
) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    crew.settle()
    whole = bert.share
    assert isinstance(whole, FolderShare)
    bert.share = Without(whole._root, ".brs")
    bert.case(roepnaam="Sam")
    bert.cycle()
    own = bert.folder / "mirror" / "sp" / bert.team.id / "log" / text_id(bert.team.device)
    damage(max(own.iterdir()))
    bert.share = whole
    bert.restart()
    bert.case(roepnaam="Noor")

    for _ in range(2):
        assert "lost" in _reasons(bert) | _reasons(bert)
    anna.cycle()
    assert anna.entities() == []
    crew.clock.ms += HOUR
    crew.settle(3)

    assert {anna.values(case)["roepnaam"] for case in anna.entities()} == {"Noor", "Sam"}
    assert len(anna.entities()) == 2
    assert anna.state() == bert.state()
    assert _reasons(anna) == _reasons(bert) == set()


@pytest.mark.parametrize("is_restarted", [False, True], ids=["running", "started again"])
@pytest.mark.parametrize("damage", DAMAGE, ids=["gone", "spoilt"])
def test_case_keys_that_were_lost_before_they_were_sent_are_bundled_anew(
    crew: Crew, damage: Callable[[Path], object], is_restarted: bool
) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    crew.settle()
    whole = bert.share
    assert isinstance(whole, FolderShare)
    bert.share = Without(whole._root, ".brc")
    before = set(bert.folder.rglob("*.brc"))
    case = bert.case(roepnaam="Sam")
    bert.cycle()
    [bundle] = set(bert.folder.rglob("*.brc")) - before
    damage(bundle)
    bert.share = whole
    if is_restarted:
        bert.restart()

    crew.settle(3)

    assert anna.values(case)["roepnaam"] == "Sam"
    assert _reasons(anna) == _reasons(bert) == set()


def test_a_mirror_that_is_gone_is_filled_again_under_the_same_device(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    bert.case(roepnaam="Sam")
    crew.settle()
    device = bert.team.device
    shutil.rmtree(bert.folder / "mirror")
    (bert.folder / "mirror").mkdir()
    bert.restart()
    bert.case(roepnaam="Noor")

    crew.settle(2)

    assert bert.team.device == device
    assert len(anna.entities()) == 2
    assert anna.state() == bert.state()


def test_a_disk_that_refuses_is_told_from_a_share_that_does(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    crew.settle()
    anna.case(roepnaam="Sam")
    anna.cycle()
    put, full = FolderShare.put_new, bert.folder / "mirror"

    def refuse(share: FolderShare, path: str, data: bytes) -> None:
        if share._root == full:
            raise RefusedError("disk")
        put(share, path, data)

    with monkeypatch.context() as patch:
        patch.setattr(FolderShare, "put_new", refuse)
        report = bert.cycle()
        assert {trouble.reason for trouble in report.troubles} == {"mirror"}
        assert (report.reachable, report.complete) == (True, False)
        assert REASONS["mirror"]

    assert bert.cycle().complete
    assert bert.entities(Kind.CASE) == anna.entities(Kind.CASE)
