"""A laptop that was restored or cloned goes on as a new device, and nothing that it had not sent is lost."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from bren_desktop.domain.entities import Kind
from bren_desktop.services.sync_ports import Standing

if TYPE_CHECKING:
    from tests.sync.engine.laptops import Crew, Laptop


def _image(laptop: Laptop) -> None:
    laptop.store.close()
    shutil.copytree(laptop.folder, laptop.folder.with_suffix(".image"), ignore=shutil.ignore_patterns("*.lock"))
    laptop.start()


def _restore(laptop: Laptop, *, mirror: bool = True) -> None:
    laptop.store.close()
    image = laptop.folder.with_suffix(".image")
    if mirror:
        shutil.rmtree(laptop.folder)
        shutil.copytree(image, laptop.folder)
    else:
        for path in laptop.folder.glob("store.db*"):
            path.unlink()
        shutil.copy(image / "store.db", laptop.folder / "store.db")
    laptop.start()


def _converged(crew: Crew) -> None:
    crew.settle(4)
    states = {tuple(one.state().items()) for one in crew.laptops}
    assert len(states) == 1


def test_a_restored_image_goes_on_as_a_new_device(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    case = bert.case(roepnaam="Sam")
    crew.settle()
    _image(bert)
    bert.write(Kind.CASE, case, hulpvraag="na het beeld")
    crew.settle()
    _restore(bert)
    before = bert.team.device
    later = bert.case(roepnaam="Noor")

    _converged(crew)

    assert bert.team.device != before
    for one in (anna, bert):
        assert one.values(case)["hulpvraag"] == "na het beeld"
        assert one.values(later)["roepnaam"] == "Noor"
        assert one.conflicts(case) == set()


def test_only_the_store_was_restored_and_the_mirror_knows_more(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    _image(bert)
    case = bert.case(roepnaam="Sam")
    crew.settle()
    _restore(bert, mirror=False)

    _converged(crew)

    assert bert.values(case)["roepnaam"] == "Sam"
    assert bert.cycle().quarantined == 0


def test_edits_in_the_image_that_went_up_since_are_not_written_twice(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    case = bert.case(roepnaam="Sam")
    _image(bert)
    crew.settle()
    _restore(bert)

    _converged(crew)

    with bert.store.look() as rows:
        written = rows.count_unsealed(bert.team.id)
        own = rows.chains(bert.team.id)[bert.team.device]
    assert (written, own.seq, own.counter) == (0, 1, 0)
    assert anna.values(case)["roepnaam"] == "Sam"


def test_a_backup_says_so_and_goes_on_as_a_new_device_though_nothing_was_written_since(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    before = bert.team.device
    with bert.store.sync() as rows:
        rows.set_local("restored", "1")

    bert.cycle()

    assert bert.team.device != before
    with bert.store.look() as rows:
        assert not rows.local("restored")
    bert.case(roepnaam="Sam")
    _converged(crew)
    assert len(anna.entities()) == 1


def test_of_two_clones_one_goes_on_and_the_other_is_out_with_its_edits_in_the_tray(crew: Crew) -> None:
    anna = crew.founder()
    bert = crew.member(anna)
    case = bert.case(roepnaam="Sam")
    crew.settle()
    _image(bert)
    clone = crew.twin(bert)
    bert.write(Kind.CASE, case, hulpvraag="van de een")
    clone.write(Kind.CASE, case, hulpvraag="van de ander")
    bert.cycle()
    clone.cycle()
    bert.write(Kind.CASE, case, verwijzer_naam="en verder")
    crew.settle(4)

    assert clone.team.device != bert.team.device
    assert bert.team.standing is Standing.OUT
    assert clone.team.standing is Standing.MEMBER
    assert anna.state()[anna.team.id] == clone.state()[anna.team.id]
    assert anna.conflicts(case) == {"hulpvraag"}
    assert "late" in {trouble.reason for trouble in anna.cycle().troubles}
