"""Our own chain is judged as every other: a role that turns out never to have been given counts for nobody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import UserFacingError
from bren_desktop.services.sync_ports import SpaceKind
from bren_desktop.sync.format.digests import digest_of
from bren_desktop.sync.format.entries import SetRole
from bren_desktop.sync.format.names import Paths, byte_id
from bren_desktop.sync.transport.folder import FolderShare
from tests.sync.doubles import MemoryStore
from tests.sync.faulty_disk import DiskPlan, disk

if TYPE_CHECKING:
    from tests.sync.engine.laptops import Crew, Laptop


@pytest.fixture
def four(crew: Crew) -> tuple[Laptop, ...]:
    return _four(crew)


def _crew(tmp_path: Path) -> Crew:
    from tests.sync.engine.laptops import Crew

    memory = MemoryStore()
    return Crew(tmp_path, memory.view)


def _four(crew: Crew) -> tuple[Laptop, ...]:
    """The founder, a deputy whose acts will not count, who gets a role of him, and a bystander."""
    anna = crew.founder()
    found = anna, crew.member(anna, Role.PLAATSVERVANGER), crew.member(anna), crew.member(anna)
    anna.case(roepnaam="Sam")
    crew.settle()
    return found


def _promoted(dirk: Laptop, bert: Laptop, role: Role = Role.VOORZITTER) -> None:
    dirk.sign(SpaceKind.TEAM, SetRole(bert.team.device, role))
    dirk.cycle()
    bert.cycle()


def _revoked_unseen(crew: Crew, anna: Laptop, dirk: Laptop) -> None:
    """Anna puts Dirk out as if he had never signed that; everybody hears of it."""
    anna.revoke(dirk)
    anna.cycle()
    crew.settle(4)


def _alike(*laptops: Laptop) -> None:
    assert len({one.state()[one.team.id] for one in laptops}) == 1
    assert {trouble.reason for one in laptops for trouble in one.cycle().troubles} & {"diverged", "malformed"} == set()


def test_what_was_sealed_in_a_role_that_is_void_is_written_again_in_that_of_the_card(
    crew: Crew, four: tuple[Laptop, ...]
) -> None:
    anna, dirk, bert, carla = four
    (case,) = bert.entities()
    _promoted(dirk, bert)
    bert.write(Kind.CASE, case, hulpvraag="als voorzitter")
    bert.cycle()
    device = bert.team.device
    _revoked_unseen(crew, anna, dirk)

    _alike(anna, bert, carla)
    assert bert.team.device == device
    for one in (anna, bert, carla):
        assert one.values(case)["hulpvraag"] == "als voorzitter"
        assert one.conflicts(case) == set()


def test_what_only_that_role_may_is_taken_back_here_too(crew: Crew, four: tuple[Laptop, ...]) -> None:
    anna, dirk, bert, carla = four
    team = anna.store.new_entity()
    anna.write(Kind.TEAM, team, naam="Team")
    crew.settle()
    _promoted(dirk, bert)
    bert.write(Kind.TEAM, team, secretaris_geeft_vrij=True)
    bert.cycle()
    carla.cycle()
    assert "secretaris_geeft_vrij" in carla.values(team, Kind.TEAM)
    _revoked_unseen(crew, anna, dirk)

    _alike(anna, bert, carla)
    assert "secretaris_geeft_vrij" not in bert.values(team, Kind.TEAM)
    assert "no-right" in {trouble.reason for trouble in bert.cycle().troubles}


def test_what_was_not_sealed_yet_goes_up_in_the_role_of_the_card(crew: Crew, four: tuple[Laptop, ...]) -> None:
    anna, dirk, bert, carla = four
    (case,) = bert.entities()
    _promoted(dirk, bert)
    bert.write(Kind.CASE, case, hulpvraag="als voorzitter")
    _revoked_unseen(crew, anna, dirk)

    _alike(anna, bert, carla)
    assert carla.values(case)["hulpvraag"] == "als voorzitter"


def test_a_value_that_we_replaced_since_does_not_come_back(crew: Crew, four: tuple[Laptop, ...]) -> None:
    anna, dirk, bert, carla = four
    (case,) = bert.entities()
    _promoted(dirk, bert)
    bert.write(Kind.CASE, case, hulpvraag="eerst", verwijzer_naam="blijft")
    bert.cycle()
    bert.write(Kind.CASE, case, hulpvraag="later")
    _revoked_unseen(crew, anna, dirk)

    _alike(anna, bert, carla)
    for one in (anna, bert, carla):
        assert one.values(case)["hulpvraag"] == "later"
        assert one.values(case)["verwijzer_naam"] == "blijft"
        assert one.conflicts(case) == set()


def test_a_role_that_came_and_went_between_two_cycles_is_the_role_of_what_was_written_in_it(
    crew: Crew, four: tuple[Laptop, ...]
) -> None:
    anna, _, bert, carla = four
    team = anna.store.new_entity()
    anna.write(Kind.TEAM, team, naam="Team")
    crew.settle()
    _promoted(anna, bert)
    bert.write(Kind.TEAM, team, secretaris_geeft_vrij=True)
    anna.sign(SpaceKind.TEAM, SetRole(bert.team.device, Role.SECRETARIS))
    crew.settle(4)

    _alike(anna, bert, carla)
    assert carla.values(team, Kind.TEAM)["secretaris_geeft_vrij"] is True


def test_what_we_replaced_of_a_branch_that_falls_is_not_replaced_of_the_one_that_stands(
    crew: Crew, share_folder: Path, tmp_path: Path
) -> None:
    anna = crew.founder()
    bert, carla = crew.member(anna), crew.member(anna)
    case = anna.case(roepnaam="Sam", hulpvraag="oud")
    crew.settle()
    bert.store.close()
    shutil.copytree(bert.folder, bert.folder.with_suffix(".image"), ignore=shutil.ignore_patterns("*.lock"))
    bert.start()
    falls, stands = sorted(_apart(share_folder, tmp_path, case, bert, crew.twin(bert)), reverse=True)
    _, path, data = falls
    (share_folder / path).write_bytes(data)
    carla.cycle()
    carla.write(Kind.CASE, case, hulpvraag="van Carla")
    carla.cycle()
    _, path, data = stands
    (share_folder / path).write_bytes(data)
    for gone in (bert, crew.laptops[-1]):
        gone.store.close()
    crew.laptops[:] = [anna, carla]
    crew.settle(4)

    assert anna.state()[anna.team.id] == carla.state()[anna.team.id]
    for one in (anna, carla):
        assert one.conflicts(case) == {"hulpvraag"}


def _apart(share: Path, tmp_path: Path, case: str, *twins: Laptop) -> Iterator[tuple[bytes, Path, bytes]]:
    """What each of two clones seals under one number without seeing the other: its hash, path and bytes."""
    chain = Paths(byte_id(twins[0].team.id)).chain(twins[0].team.device)
    for number, twin in enumerate(twins):
        folder = tmp_path / f"share{number}"
        shutil.copytree(share, folder)
        twin.share = FolderShare(folder)
        twin.write(Kind.CASE, case, hulpvraag=f"van tweeling {number}")
        twin.cycle()
        (path,) = set((folder / chain).iterdir()) - {folder / chain / old.name for old in (share / chain).iterdir()}
        yield digest_of(path.read_bytes()), path.relative_to(folder), path.read_bytes()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("first", [40, 110])
def test_judging_again_may_be_broken_off(crew: Crew, four: tuple[Laptop, ...], first: int, after: bool) -> None:
    assert _broken_off(crew, four, DiskPlan(first, after=after))


def _broken_off(crew: Crew, four: tuple[Laptop, ...], plan: DiskPlan) -> bool:
    """The disk of who is judged again gives up in that cycle; whether it did."""
    anna, dirk, bert, carla = four
    (case,) = bert.entities()
    _promoted(dirk, bert)
    bert.write(Kind.CASE, case, hulpvraag="verzonden")
    bert.cycle()
    bert.write(Kind.CASE, case, verwijzer_naam="nog niet")
    device = bert.team.device
    anna.revoke(dirk)
    anna.cycle()
    _meets(bert, plan)
    crew.settle(4)

    _alike(anna, bert, carla)
    assert bert.team.device == device
    for one in (anna, bert, carla):
        assert (one.values(case)["hulpvraag"], one.values(case)["verwijzer_naam"]) == ("verzonden", "nog niet")
        assert one.conflicts(case) == set()
    return bool(plan.failed)


def _meets(laptop: Laptop, plan: DiskPlan) -> None:
    laptop.store.close()
    with disk(plan):
        laptop.start()
        plan.armed = True
        with suppress(UserFacingError):
            laptop.cycle()
        plan.armed = False
        laptop.restart()


@pytest.mark.torture
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_judging_again_may_be_broken_off_anywhere(tmp_path: Path, after: bool) -> None:
    first, failed = 0, True
    while failed:
        first += 1
        crew = _crew(tmp_path / str(first))
        failed = _broken_off(crew, _four(crew), DiskPlan(first, after=after))
        crew.close()
    assert first > 100
