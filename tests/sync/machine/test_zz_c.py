from __future__ import annotations
import sys
from hypothesis import Phase, settings, HealthCheck, seed
from hypothesis.stateful import run_state_machine_as_test
def test_m(frozen, base):
    from tests.sync.machine.machine import machine_for
    run_state_machine_as_test(machine_for(frozen, base), settings=settings(max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False, phases=[Phase.generate], database=None))
