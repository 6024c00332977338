"""Real laptops under every fault at once come to one state that holds all that was written and not replaced."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from tests.sync.machine import verdict
from tests.sync.machine.fleet import Fleet
from tests.sync.machine.machine import COUNTS, machine_for
from tests.sync.world import Frozen

CALM = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
SUITE = settings(
    max_examples=12, stateful_step_count=40, deadline=None, suppress_health_check=CALM, report_multiple_bugs=False
)
LONG = settings(SUITE, max_examples=1_000, stateful_step_count=100)


def told() -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(COUNTS.items()))


def test_the_fleet_keeps_everything(frozen: Frozen, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_state_machine_as_test(machine_for(frozen, base), settings=SUITE)
    with capsys.disabled():
        sys.stdout.write(f"\nrules: {told()}\n")


def test_what_a_twin_wrote_in_an_old_role_is_not_lost(frozen: Frozen, base: Path) -> None:
    """It goes on as a new device, which never had that role: found by the machine."""
    fleet = Fleet(frozen, base / "twin", ("noor", "ali", "bo"))
    try:
        fleet.write("noor", Kind.CASE, "", {("hulpvraag", ""): fleet.value()})
        for name in ("noor", "ali", "bo"):
            fleet.sync(name)
        fleet.clone("ali", "ali+")
        (case,) = fleet.entities[Kind.CASE]
        for name in ("ali", "ali+"):
            fleet.write(name, Kind.CASE, case, {("hulpvraag", ""): fleet.value()})
        fleet.sync("ali")
        assert fleet.set_role("noor", "ali", Role.VOORZITTER)
        fleet.demoted.clear()
        verdict.stabilize(fleet)
        verdict.judge(fleet)
    finally:
        fleet.close()


@pytest.mark.torture
def test_the_fleet_keeps_everything_for_a_long_time(
    frozen: Frozen, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_state_machine_as_test(machine_for(frozen, base), settings=LONG)
    with capsys.disabled():
        sys.stdout.write(f"\nrules: {told()}\n")
