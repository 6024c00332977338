"""A failure at any call of the share or the mirror, or at any statement of the store, is survived.

The next cycles end converged. Each test says that its failure came; a sweep ends at the first number that nothing has.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bren_desktop.domain.entities import Kind
from bren_desktop.errors import UserFacingError
from bren_desktop.sync.engine.engine import Engine
from bren_desktop.sync.engine.mirror import Mirror
from bren_desktop.sync.transport.folder import FolderShare
from bren_desktop.sync.transport.share import AwayError, BusyError, RefusedError, ShareError
from tests.sync.doubles import FaultyShare, MemoryStore, Moment, Plan
from tests.sync.faulty_disk import DiskPlan, disk

if TYPE_CHECKING:
    from tests.sync.engine.laptops import Crew, Laptop

KINDS = [(AwayError, Moment.BEFORE), (AwayError, Moment.AFTER), (BusyError, Moment.HALF), (RefusedError, Moment.BEFORE)]
SAMPLE = (1, 2, 3, 5, 8, 13, 21, 34, 55)
STATEMENTS = (1, 9, 27, 60, 100)


def _crew(tmp_path: Path) -> Crew:
    from tests.sync.engine.laptops import Crew

    memory = MemoryStore()
    return Crew(tmp_path, memory.view)


def _scenario(crew: Crew, faulty: Callable[[Laptop], None]) -> tuple[Laptop, Laptop, str]:
    """Both write while one of them meets the failure, at every step of its cycle."""
    anna = crew.founder()
    bert = crew.member(anna)
    case = anna.case(roepnaam="Sam")
    other = bert.case(roepnaam="Noor")
    crew.settle(2)
    bert.write(Kind.CASE, other, hulpvraag="van Bert")
    bert.cycle()
    anna.write(Kind.CASE, case, hulpvraag="van Anna")
    faulty(anna)
    return anna, bert, case


def _ends_well(crew: Crew, anna: Laptop, bert: Laptop, case: str) -> None:
    crew.settle(4)
    crew.clock.ms += 60 * 60 * 1000
    crew.settle(2)
    assert anna.state() == bert.state()
    assert bert.values(case)["hulpvraag"] == "van Anna"
    assert {value for entity in anna.entities() for value in [anna.values(entity).get("roepnaam")]} == {"Sam", "Noor"}
    report = anna.cycle()
    assert (report.complete, report.missing, report.quarantined) == (True, 0, 0)
    assert anna.store.integrity() == []


def _share_fails(tmp_path: Path, plan: Plan, *, mirror: bool) -> bool:
    crew = _crew(tmp_path)

    def meet(anna: Laptop) -> None:
        inner = FolderShare(anna.folder / "mirror") if mirror else anna.share
        share = FaultyShare(inner, plan)
        used = Mirror(share) if mirror else anna.mirror
        engine = Engine(anna.store, used, anna.clock, lambda: anna.share if mirror else share)
        for _ in range(2):
            engine.cycle()
        anna.restart()

    try:
        _ends_well(crew, *_scenario(crew, meet))
    finally:
        crew.close()
    return plan.seen >= plan.first


def _disk_fails(tmp_path: Path, plan: DiskPlan) -> bool:
    crew = _crew(tmp_path)

    def meet(anna: Laptop) -> None:
        anna.store.close()
        with disk(plan):
            anna.start()
            plan.armed = True
            for _ in range(2):
                with suppress(UserFacingError):
                    anna.cycle()
            plan.armed = False
            anna.restart()

    try:
        _ends_well(crew, *_scenario(crew, meet))
    finally:
        crew.close()
    return bool(plan.failed)


@pytest.mark.parametrize("mirror", [False, True], ids=["share", "mirror"])
@pytest.mark.parametrize(("error", "moment"), KINDS)
@pytest.mark.parametrize("first", SAMPLE[::3])
def test_any_call_may_fail(tmp_path: Path, first: int, error: type[ShareError], moment: Moment, mirror: bool) -> None:
    assert _share_fails(tmp_path, Plan(first, 1, moment, error), mirror=mirror)


@pytest.mark.parametrize("first", [1, 2])
def test_a_file_that_reached_the_mirror_unheard_is_not_sealed_again(tmp_path: Path, first: int) -> None:
    plan = Plan(first, 1, Moment.AFTER, AwayError, frozenset({"put_new"}))
    assert _share_fails(tmp_path, plan, mirror=True)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("first", STATEMENTS)
def test_any_statement_may_fail(tmp_path: Path, first: int, after: bool) -> None:
    assert _disk_fails(tmp_path, DiskPlan(first, after=after))


@pytest.mark.torture
@pytest.mark.parametrize("times", [1, None], ids=["once", "from then on"])
@pytest.mark.parametrize("mirror", [False, True], ids=["share", "mirror"])
@pytest.mark.parametrize(("error", "moment"), KINDS)
def test_every_call_may_fail(
    tmp_path: Path, error: type[ShareError], moment: Moment, mirror: bool, times: int | None
) -> None:
    first = 1
    while _share_fails(tmp_path / str(first), Plan(first, times, moment, error), mirror=mirror):
        first += 1
    assert first > 10


@pytest.mark.torture
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_every_statement_may_fail(tmp_path: Path, after: bool) -> None:
    first = 1
    while _disk_fails(tmp_path / str(first), DiskPlan(first, after=after)):
        first += 1
    assert first > 100
