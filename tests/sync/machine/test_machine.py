"""Real laptops under every fault at once come to one state that holds all that was written and not replaced."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bren_desktop.domain.actors import Role
from bren_desktop.domain.entities import Kind
from tests.sync.doubles import Moment
from tests.sync.machine import verdict
from tests.sync.machine.fleet import PLANS, Fleet, Worked
from tests.sync.machine.machine import ALL, COUNTS, HIDDEN, ODD, STEP, YEARS, machine_for, play

CALM = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
LEAST_STEPS = 500
SUITE = settings(
    max_examples=13, stateful_step_count=60, deadline=None, suppress_health_check=CALM, report_multiple_bugs=False
)
LONG = settings(SUITE, max_examples=50, stateful_step_count=200, database=None)
TOUR: tuple[tuple[str, dict[str, Any]], ...] = (
    ("found", {"size": 5}),
    ("write", {"who": 2, "kind": Kind.CASE, "which": 0, "field": 0, "fresh": True}),
    ("snapshot", {}),
    ("image", {"who": 3}),
    *(("odd", {"who": who, "act": act}) for who, act in enumerate(ODD[:4])),
    *(("write_and_sync", {"who": who, "kind": Kind.CASE}) for who in range(4)),
    ("tag", {"who": 1, "which": 1, "tag": "KP-WLZ", "there": True}),
    ("empty", {"who": 2, "which": 0}),
    ("section", {"who": 0, "which": 1}),
    ("odd", {"who": 0, "act": ODD[4]}),
    ("sync_all", {}),
    ("check", {"who": 1}),
    *(("sync_cut", {"who": 1, "first": 3, "moment": moment}) for moment in Moment),
    *(("killed", {"who": 2, "first": 1, "moment": Moment.BEFORE, "where": where}) for where in PLANS),
    ("full", {"who": 3}),
    ("later", {"minutes": 20}),
    ("clock", {"who": 2, "ms": YEARS}),
    ("clock", {"who": 2, "ms": 0}),
    *(("flip", {"which": 5, "bit": bit}) for bit in (900, 2000)),
    ("truncate", {"which": 9, "keep": 50}),
    ("replay", {"which": 0}),
    ("delete", {"which": 12}),
    ("swap", {"one": 3, "other": 7}),
    ("duplicate", {"which": 4, "upper": True}),
    ("duplicate", {"which": 6, "upper": False}),
    *(("hide", {"who": who, "which": 8, "verb": verb}) for who, verb in enumerate(HIDDEN)),
    ("stale", {"who": 4}),
    ("sync_all", {}),
    *(("clear", {"who": who}) for who in range(5)),
    ("roll_back", {"which": 0}),
    ("restore", {"who": 3}),
    ("fall_back", {"who": 2, "unsent": True}),
    ("clone", {"who": 4}),
    ("join", {"who": 0, "person": 5}),
    ("sync_all", {}),
    ("revoke", {"who": 0, "other": 5}),
    ("role", {"who": 0, "other": 3, "role": Role.SECRETARIS}),
    ("erase", {"who": 0, "which": 1}),
    ("upgrade", {"who": 0}),
    ("role_race", {"other": 2, "role": Role.VOORZITTER}),
)
RACE: tuple[tuple[str, dict[str, Any]], ...] = (("found", {"size": 5}), ("epoch_race", {"one": 2, "other": 3}))
"""Every rule, and every choice in it, once: what cannot do anything any more is no proof."""
CROSSED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("found", {"size": 5}),
    ("write_the_same", {"kind": Kind.CASE, "who": 0}),
    ("image", {"who": 1}),
    ("snapshot", {}),
    ("killed", {"first": 1, "moment": Moment.AFTER, "where": "plan", "who": 0}),
    ("clone", {"who": 3}),
    ("later", {"minutes": 20}),
    ("later", {"minutes": 20}),
    ("later", {"minutes": 1560}),
    ("erase", {"which": 12717, "who": 1}),
    ("erase", {"which": 9172, "who": 5}),
    ("roll_back", {"which": 693}),
    ("killed", {"first": 10, "moment": Moment.BEFORE, "where": "store_plan", "who": 3}),
    ("restore", {"who": 1}),
)
"""Two chains written twice, each of which goes on with a segment that saw the one of the other that fell."""
VOID: tuple[tuple[str, dict[str, Any]], ...] = (
    ("found", {"size": 4}),
    ("join", {"person": 4, "who": 5}),
    ("clone", {"who": 2}),
    ("stale", {"who": 5}),
    ("fall_back", {"unsent": False, "who": 2}),
    ("join", {"person": 4, "who": 0}),
    ("erase", {"which": 10913, "who": 5}),
)
"""A laptop is let in after one that goes on as a new device, which in the end does not count."""
SHARDS = 10
"""Ten times 50 times 200 steps make the 100,000; each shard is a test of its own, for as many cores as there are."""


def told() -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(COUNTS.items()))


def test_the_fleet_keeps_everything(worked: Worked, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    COUNTS.clear()
    while COUNTS[STEP] < LEAST_STEPS:
        run_state_machine_as_test(machine_for(worked, base), settings=SUITE)
    with capsys.disabled():
        sys.stdout.write(f"\nrules: {told()}\n")


def test_every_rule_does_something(worked: Worked, base: Path) -> None:
    COUNTS.clear()
    for tour in (TOUR, RACE):
        play(machine_for(worked, base), *tour)
    assert {name for name, count in COUNTS.items() if count} == ALL


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


def test_what_lies_in_a_folder_of_another_kind_counts_for_nobody(fleet: Fleet) -> None:
    """A renewal that only a disk had that died, swapped with a segment: found by the machine."""
    case, before = fleet.entities[Kind.CASE][0], set(fleet.store.paths(".bra"))
    fleet.image("bo")
    for _ in range(2):
        fleet.write("bo", Kind.CASE, case, {("hulpvraag", ""): fleet.value()})
        fleet.sync("bo")
        fleet.restore("bo")
    fleet.write("bo", Kind.CASE, case, {("hulpvraag", ""): fleet.value()})
    (renewal,) = set(fleet.store.paths(".bra")) - before
    fleet.store.swap(renewal, fleet.store.paths(".brs")[0])
    verdict.stabilize(fleet)
    assert renewal not in fleet.seats["noor"].mirror.files
    verdict.judge(fleet)


def test_what_a_cut_names_is_waited_for_also_where_others_stand_in_its_place(fleet: Fleet) -> None:
    """A share that forgot, and a disk that came back twice and wrote on in the old device: found by the machine."""
    case, before = fleet.entities[Kind.CASE][0], fleet.store.snapshot()

    def write_and_sync() -> None:
        fleet.write("bo", Kind.CASE, case, {("hulpvraag", ""): fleet.value()})
        fleet.sync("bo")

    fleet.image("bo")
    write_and_sync()
    fleet.restore("bo")
    write_and_sync()
    fleet.store.roll_back(before)
    fleet.sync("bo")
    fleet.restore("bo")
    for _ in range(2):
        fleet.image("bo")
        write_and_sync()
        fleet.restore("bo")
    write_and_sync()
    verdict.stabilize(fleet)
    verdict.judge(fleet)


def test_who_was_let_in_by_somebody_who_was_out_is_told(fleet: Fleet) -> None:
    """It worked, and asked to erase, before anybody knew: found by the machine."""
    case, gone = fleet.entities[Kind.CASE]
    fleet.seats["noor"].view.troubles.full = True
    assert fleet.revoke("noor", "ali")
    assert fleet.join("ali", "guest", "bo")
    for name in ("guest", "ali", "guest"):
        fleet.sync(name)
    assert fleet.write("guest", Kind.CASE, case, {("hulpvraag", ""): fleet.value()})
    assert fleet.erase("guest", gone)
    verdict.stabilize(fleet)
    verdict.judge(fleet)
    assert "outsider" in fleet.laptops["guest"].reasons
    (asked,) = fleet.laptops["noor"].door.status().erasures
    assert asked.names == ("Guest",)


def test_who_goes_on_as_a_new_device_in_a_role_that_falls_is_in_still(fleet: Fleet) -> None:
    """Only the role falls: what it wrote then is written again in the role that it has."""
    case = fleet.entities[Kind.CASE][0]
    fleet.seats["noor"].view.troubles.full = True
    assert fleet.revoke("noor", "ali")
    fleet.image("bo")
    assert fleet.write("bo", Kind.CASE, case, {("hulpvraag", ""): fleet.value()})
    fleet.sync("bo")
    assert fleet.set_role("ali", "bo", Role.VOORZITTER)
    fleet.restore("bo")
    assert fleet.sync("bo")
    then = fleet.laptops["bo"].actor
    assert then.role is Role.VOORZITTER
    assert fleet.write("bo", Kind.CASE, case, {("hulpvraag", ""): fleet.value()})
    fleet.sync("bo")
    fleet.demoted.clear()
    verdict.stabilize(fleet)
    verdict.judge(fleet)
    assert fleet.is_member("bo")
    assert fleet.laptops["bo"].actor.role is Role.SECRETARIS


def test_what_a_disk_lost_comes_back_where_the_other_half_of_a_fork_lies(fleet: Fleet) -> None:
    """The one that was applied counted as there, under the number of the other: found by the machine."""
    fleet.clone("ali", "ali+")
    for name in ("ali", "ali+"):
        fleet.write(name, Kind.CASE, fleet.entities[Kind.CASE][0], {("hulpvraag", ""): fleet.value()})
    before = fleet.store.snapshot()
    fleet.sync("ali")
    theirs = fleet.store.snapshot()
    fleet.store.roll_back(before)
    fleet.sync("ali+")
    for path, data in theirs.items():
        fleet.store.files.setdefault(path, data)
    fleet.sync("noor")
    folder = fleet.seats["noor"].mirror.files
    twice = [
        path for path in folder if sum(other[:-18] == path[:-18] for other in folder if other.endswith(".brs")) > 1
    ]
    assert twice
    for lost in twice:
        del folder[lost]
        fleet.laptops["noor"].restart()
        fleet.sync("noor")
        assert lost in folder


def test_two_forks_that_saw_each_other_hold_up_nobody(worked: Worked, base: Path) -> None:
    """A clone, a restored disk and a share that forgot; everybody waited for ever: found by the machine."""
    play(machine_for(worked, base), *CROSSED)


def test_who_is_let_in_waits_for_no_device_that_does_not_count(worked: Worked, base: Path) -> None:
    """The inviter had seen it, so the own records never moved: found by the machine."""
    play(machine_for(worked, base), *VOID)


@pytest.mark.torture
@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_fleet_keeps_everything_for_a_long_time(
    shard: int, worked: Worked, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_state_machine_as_test(machine_for(worked, base), settings=LONG)
    with capsys.disabled():
        sys.stdout.write(f"\nshard {shard}, rules so far: {told()}\n")
