"""Real laptops under every fault at once come to one state that holds all that was written and not replaced."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from tests.sync.machine import verdict
from tests.sync.machine.fleet import Fleet, Worked
from tests.sync.machine.machine import COUNTS, machine_for

CALM = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
SUITE = settings(
    max_examples=12, stateful_step_count=40, deadline=None, suppress_health_check=CALM, report_multiple_bugs=False
)
LONG = settings(SUITE, max_examples=50, stateful_step_count=200)
SHARDS = 10
"""Ten times 50 times 200 steps make the 100,000; each shard is a test of its own, for as many cores as there are."""


def told() -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(COUNTS.items()))


def test_the_fleet_keeps_everything(worked: Worked, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_state_machine_as_test(machine_for(worked, base), settings=SUITE)
    with capsys.disabled():
        sys.stdout.write(f"\nrules: {told()}\n")


@pytest.fixture
def fleet(worked: Worked, base: Path) -> Iterator[Fleet]:
    fleet = worked.fleet(base / "fleet", ("noor", "ali", "bo", "cas", "pia"))
    yield fleet
    fleet.close()


def test_what_a_twin_wrote_in_an_old_role_is_not_lost(fleet: Fleet) -> None:
    """It goes on as a new device, which never had that role: found by the machine."""
    fleet.clone("ali", "ali+")
    for name in ("ali", "ali+"):
        fleet.write(name, Kind.CASE, fleet.entities[Kind.CASE][0], {("hulpvraag", ""): fleet.value()})
    fleet.sync("ali")
    assert fleet.set_role("noor", "ali", Role.VOORZITTER)
    fleet.demoted.clear()
    verdict.stabilize(fleet)
    verdict.judge(fleet)


def test_what_was_written_in_an_old_role_beside_an_erased_case_stands(fleet: Fleet) -> None:
    """The erased one, which has no role any more, came first in one segment: found by the machine."""
    gone, case = fleet.entities[Kind.CASE]
    for entity in (gone, case):
        assert fleet.write("cas", Kind.CASE, entity, {("omschrijving", ""): fleet.value()})
    for name in ("bo", "pia"):
        assert fleet.erase(name, gone)
    assert fleet.set_role("noor", "cas", Role.VOORZITTER)
    fleet.demoted.clear()
    verdict.stabilize(fleet)
    verdict.judge(fleet)


@pytest.mark.torture
@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_fleet_keeps_everything_for_a_long_time(
    shard: int, worked: Worked, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_state_machine_as_test(machine_for(worked, base), settings=LONG)
    with capsys.disabled():
        sys.stdout.write(f"\nshard {shard}, rules so far: {told()}\n")
