"""Who is out: unsent edits go up first, late ones lie in the tray, and a new key follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from bren_desktop.services.share_door import Away
from bren_desktop.services.sync_ports import SpaceKind, Standing
from bren_desktop.sync.format.entries import SetRole

if TYPE_CHECKING:
    from tests.sync.engine.laptops import Crew, Laptop


def _reasons(laptop: Laptop) -> set[str]:
    return {trouble.reason for trouble in laptop.cycle().troubles}


def test_a_revoked_laptop_sends_what_it_had_and_is_out(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    carla = crew.member(anna)
    case = bert.case(roepnaam="Sam")
    crew.settle()
    bert.write(Kind.CASE, case, hulpvraag="nog niet verstuurd")
    anna.revoke(bert)
    anna.cycle()

    last = bert.cycle()

    assert (last.published, last.dropped) == (1, False)
    assert bert.team.standing is Standing.OUT
    assert "late" in _reasons(anna)
    assert "hulpvraag" not in carla.values(case)
    carla.cycle()
    anna.case(roepnaam="Onder de nieuwe sleutel")
    crew.settle()
    assert anna.state()[anna.team.id] == carla.state()[anna.team.id]
    assert bert.cycle().received == 0
    assert len(bert.entities()) == 1


def test_a_lost_laptop_is_told_to_forget_its_key(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    anna.revoke(bert, Away.LOST)
    anna.cycle()

    assert bert.cycle().dropped


def test_a_lost_laptop_that_went_on_as_another_device_meanwhile_is_told_so_too(crew: Crew) -> None:
    """Put back from a backup, it signed its renewal beside the revocation, which it had not seen.

    The key under which that lies was boxed to the device that it was.
    """
    anna = crew.founder()
    bert = crew.member(anna)
    anna.revoke(crew.member(anna))
    anna.revoke(bert, Away.LOST)
    before = bert.team.device
    with bert.store.sync() as rows:
        rows.set_local("restored", "1")
    bert.cycle()
    assert bert.team.device != before
    anna.cycle()

    report = bert.cycle()

    assert report.dropped
    assert "outsider" in {trouble.reason for trouble in report.troubles}
    assert bert.team.standing is Standing.OUT


def test_what_was_applied_beyond_the_cut_is_taken_back(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    carla = crew.member(anna)
    case = bert.case(roepnaam="Sam")
    crew.settle()
    bert.write(Kind.CASE, case, hulpvraag="gezien door Carla, niet door Anna")
    bert.cycle()
    carla.cycle()
    assert "hulpvraag" in carla.values(case)
    anna.revoke(bert)
    anna.cycle()
    bert.cycle()
    crew.settle()

    assert "hulpvraag" not in carla.values(case)
    assert anna.state()[anna.team.id] == carla.state()[anna.team.id]
    assert "late" in _reasons(carla)


def test_an_admin_starts_an_epoch_where_two_revoked_at_once(crew: Crew) -> None:
    anna = crew.founder()
    dirk = crew.member(anna, Role.PLAATSVERVANGER)
    bert = crew.member(anna)
    carla = crew.member(anna)
    ella = crew.member(anna)
    crew.settle()
    anna.revoke(bert)
    dirk.revoke(carla)
    crew.settle(4)
    ella.case(roepnaam="Onder een sleutel die alleen de anderen hebben")
    crew.settle(4)

    assert anna.state()[anna.team.id] == dirk.state()[anna.team.id] == ella.state()[anna.team.id]
    assert len(anna.entities()) == 1
    for out in (bert, carla):
        assert out.team.standing is Standing.OUT
        assert out.entities() == []


def test_a_member_that_no_key_file_knows_gets_a_box(crew: Crew) -> None:
    anna = crew.founder()
    dirk = crew.member(anna, Role.PLAATSVERVANGER)
    bert = crew.laptop()
    anna.admit(bert)
    dirk.revoke(crew.member(anna))
    crew.settle(4)
    anna.case(roepnaam="Sam")
    crew.settle(3)

    assert len(bert.entities()) == 1


def test_what_was_written_in_another_role_is_judged_anew(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    carla = crew.member(anna)
    crew.settle()
    anna.sign(SpaceKind.TEAM, SetRole(bert.team.device, Role.LID))
    case = bert.case(roepnaam="Voor de nieuwe rol bekend was")
    crew.settle(3)

    assert carla.values(case)
    assert anna.state() == carla.state() == bert.state()
