"""The table of steps by itself, and what counts of an earlier round."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from bren_desktop.domain import needs
from bren_desktop.domain.actors import Role
from bren_desktop.domain.advice import Advice, Discussion, PlanRow
from bren_desktop.domain.aftercare import Bridge, Deployment, Escalation, FollowUp
from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import Closing
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.course import Course, closing_round, replay
from bren_desktop.domain.disclosures import Disclosure
from bren_desktop.domain.entities import MODELS
from bren_desktop.domain.fields import notes
from bren_desktop.domain.life import STEPS, Step, step_to, steps_from
from bren_desktop.domain.needs import Need
from bren_desktop.domain.records import FiledDocument
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
    assert {state for state in State if not steps_from(state)} == {State.DESTROYED}
    reached = {step.target for step in STEPS}
    assert set(State) - reached == {State.CONCEPT, State.DESTROYED, *FLAGS}


@pytest.mark.parametrize("state", sorted(set(State) - ENDED))
def test_from_every_open_state_a_case_is_withdrawn_or_transferred_with_a_reason(state: State) -> None:
    asked = {State.WITHDRAWN: ("reden",), State.TRANSFERRED: ("reden", "doorgeleid_naar")}
    for target, fields in asked.items():
        step = step_to(state, target)
        assert step is not None
        assert step.asks == fields


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
        assert _asked(need, place) not in {lack.sentence for lack in need(course)}
        assert next(need(anew)).sentence == _asked(need, place)


def _asked(need: Need, place: str) -> str:
    """What a need says of a case without anything."""
    return next(lack.sentence for lack in need(EMPTY) if lack.field == place)


@pytest.mark.parametrize("again", [Transition(naar="ST-HER"), Transition(van="ST-UIT", naar="ST-RET")])
def test_on_the_day_of_a_new_round_what_was_written_before_it_does_not_count(again: Transition) -> None:
    course = replace(EMPTY, transitions=(again.model_copy(update={"op": TODAY}),), before_round=frozenset({"old"}))
    assert not course.in_this_round("old", TODAY)
    assert course.in_this_round("new", TODAY)


def test_what_was_done_before_the_aanmelding_does_not_count() -> None:
    course = replace(EMPTY, case=Case(datum_aanmelding=AGAIN))
    assert not course.in_this_round("b", EARLIER)
    assert course.in_this_round("b", AGAIN)


@pytest.mark.parametrize(
    ("course", "need"),
    [
        (replace(EMPTY, discussions={"x": Discussion(datum=AGAIN)}), needs.discussed),
        (replace(EMPTY, advices={"x": Advice(vrijgegeven_op=AGAIN)}), needs.advised),
        (
            replace(EMPTY, deployments={"x": Deployment(expert="e", antwoord="IA-JA", antwoord_op=AGAIN)}),
            needs.expert_engaged,
        ),
        (replace(EMPTY, closings={"x": Closing(bevestigd_op=AGAIN, bevestigd_door_id="p")}), needs.closed),
        (replace(EMPTY, case=Case(blad_gecontroleerd_op=AGAIN)), needs.ready_for_other_regions),
    ],
)
def test_a_step_is_not_dated_before_what_it_rests_on(course: Course, need: Need) -> None:
    assert "op" not in {lack.field for lack in need(course)}
    early = replace(course, details=Transition(op=EARLIER))
    (lack,) = [lack for lack in need(early) if lack.field == "op"]
    assert "10-11-2026" in lack.sentence


def test_monitoring_is_not_dated_before_the_point_that_was_followed() -> None:
    told = {"o": FollowUp(advies="a", datum=AGAIN, stand="OS-JA")}
    course = replace(EMPTY, advices={"a": Advice(vrijgegeven_op=EARLIER)}, follow_ups=told)
    assert list(needs.under_way(course)) == []
    assert [lack.field for lack in needs.under_way(replace(course, details=Transition(op=EARLIER)))] == ["op"]


def test_what_runs_beside_the_state_ends_before_the_case_does() -> None:
    running = replace(EMPTY, bridges={"b": Bridge()}, escalations={"e": Escalation()})
    assert {"beeindigd_op", "afgesloten_op"} <= {lack.field for lack in needs.closed(running)}
    ended = {"b": Bridge(beeindigd_op=TODAY)}, {"e": Escalation(afgesloten_op=TODAY)}
    over = replace(EMPTY, bridges=ended[0], escalations=ended[1])
    assert not {"beeindigd_op", "afgesloten_op"} & {lack.field for lack in needs.closed(over)}


def test_a_closing_counts_for_one_stay_in_monitoring() -> None:
    stays = tuple(Transition(naar=state) for state in ("ST-TRI", "ST-MON", "ST-RET", "ST-MON", "ST-HER"))
    assert [closing_round(each.naar for each in stays[:n]) for n in range(6)] == [0, 0, 1, 1, 2, 3]


def test_without_a_discussion_or_advice_everything_that_it_holds_is_named() -> None:
    assert {"datum", "gremium", "aanwezigen", "uitkomst"} <= {lack.field for lack in needs.discussed(EMPTY)}
    assert {"vrijgegeven_op", "procesregisseur", "punten"} <= {lack.field for lack in needs.advised(EMPTY)}


def test_the_fullest_discussion_counts() -> None:
    course = replace(EMPTY, discussions={"a": Discussion(datum=TODAY), "b": Discussion(datum=TODAY, uitkomst="x")})
    assert "uitkomst" not in {lack.field for lack in needs.discussed(course)}


CONSENTED = Consent(doelen=("TD-A",), gevers=("TG-JEUGD",), gegeven_op=EARLIER)
ADULT = Case(geboortedatum=date(2008, 1, 1), toestemming_status="TS-JA")


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ({}, []),
        ({"ingetrokken_op": AGAIN}, ["doelen"]),
        ({"doelen": ("TD-C",)}, ["doelen"]),
    ],
)
def test_a_case_comes_to_the_table_with_consent_for_it(change: dict[str, object], asked: list[str]) -> None:
    course = replace(EMPTY, case=ADULT, consents={"c": CONSENTED.model_copy(update=change)})
    assert [lack.field for lack in needs.ready_to_be_discussed(course)] == asked
    for status in ("TS-ANON", "TS-GEDW"):
        unasked = replace(course, case=ADULT.model_copy(update={"toestemming_status": status}))
        assert list(needs.ready_to_be_discussed(unasked)) == []


@pytest.mark.parametrize(
    ("held", "withdrawn", "purposes"),
    [
        (Discussion(datum=AGAIN, gremium="GR-RET"), {}, 0),
        (Discussion(datum=AGAIN, gremium="GR-INT"), {}, 1),
        (Discussion(datum=AGAIN, gremium="GR-RET"), {"ingetrokken_op": AGAIN}, 1),
        (Discussion(datum=AGAIN, gremium="GR-RET"), {"ingetrokken_op": TODAY}, 0),
    ],
)
def test_consent_held_on_the_day_of_the_discussion(
    held: Discussion, withdrawn: dict[str, object], purposes: int
) -> None:
    course = replace(EMPTY, case=ADULT, discussions={"b": held}, consents={"c": CONSENTED.model_copy(update=withdrawn)})
    assert len(list(needs.discussed_with_consent(course))) == purposes


@pytest.mark.parametrize(
    ("case", "consent", "looked_at", "asked"),
    [
        (ADULT, CONSENTED, None, ["toestemming_nagekeken"]),
        (ADULT, CONSENTED, True, []),
        (ADULT, CONSENTED.model_copy(update={"gegeven_op": AGAIN}), None, []),
        (ADULT, CONSENTED.model_copy(update={"doelen": ("TD-D",), "gegeven_op": AGAIN}), True, ["gegeven_op"]),
        (ADULT.model_copy(update={"toestemming_status": "TS-GEDW"}), Consent(), None, ["toestemming_nagekeken"]),
        (ADULT.model_copy(update={"toestemming_status": "TS-ANON"}), Consent(), True, []),
    ],
)
def test_reopening_asks_for_a_new_look_at_consent(
    case: Case, consent: Consent, looked_at: bool | None, asked: list[str]
) -> None:
    course = replace(
        EMPTY,
        case=case,
        consents={"c": consent},
        transitions=(Transition(naar="ST-AFG", op=AGAIN),),
        details=Transition(toestemming_nagekeken=looked_at),
    )
    assert [lack.field for lack in needs.consent_checked(course)] == asked


def test_a_decision_to_ask_an_expert_counts_on_the_day_of_the_letter() -> None:
    letter = FiledDocument(
        expert="e", soort="Consultatievraag", datum=TODAY, vrijgegeven_door="Vera", identificerend=True
    )
    course = replace(
        EMPTY,
        case=ADULT,
        deployments={"i": Deployment(expert="e", antwoord="IA-JA", antwoord_op=TODAY)},
        documents={"d": letter},
    )
    for day, lacks in ((TODAY, 0), (EARLIER, 1)):
        decided = replace(course, disclosures={"b": Disclosure(doel="TD-C", datum=day)})
        assert len(list(needs.expert_engaged(decided))) == lacks


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
    ("told", "goes_on"),
    [
        (FollowUp(advies="a", stand="OS-DEELS"), True),
        (FollowUp(advies="a", stand="OS-NEE"), False),
        (FollowUp(advies="a", plan="A", planstand="PS-STR"), True),
        (FollowUp(advies="a", plan="B", planstand="PS-GEK"), True),
        (FollowUp(advies="a", plan="B", planstand="PS-OPEN"), False),
        (FollowUp(advies="b", plan="A", planstand="PS-STR"), False),
    ],
)
def test_monitoring_needs_something_told_since_the_release(told: FollowUp, *, goes_on: bool) -> None:
    plans = (PlanRow(id="A", stand="PS-STR"), PlanRow(id="B", stand="PS-GEK"))
    course = replace(EMPTY, advices={"a": Advice(vrijgegeven_op=TODAY, plannen=plans)})
    assert [lack.field for lack in needs.under_way(course)] == ["stand"]
    assert (list(needs.under_way(replace(course, follow_ups={"f": told}))) == []) is goes_on


@pytest.mark.parametrize(
    ("state", "first"),
    [
        ("ST-TRI", "ST-RET"), ("ST-RET", "ST-BES"), ("ST-AGE", "ST-BES"), ("ST-INZ", "ST-BES"), ("ST-BES", "ST-ADV"),
        ("ST-UIT", "ST-MON"), ("ST-MON", "ST-AFG"),
    ],
)  # fmt: skip
def test_the_usual_step_comes_first(state: str, first: str) -> None:
    assert steps_from(state)[0].target == first
