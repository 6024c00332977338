"""Overbrugging: what it needs, and how a look at it moves the next one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.aftercare import Bridge, CheckRow
from bren_desktop.domain.bridging import BridgeCheck, bridge_faults, check_faults, checked, next_check

TODAY = date(2026, 11, 22)
BRIDGE = Bridge(
    vorm="Twee avonden ambulante hulp",
    door="De Boog",
    van=date(2026, 11, 2),
    tot=date(2027, 1, 31),
    veiligheid_door="De gezinsvoogd",
    volgende_check=date(2026, 11, 16),
)
LOOK = BridgeCheck(op=TODAY, door="Els", bevinding="Het werkt en is veilig.")


def wrong(bridge: Bridge) -> list[str]:
    return [fault.field for fault in bridge_faults(bridge, TODAY)]


def test_a_bridge_that_says_enough_is_right_and_open() -> None:
    assert wrong(BRIDGE) == []
    assert BRIDGE.is_open


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"vorm": ""}, "vorm"),
        ({"door": ""}, "door"),
        ({"van": None}, "van"),
        ({"tot": None}, "tot"),
        ({"tot": date(2026, 11, 1)}, "tot"),
        ({"veiligheid_door": ""}, "veiligheid_door"),
        ({"volgende_check": None}, "volgende_check"),
        ({"volgende_check": date(2026, 11, 1)}, "volgende_check"),
        ({"beeindigd_op": TODAY}, "afloop"),
        ({"afloop": "Goed"}, "beeindigd_op"),
        ({"beeindigd_op": date(2026, 11, 1), "afloop": "Goed"}, "beeindigd_op"),
        ({"beeindigd_op": TODAY + timedelta(days=1), "afloop": "Goed"}, "beeindigd_op"),
    ],
)
def test_a_fault_names_its_field(change: dict[str, object], field: str) -> None:
    assert wrong(BRIDGE.model_copy(update=change)) == [field]


@given(st.lists(st.tuples(st.integers(0, 20), st.none() | st.integers(1, 60)), max_size=6))
def test_every_look_stays_and_moves_the_next(looks: list[tuple[int, int | None]]) -> None:
    bridge, day = BRIDGE, date(2026, 11, 2)
    for step, ahead in looks:
        day += timedelta(days=step)
        agreed = day + timedelta(days=ahead) if ahead else None
        bridge = checked(bridge, BridgeCheck(op=day, bevinding="Gaat goed", volgende_check=agreed))
        assert bridge.volgende_check == (agreed or day + timedelta(days=14))
        assert bridge.checks[-1] == CheckRow(op=day, bevinding="Gaat goed")
    assert len(bridge.checks) == len(looks)
    assert bridge.tot == BRIDGE.tot


def test_a_look_may_move_the_end() -> None:
    assert checked(BRIDGE, LOOK.model_copy(update={"tot": date(2027, 3, 1)})).tot == date(2027, 3, 1)


def test_somebody_looks_again_after_fourteen_days() -> None:
    assert next_check(TODAY) == date(2026, 12, 6)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"op": None}, "op"),
        ({"op": TODAY + timedelta(days=1)}, "op"),
        ({"bevinding": ""}, "bevinding"),
        ({"volgende_check": TODAY}, "volgende_check"),
    ],
)
def test_a_look_that_says_too_little_names_its_field(change: dict[str, object], field: str) -> None:
    assert check_faults(LOOK, BRIDGE, TODAY) == ()
    assert [fault.field for fault in check_faults(LOOK.model_copy(update=change), BRIDGE, TODAY)] == [field]


def test_nobody_looks_at_a_bridge_that_has_ended() -> None:
    ended = BRIDGE.model_copy(update={"beeindigd_op": TODAY, "afloop": "Er is een plek"})
    assert not ended.is_open
    assert check_faults(LOOK, ended, TODAY)
