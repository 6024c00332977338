"""An erasure that two asked for takes the case away everywhere, and its key with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import ErasedCaseError
from bren_desktop.services.sync_ports import SpaceKind
from bren_desktop.sync.format.entries import Erase
from bren_desktop.sync.format.names import byte_id
from bren_desktop.sync.transport.folder import FolderShare
from bren_desktop.sync.transport.share import AwayError, Listing, RefusedError

if TYPE_CHECKING:
    from tests.sync.engine.laptops import Crew, Laptop


class NoTrash(FolderShare):
    """A share where members may not delete."""

    def trash(self, path: str) -> None:
        raise RefusedError("no right")


class LosesOneBundle(FolderShare):
    """A share that goes away at the first bundle that is put, and remembers what was done with bundles since."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.done: list[str] = []

    def put_new(self, path: str, data: bytes) -> None:
        if path.endswith(".brc"):
            self.done.append("put" if self.done else "away")
            if self.done == ["away"]:
                raise AwayError("by plan")
        super().put_new(path, data)

    def trash(self, path: str) -> None:
        self.done.append("trash")
        super().trash(path)


class ListsLog(FolderShare):
    """A share during whose first listing of a team's segments something happens: by then erasing is done."""

    def __init__(self, root: Path, team: str, then: Callable[[], None]) -> None:
        super().__init__(root)
        self.team = team
        self.then: list[Callable[[], None]] = [then]

    def list(self, folder: str) -> Listing:
        if folder.endswith(f"{self.team}/log") and self.then:
            self.then.pop()()
        return super().list(folder)


def _erased(crew: Crew) -> tuple[Laptop, Laptop, Laptop, str, str]:
    anna = crew.founder()
    pia = crew.member(anna, Role.PRIVACY)
    bert = crew.member(anna)
    gone = anna.case(roepnaam="Sam")
    stays = anna.case(roepnaam="Noor")
    crew.settle()
    anna.sign(SpaceKind.TEAM, Erase(byte_id(gone)))
    crew.settle()
    assert gone in bert.entities()
    pia.sign(SpaceKind.TEAM, Erase(byte_id(gone)))
    return anna, pia, bert, gone, stays


def _bundles(folder: Path) -> list[Path]:
    return sorted(folder.glob("sp/*/case/*.brc"))


def test_the_case_goes_everywhere_and_the_rest_stays(crew: Crew, share_folder: Path) -> None:
    anna, pia, bert, gone, stays = _erased(crew)
    before = _bundles(share_folder)
    crew.settle(4)

    for one in (anna, pia, bert):
        assert one.entities() == [stays]
        with one.store.look() as rows:
            assert rows.erased() == {byte_id(gone)}
        assert not {path.name for path in _bundles(one.folder / "mirror")} & {path.name for path in before}
    assert not set(_bundles(share_folder)) & set(before)
    newcomer = crew.member(anna)
    assert newcomer.entities() == [stays]
    crew.settle()
    assert newcomer.state()[anna.team.id] == anna.state()[anna.team.id] == pia.state()[anna.team.id]


def test_a_bundle_that_comes_back_is_taken_away_again(crew: Crew, share_folder: Path) -> None:
    anna, _, _, gone, _ = _erased(crew)
    old = {path: path.read_bytes() for path in _bundles(share_folder)}
    crew.settle(4)
    after = _bundles(share_folder)
    for path, data in old.items():
        path.write_bytes(data)

    report = anna.cycle()

    assert "erased" in {trouble.reason for trouble in report.troubles}
    assert _bundles(share_folder) == after
    assert gone not in anna.entities()
    crew.settle(3)
    assert _bundles(share_folder) == after


def test_where_nobody_may_delete_that_is_said_and_nothing_is_published_twice(crew: Crew, share_folder: Path) -> None:
    anna, pia, bert, _, stays = _erased(crew)
    for one in (anna, pia, bert):
        one.share = NoTrash(share_folder)
    crew.settle(3)
    bundles = _bundles(share_folder)

    report = anna.cycle()

    assert "undeletable" in {trouble.reason for trouble in report.troubles}
    assert anna.entities() == bert.entities() == [stays]
    crew.settle(3)
    assert _bundles(share_folder) == bundles
    assert anna.cycle().received == 0


@pytest.mark.parametrize("wrote", [True, False])
def test_what_was_written_about_it_meanwhile_is_empty(crew: Crew, wrote: bool) -> None:
    anna, _, bert, gone, stays = _erased(crew)
    if wrote:
        bert.write(Kind.CASE, gone, hulpvraag="nog geschreven")
    bert.write(Kind.CASE, stays, hulpvraag="dit blijft")
    crew.settle(4)

    assert anna.values(stays)["hulpvraag"] == "dit blijft"
    assert anna.entities() == bert.entities() == [stays]
    assert anna.state()[anna.team.id] == bert.state()[anna.team.id]


@pytest.mark.parametrize("meanwhile", [False, True])
def test_who_never_held_it_and_imports_it_loses_it_at_the_next_sync(
    crew: Crew, share_folder: Path, meanwhile: bool
) -> None:
    anna, _, bert, gone, stays = _erased(crew)
    crew.settle(4)
    newcomer = crew.member(anna)
    newcomer.write(Kind.CASE, stays, hulpvraag="wacht op versturen")

    def write() -> None:
        newcomer.write(Kind.CASE, gone, roepnaam="Sam")

    if meanwhile:
        newcomer.share = ListsLog(share_folder, newcomer.team.id, write)
    else:
        write()
    bundles = _bundles(share_folder)
    newcomer.cycle()
    assert (_bundles(share_folder) != bundles) is meanwhile
    newcomer.cycle()
    assert _bundles(share_folder) == bundles

    crew.settle(4)
    assert newcomer.entities() == anna.entities() == bert.entities() == [stays]
    assert _bundles(share_folder) == bundles
    with pytest.raises(ErasedCaseError):
        write()


def test_the_old_bundle_goes_only_once_the_new_one_is_on_the_share(crew: Crew, share_folder: Path) -> None:
    _, pia, bert, _, stays = _erased(crew)
    pia.share = share = LosesOneBundle(share_folder)

    for _ in range(2):
        pia.cycle()

    assert share.done == ["away", "put", "trash"]
    bert.cycle()
    assert bert.entities() == [stays]


def test_nobody_erases_a_case_of_a_team_from_the_network(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    case = anna.case(roepnaam="Sam")
    crew.settle()
    pia = crew.member(anna, Role.PRIVACY)
    for one in (anna, pia):
        one.sign(SpaceKind.NETWORK, Erase(byte_id(case)))
    crew.settle()

    newcomer = crew.member(anna)
    for one in (anna, pia, bert, newcomer):
        assert one.entities() == [case]
        with one.store.look() as rows:
            assert rows.erased() == frozenset()
            assert one.post(rows, SpaceKind.NETWORK).membership.erased == {byte_id(case)}
