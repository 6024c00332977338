"""Real laptops under every fault at once come to one state that holds all that was written and not replaced."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

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


@pytest.mark.torture
def test_the_fleet_keeps_everything_for_a_long_time(
    frozen: Frozen, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_state_machine_as_test(machine_for(frozen, base), settings=LONG)
    with capsys.disabled():
        sys.stdout.write(f"\nrules: {told()}\n")
