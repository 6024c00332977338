"""An inzet goes step by step: whatever is filled in, what passes is in order and complete up to its last step."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.aftercare import Deployment
from bren_desktop.domain.deploying import DECLINED, TOLD_AT, Step, day_of, deployment_faults, next_step

TODAY = date(2026, 11, 22)
START = date(2026, 9, 1)
WHOLE = Deployment(
    expert="e",
    inzetvorm="IV-TEL",
    gevraagd_op=START,
    antwoord="IA-JA",
    antwoord_op=START + timedelta(days=2),
    eerste_contact=START + timedelta(days=5),
    afgerond_op=START + timedelta(days=40),
    minuten=240,
    evaluatie_op=START + timedelta(days=50),
    resultaat="RS-DEELS",
    tevreden_verwijzer="TV-4",
    tevreden_jeugdige="TV-NG",
    tevreden_ouders="TV-5",
    toegevoegde_waarde="Er kwam rust.",
)
FIELDS = [*Step, *(field for step in Step for field in TOLD_AT[step])]


def until(last: Step) -> Deployment:
    """The whole inzet as it stood after a step."""
    taken = list(Step)[: list(Step).index(last) + 1]
    kept = {field: getattr(WHOLE, field) for step in taken for field in (step.value, *TOLD_AT[step])}
    return Deployment(**kept)


def wrong(deployment: Deployment) -> list[str]:
    return [str(fault.field) for fault in deployment_faults(deployment, TODAY)]


@pytest.mark.parametrize("step", Step)
def test_each_step_can_be_recorded_after_the_one_before_it(step: Step) -> None:
    assert wrong(until(step)) == []
    after = list(Step)[list(Step).index(step) + 1 :]
    assert next_step(until(step)) == (after[0] if after else None)


@given(
    st.sets(st.sampled_from(FIELDS)), st.dictionaries(st.sampled_from(list(Step)), st.dates(START, date(2027, 1, 1)))
)
def test_what_passes_is_in_order_and_complete(emptied: set[str], moved: dict[str, date]) -> None:
    changes: dict[str, Any] = {str(step): day for step, day in moved.items()}
    changes |= {field: Deployment.model_fields[field].default for field in map(str, emptied)}
    tried = WHOLE.model_copy(update=changes)
    if wrong(tried):
        return
    days = [day_of(tried, step) for step in Step]
    taken = [day for day in days if day]
    assert days[: len(taken)] == taken
    assert all(earlier <= later <= TODAY for earlier, later in pairwise(taken))
    assert tried.expert
    assert (tried.minuten is not None) == bool(tried.afgerond_op)
    assert bool(tried.resultaat) == bool(tried.evaluatie_op)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"eerste_contact": None}, "eerste_contact"),
        ({"antwoord_op": START - timedelta(days=1)}, "antwoord_op"),
        ({"evaluatie_op": TODAY + timedelta(days=1)}, "evaluatie_op"),
        ({"expert": ""}, "expert"),
        ({"inzetvorm": ""}, "inzetvorm"),
        ({"antwoord": ""}, "antwoord"),
        ({"minuten": None}, "minuten"),
        ({"resultaat": ""}, "resultaat"),
        ({"tevreden_jeugdige": ""}, "tevreden_jeugdige"),
        ({"antwoord": DECLINED, "reden_afwijzing": "Geen tijd"}, "eerste_contact"),
    ],
)
def test_a_fault_names_its_field(change: dict[str, object], field: str) -> None:
    assert wrong(WHOLE.model_copy(update=change)) == [field]


def test_a_refusal_needs_its_reason_and_ends_the_inzet() -> None:
    declined = until(Step.ANSWER).model_copy(update={"antwoord": DECLINED})
    assert wrong(declined) == ["reden_afwijzing"]
    declined = declined.model_copy(update={"reden_afwijzing": "Geen tijd dit jaar"})
    assert wrong(declined) == []
    assert next_step(declined) is None


def test_what_is_told_at_a_step_needs_its_day() -> None:
    asked = until(Step.REQUEST)
    assert wrong(asked.model_copy(update={"antwoord": "IA-JA"})) == ["antwoord_op"]
    assert wrong(asked.model_copy(update={"minuten": 0})) == ["eerste_contact"]
