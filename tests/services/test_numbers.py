"""Numbers after a backup came back: beyond whatever was given out since."""

from __future__ import annotations

from typing import cast

import pytest

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context
from bren_desktop.services.numbers import leap
from bren_desktop.services.sync_ports import SyncStore


def next_number(context: Context, actor: Actor) -> int:
    number = CaseWork(context).record(actor, Case(hulpvraag="nieuw")).case.nummer
    return int(number.removeprefix("CONCEPT-AA"))


def leap_at(context: Context, now_ms: int) -> None:
    with cast("SyncStore", context.store).sync() as rows:
        leap(rows, now_ms)


@pytest.mark.parametrize(("minutes", "leapt"), [(0, 1_000), (90, 1_090), (-90, 1_000)])
def test_numbers_leap_by_the_minutes_since_the_backup(context: Context, actor: Actor, minutes: int, leapt: int) -> None:
    assert next_number(context, actor) == 1
    now = context.clock.now_ms()
    leap_at(context, now + minutes * 60_000)
    assert next_number(context, actor) == 2 + leapt


def test_a_second_restoring_leaps_again(context: Context, actor: Actor) -> None:
    next_number(context, actor)
    for _ in range(2):
        leap_at(context, context.clock.now_ms())
    assert next_number(context, actor) == 2_002
