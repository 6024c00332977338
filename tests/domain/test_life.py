"""The table of steps by itself, and what counts of an earlier round."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from bren_desktop.domain import needs
from bren_desktop.domain.actors import Role
from bren_desktop.domain.advice import Advice, Discussion, PlanRow
from bren_desktop.domain.aftercare import Deployment
from bren_desktop.domain.cases import Case
from bren_desktop.domain.course import Course, replay
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.entities import MODELS
from bren_desktop.domain.fields import notes
from bren_desktop.domain.life import STEPS, Step, step_to, steps_from
from bren_desktop.domain.rights import RIGHTS, Right
from bren_desktop.domain.states import ENDED, FLAGS, State
from bren_desktop.domain.transitions import Transition
from bren_desktop.domain.vocabulary import vocabulary

TODAY = date(2026, 11, 22)
EARLIER = date(2026, 11, 2)
AGAIN = date(2026, 11, 10)
EMPTY = Course(Case(), TODAY)


def test_states_are_those_of_the_list() -> None:
    assert [state.value for state in State] == [term.code for term in vocabulary("casusstatus")]


def test_between_two_states_there_is_one_step_at_most() -> None:
    pairs = Counter((source, step.target) for step in STEPS for source in step.sources)
    assert set(pairs.values()) == {1}
    assert all(step_to(source, target) for source, target in pairs)


def test_every_state_can_be_left_but_the_last_ones_and_every_one_reached_but_flags() -> None:
    assert {state for state in State if not steps_from(state)} == {State.DESTROYED, State.TRANSFERRED}
    reached = {step.target for step in STEPS}
    assert set(State) - reached == {State.CONCEPT, State.DESTROYED, *FLAGS}


@pytest.mark.parametrize("state", sorted(set(State) - ENDED))
def test_from_every_open_state_a_case_is_withdrawn_or_transferred_with_a_reason(state: State) -> None:
    for target in (State.WITHDRAWN, State.TRANSFERRED):
        step = step_to(state, target)
        assert step is not None
        assert step.asks == ("reden",)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.verb}-{step.target}")
def test_who_makes_a_step_has_the_rights_for_it(step: Step) -> None:
    assert all(Right.MOVE_CASE in RIGHTS[role] for role in step.roles)
    assert step.decides <= all(Right.DECIDE in RIGHTS[role] for role in step.roles)
    assert step.roles >= {Role.VOORZITTER, Role.PLAATSVERVANGER}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.verb}-{step.target}")
def test_every_lack_names_a_field_and_a_sentence(step: Step) -> None:
    for lack in step.lacks(EMPTY):
        assert lack.field in notes(MODELS[lack.kind])
        assert lack.sentence.endswith(".")
        assert needs.label_of(lack) == notes(MODELS[lack.kind])[lack.field].label


def test_replayed_transitions_end_where_the_last_one_led() -> None:
    assert replay(()) == ""
    assert replay((Transition(naar="ST-AAN"), Transition(naar="ST-TRI"))) == "ST-TRI"


@pytest.mark.parametrize("again", [Transition(naar="ST-HER"), Transition(van="ST-MON", naar="ST-RET")])
def test_what_was_done_before_a_new_round_does_not_count_in_it(again: Transition) -> None:
    course = replace(
        EMPTY,
        discussions={"b": Discussion(datum=EARLIER)},
        advices={"a": Advice(vrijgegeven_op=EARLIER)},
        deployments={"i": Deployment(expert="e", antwoord="IA-JA", antwoord_op=EARLIER)},
    )
    anew = replace(course, transitions=(again.model_copy(update={"op": AGAIN}),))
    for need, place in (
        (needs.discussed, "datum"),
        (needs.advised, "vrijgegeven_op"),
        (needs.expert_engaged, "antwoord"),
    ):
        assert place not in {lack.field for lack in need(course)}
        assert [lack.field for lack in need(anew)] == [place]


def test_the_fullest_discussion_counts() -> None:
    course = replace(EMPTY, discussions={"a": Discussion(datum=TODAY), "b": Discussion(datum=TODAY, uitkomst="x")})
    assert "uitkomst" not in {lack.field for lack in needs.discussed(course)}


def test_anonymous_cases_go_to_other_regions_without_consent() -> None:
    sheet = dict.fromkeys(("wat_is_geprobeerd", "waarom_bovenregionaal", "inbrengvraag"), "x")
    checked = {"blad_gecontroleerd_door": "Lid", "blad_gecontroleerd_op": TODAY}
    named = replace(EMPTY, case=Case.model_validate({**sheet, **checked}))
    assert [lack.kind.value for lack in needs.ready_for_other_regions(named)] == ["toestemming"]
    anonymous = replace(named, case=named.case.model_copy(update={"toestemming_status": "TS-ANON"}))
    assert list(needs.ready_for_other_regions(anonymous)) == []
    decided = replace(named, disclosures={"d": Disclosure(doel="TD-B", ontvanger="OG-INTER", datum=TODAY)})
    assert list(needs.ready_for_other_regions(decided)) == []


@pytest.mark.parametrize(
    ("plans", "is_turned"),
    [
        ((), False),
        ((PlanRow(id="A", stand="PS-GEK"),), False),
        ((PlanRow(id="A", stand="PS-STR"),), True),
        ((PlanRow(id="A"), PlanRow(id="B", stand="PS-GEK")), True),
    ],
)
def test_a_plan_that_failed_or_another_that_was_chosen_is_monitored(
    plans: tuple[PlanRow, ...], is_turned: bool
) -> None:
    course = replace(EMPTY, advices={"a": Advice(vrijgegeven_op=TODAY, plannen=plans)})
    assert (list(needs.under_way(course)) == []) is is_turned
