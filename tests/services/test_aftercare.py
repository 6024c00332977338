"""Opvolging: what is told, agreed and done after an advice, on one laptop and on two."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.advice import Advice, PlanRow, PointRow
from bren_desktop.domain.aftercare import BigFiveRow, Bridge, Deployment, Escalation, FuturePlan
from bren_desktop.domain.bridging import BridgeCheck
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.following import FollowUpSheet, ToldRow
from bren_desktop.domain.rights import Right, may
from bren_desktop.errors import InvalidInputError, NotAllowedError, NotFoundError
from bren_desktop.oplog.registers import conflicts
from bren_desktop.services import below
from bren_desktop.services.aftercare import Aftercare
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.conflicts import Conflicts
from bren_desktop.services.context import Context, author
from bren_desktop.services.pool import Pool
from bren_desktop.services.sync_ports import SyncStore
from bren_desktop.storage.store import EncryptedStore
from tests.delivery import exchanged

TODAY = date(2026, 11, 22)
RELEASED = date(2026, 10, 1)
ADVICE = Advice(
    punten=(
        PointRow(id="1", wat="Zoek een school", eigenaar="Jan", uiterlijk=date(2026, 11, 1), waarom="Dag en ritme"),
        PointRow(id="2", wat="Bel moeder", eigenaar="Els", uiterlijk=date(2026, 12, 1), waarom="Zij hoort erbij"),
    ),
    vrijgegeven_op=RELEASED,
    vrijgegeven_door="Vera Voorbeeld",
)
BRIDGE = Bridge(vorm="Twee avonden hulp", door="De Boog", tot=date(2027, 1, 31), veiligheid_door="De gezinsvoogd")
STEP = Escalation(stap="ES-2", reden="Niemand beslist", gevraagd_besluit="Wie betaalt?", uiterlijk=date(2026, 12, 1))


@dataclass
class Work:
    """The services of one laptop, and who sits behind it."""

    context: Context
    actor: Actor

    def __post_init__(self) -> None:
        self.cases, self.pool = CaseWork(self.context), Pool(self.context)
        self.aftercare = Aftercare(self.context)

    def advised(self, case: str, advice: Advice = ADVICE) -> str:
        with self.context.store.write(author(self.actor)) as writer:
            return below.file_in(writer, self.context, Kind.ADVICE, case, advice)

    def tell(self, case: str, advice: str, *rows: ToldRow, day: date | None = None) -> None:
        sheet = FollowUpSheet(advies=advice, datum=day, volgens="de mentor", opvolging=rows)
        self.aftercare.follow_up(self.actor, case, sheet)

    def stands(self, case: str) -> list[str]:
        return [each.stand for each in self.aftercare.standings(self.actor, case)]


@pytest.fixture
def work(context: Context, chair: Actor) -> Work:
    return Work(context, chair)


@pytest.fixture
def case(work: Work) -> str:
    return work.cases.record(work.actor, Case(geboortedatum=date(2009, 6, 1))).entity


@pytest.fixture
def expert(work: Work) -> str:
    return work.pool.record(work.actor, Expert(naam="Dr. Voorbeeld")).entity


@contextmanager
def refused(field: str) -> Iterator[None]:
    with pytest.raises(InvalidInputError) as caught:
        yield
    assert caught.value.field == field


def test_every_point_stands_where_it_was_last_told_to_stand(work: Work, case: str) -> None:
    advice = work.advised(case)
    assert work.stands(case) == ["OS-OPEN", "OS-OPEN"]
    work.tell(case, advice, ToldRow(id="1", stand="OS-DEELS", reden="Wachtlijst"), day=date(2026, 11, 3))
    work.tell(case, advice, ToldRow(id="1", stand="OS-JA", effect="Gaat weer"), ToldRow(id="2", stand="OS-OPEN"))
    work.tell(case, advice, ToldRow(id="1", stand="OS-NEE", reden="Nog niet"), day=date(2026, 10, 20))
    first, second = work.aftercare.standings(work.actor, case)
    assert (first.stand, second.stand) == ("OS-JA", "OS-OPEN")
    assert [telling.datum for telling in first.tellings] == [TODAY, date(2026, 11, 3), date(2026, 10, 20)]
    assert (first.newest and first.newest.effect, first.advies) == ("Gaat weer", advice)


def test_a_sheet_is_recorded_whole_or_not_at_all(work: Work, case: str) -> None:
    advice = work.advised(case)
    with refused("opvolging"):
        work.tell(case, advice, ToldRow(id="1", stand="OS-JA"), ToldRow(id="2", stand="OS-NEE"))
    assert work.stands(case) == ["OS-OPEN", "OS-OPEN"]


def test_only_the_points_of_the_advice_that_holds_are_followed(work: Work, case: str) -> None:
    earlier = work.advised(case, ADVICE.model_copy(update={"vrijgegeven_op": date(2026, 9, 1)}))
    other = work.cases.record(work.actor, Case()).entity
    assert work.aftercare.standings(work.actor, other) == ()
    current = work.advised(case)
    work.advised(case, ADVICE.model_copy(update={"vrijgegeven_op": None, "vrijgegeven_door": ""}))
    assert {each.advies for each in work.aftercare.standings(work.actor, case)} == {current}
    for entity, about in ((earlier, case), (current, other), ("", other)):
        with refused("opvolging"):
            work.tell(about, entity, ToldRow(id="1", stand="OS-JA"))


def test_an_inzet_goes_from_request_to_evaluation(work: Work, case: str, expert: str) -> None:
    do, me = work.aftercare, work.actor
    asked = Deployment(expert=expert, inzetvorm="IV-TEL", gevraagd_op=date(2026, 11, 1))
    entity = do.request_expert(me, case, asked)
    for told in (
        {"antwoord": "IA-JA", "antwoord_op": date(2026, 11, 2)},
        {"eerste_contact": date(2026, 11, 4)},
        {"afgerond_op": date(2026, 11, 20), "minuten": 180},
        {
            "evaluatie_op": TODAY,
            "resultaat": "RS-JA",
            **{f"tevreden_{who}": "TV-NG" for who in ("verwijzer", "jeugdige", "ouders")},
        },
    ):
        [held] = do.deployments(me, case)
        do.amend_deployment(me, entity, held.record.model_copy(update=told), told, held.seen)
    [held] = do.deployments(me, case)
    assert (held.record.casus, held.record.minuten, held.record.resultaat) == (case, 180, "RS-JA")


def test_no_step_of_an_inzet_is_skipped(work: Work, case: str, expert: str) -> None:
    do, me = work.aftercare, work.actor
    entity = do.request_expert(me, case, Deployment(expert=expert, inzetvorm="IV-TEL"))
    for told, field in (
        ({"eerste_contact": TODAY}, "antwoord_op"),
        ({"antwoord": "IA-JA", "antwoord_op": TODAY - timedelta(days=1)}, "antwoord_op"),
        ({"antwoord": "IA-NEE", "antwoord_op": TODAY}, "reden_afwijzing"),
        ({"antwoord": "misschien", "antwoord_op": TODAY}, "antwoord"),
    ):
        with refused(field):
            do.amend_deployment(me, entity, Deployment(**told), told)
    [held] = do.deployments(me, case)
    assert (held.record.antwoord, held.record.gevraagd_op) == ("", TODAY)


def test_the_expert_comes_from_the_pool(work: Work, case: str, expert: str) -> None:
    do, me = work.aftercare, work.actor
    for name in ("", "Dr. Verzonnen", case):
        with refused("expert"):
            do.request_expert(me, case, Deployment(expert=name, inzetvorm="IV-TEL"))
    entity = do.request_expert(me, case, Deployment(expert=expert, inzetvorm="IV-TEL"))
    with refused("expert"):
        do.amend_deployment(me, entity, Deployment(expert="weg"), ["expert"])


def test_nothing_moves_to_another_case(work: Work, case: str, expert: str) -> None:
    do, me = work.aftercare, work.actor
    entity = do.request_expert(me, case, Deployment(expert=expert, inzetvorm="IV-TEL"))
    do.amend_deployment(me, entity, Deployment(casus="ander", inzetvorm="IV-TAFEL"), ["casus", "inzetvorm"])
    [held] = do.deployments(me, case)
    assert (held.record.casus, held.record.inzetvorm) == (case, "IV-TAFEL")


def test_a_bridge_is_looked_at_until_it_ends(work: Work, case: str) -> None:
    do, me = work.aftercare, work.actor
    entity = do.start_bridge(me, case, BRIDGE.model_copy(update={"van": date(2026, 11, 1)}))
    [held] = do.bridges(me, case)
    assert held.record.volgende_check == date(2026, 11, 15)
    do.check_bridge(me, entity, BridgeCheck(op=date(2026, 11, 15), bevinding="Het werkt."))
    do.check_bridge(me, entity, BridgeCheck(bevinding="Wankel.", volgende_check=date(2026, 11, 26), door="Els"))
    [held] = do.bridges(me, case)
    assert [(row.op, row.door) for row in held.record.checks] == [(date(2026, 11, 15), me.name), (TODAY, "Els")]
    assert (held.record.volgende_check, held.record.is_open) == (date(2026, 11, 26), True)
    with refused("afloop"):
        do.amend_bridge(me, entity, Bridge(beeindigd_op=TODAY), ["beeindigd_op"])
    do.amend_bridge(me, entity, Bridge(beeindigd_op=TODAY, afloop="Er is plek"), ["beeindigd_op", "afloop"], held.seen)
    [held] = do.bridges(me, case)
    assert (held.record.is_open, len(held.record.checks)) == (False, 2)
    with pytest.raises(InvalidInputError):
        do.check_bridge(me, entity, BridgeCheck(bevinding="Nog eens"))


def test_one_bridge_may_follow_another(work: Work, case: str) -> None:
    do, me = work.aftercare, work.actor
    first = do.start_bridge(me, case, BRIDGE)
    do.amend_bridge(me, first, Bridge(beeindigd_op=TODAY, afloop="Liep af"), ["beeindigd_op", "afloop"])
    do.start_bridge(me, case, BRIDGE.model_copy(update={"van": TODAY + timedelta(days=1)}))
    assert sorted(held.record.is_open for held in do.bridges(me, case)) == [False, True]


def test_a_check_may_not_move_the_end_before_the_begin(work: Work, case: str) -> None:
    entity = work.aftercare.start_bridge(work.actor, case, BRIDGE)
    with refused("tot"):
        look = BridgeCheck(bevinding="Stopt", tot=TODAY - timedelta(days=1))
        work.aftercare.check_bridge(work.actor, entity, look)


def test_the_ladder_is_climbed_and_a_step_is_closed_with_its_result(work: Work, case: str) -> None:
    do, me = work.aftercare, work.actor
    entity = do.escalate(me, case, STEP)
    with refused("waarom_niet_hoger"):
        do.escalate(me, case, STEP.model_copy(update={"stap": "ES-1"}))
    do.escalate(me, case, STEP.model_copy(update={"stap": "ES-1", "waarom_niet_hoger": "Er is een nieuwe regisseur"}))
    do.escalate(me, case, STEP.model_copy(update={"stap": "ES-4"}))
    closing = Escalation(afgesloten_op=TODAY, resultaat="De gemeente betaalt", stap="ES-7")
    do.amend_escalation(me, entity, closing, ["afgesloten_op", "resultaat", "stap"])
    found = {held.record.stap: held.record.is_open for held in do.escalations(me, case)}
    assert found == {"ES-1": True, "ES-2": False, "ES-4": True}
    with refused("stap"):
        do.escalate(me, case, STEP.model_copy(update={"stap": "ES-8"}))


def test_a_plan_that_fails_after_the_release_is_told_and_counts(work: Work, case: str) -> None:
    do, me = work.aftercare, work.actor
    plans = (PlanRow(id="A", tekst="x", stand="PS-STR", reden="y"), PlanRow(id="B", tekst="x", stand="PS-GEK"))
    advice = work.advised(case, ADVICE.model_copy(update={"plannen": plans}))
    told = FollowUpSheet(advies=advice, planstanden=(ToldRow(id="B", stand="PS-STR"),))
    with refused("planstanden"):
        do.follow_up(me, case, told)
    why = ToldRow(id="B", stand="PS-STR", reden="Geen plek")
    do.follow_up(me, case, told.model_copy(update={"planstanden": (why,)}))
    assert [each.stand for each in do.plans(me, case)] == ["PS-STR", "PS-STR"]
    assert [each.plan.id for each in do.suggested(me, case).failed] == ["A", "B"]


def test_escalation_is_suggested_until_a_step_runs(work: Work, case: str) -> None:
    do, me = work.aftercare, work.actor
    assert not do.suggested(me, case)
    failed = tuple(PlanRow(id=letter, tekst="x", stand="PS-STR", reden="y") for letter in "AB")
    advice = work.advised(case, ADVICE.model_copy(update={"plannen": failed}))
    found = do.suggested(me, case)
    assert [point.point.id for point in found.late] == ["1"]
    assert len(found.failed) == 2
    work.tell(case, advice, ToldRow(id="1", stand="OS-JA"))
    assert do.suggested(me, case).late == ()
    do.escalate(me, case, STEP)
    assert not do.suggested(me, case)


def test_a_case_has_one_future_plan(work: Work, case: str) -> None:
    do, me = work.aftercare, work.actor
    empty = do.future(me, case)
    assert (empty.plan.record, empty.growing_up.shown) == (FuturePlan(), True)
    rows = (BigFiveRow(id="B5-WO", stand="BS-LOOPT", wie="Els"),)
    do.plan_future(me, case, FuturePlan(big5=rows, coach="Oma"), ["big5", "coach"], empty.plan.seen)
    again = do.future(me, case)
    do.plan_future(me, case, again.plan.record.model_copy(update={"coach": "Opa"}), ["coach"], again.plan.seen)
    plan = do.future(me, case).plan.record
    assert (plan.casus, plan.coach, plan.big5) == (case, "Opa", rows)
    with refused("verlengd_op"):
        do.plan_future(me, case, FuturePlan(verlengd_besluit="BL-JA"), ["verlengd_besluit"])
    with refused("verlengd_besluit"):
        do.plan_future(me, case, FuturePlan(verlengd_besluit="vast wel", verlengd_op=TODAY), ["verlengd_besluit"])


def test_nothing_is_agreed_about_a_case_that_is_not_there(work: Work, expert: str) -> None:
    do, me = work.aftercare, work.actor
    for deed in (
        lambda: do.start_bridge(me, "nergens", BRIDGE),
        lambda: do.escalate(me, "nergens", STEP),
        lambda: do.plan_future(me, "nergens", FuturePlan(), []),
        lambda: do.request_expert(me, "nergens", Deployment(expert=expert, inzetvorm="IV-TEL")),
    ):
        with pytest.raises(NotFoundError):
            deed()


@pytest.mark.parametrize("role", Role)
def test_who_follows_up_is_who_has_the_right(work: Work, case: str, role: Role) -> None:
    advice = work.advised(case)
    with work.context.store.write(author(work.actor)) as writer:
        writer.write(Kind.CASE, case, {("toegewezen", f"p-{role}"): True})
    work.actor = replace(work.actor, role=role, person=f"p-{role}")
    if may(work.actor, Right.FOLLOW_UP):
        work.tell(case, advice, ToldRow(id="1", stand="OS-JA"))
        work.aftercare.start_bridge(work.actor, case, BRIDGE)
    else:
        with pytest.raises(NotAllowedError):
            work.tell(case, advice, ToldRow(id="1", stand="OS-JA"))
        with pytest.raises(NotAllowedError):
            work.aftercare.start_bridge(work.actor, case, BRIDGE)


def test_the_timeline_tells_it_in_sentences(work: Work, case: str) -> None:
    do, me = work.aftercare, work.actor
    entity = do.start_bridge(me, case, BRIDGE)
    do.check_bridge(me, entity, BridgeCheck(bevinding="Werkt"))
    do.amend_bridge(me, entity, Bridge(beeindigd_op=TODAY, afloop="Klaar"), ["beeindigd_op", "afloop"])
    step = do.escalate(me, case, STEP)
    do.amend_escalation(me, step, Escalation(afgesloten_op=TODAY, resultaat="Besloten"), ["afgesloten_op", "resultaat"])
    work.tell(case, work.advised(case), ToldRow(id="1", stand="OS-JA"))
    texts = [event.text for event in work.cases.timeline(me, case)]
    assert {
        "Overbrugging afgesproken.",
        "Overbrugging nagekeken.",
        "Overbrugging beëindigd.",
        "Geëscaleerd.",
        "Escalatie afgesloten.",
        "Opvolging van een adviespunt vastgelegd.",
    } <= set(texts)


@dataclass
class Skewed:
    """A clock that moves a second at every look."""

    now: int

    def now_ms(self) -> int:
        self.now += 1000
        return self.now


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Work, Work]]:
    """Two laptops of one team, with the clock of the second an hour behind."""
    folders = (tmp_path / "a", tmp_path / "b")
    folders[0].mkdir()
    EncryptedStore.create(folders[0], b"k" * 32, clock=Skewed(0)).close()
    shutil.copytree(*folders)
    made = []
    for number, folder in enumerate(folders):
        clock = Skewed(1_795_345_200_000 - number * 3_600_000)
        store = EncryptedStore.open(folder, b"k" * 32, clock=clock)
        with store.sync() as rows:
            for index, space in enumerate(rows.spaces()):
                rows.put_space(replace(space, device=bytes([number, index]) * 8))
        made.append(
            Work(Context(store, clock), Actor(f"p{number}", f"Collega {number}", Role.VOORZITTER, "HGL", "JZ24"))
        )
    yield made[0], made[1]
    for each in made:
        each.context.store.close()


def met(pair: tuple[Work, Work]) -> None:
    first, second = (each.context.store for each in pair)
    exchanged(cast("SyncStore", first), cast("SyncStore", second))
    exchanged(cast("SyncStore", second), cast("SyncStore", first))
    assert first.state_hash() == second.state_hash()


@pytest.fixture
def shared(pair: tuple[Work, Work]) -> tuple[str, str]:
    """A case with a released advice that both laptops have."""
    case = pair[0].cases.record(pair[0].actor, Case(geboortedatum=date(2009, 6, 1))).entity
    advice = pair[0].advised(case)
    met(pair)
    return case, advice


def test_two_laptops_follow_up_one_point_and_agree_on_the_newest(
    pair: tuple[Work, Work], shared: tuple[str, str]
) -> None:
    case, advice = shared
    first, second = pair
    second.tell(case, advice, ToldRow(id="1", stand="OS-JA"), day=date(2026, 11, 20))
    first.tell(case, advice, ToldRow(id="1", stand="OS-NEE", reden="Geen plek"), day=date(2026, 11, 10))
    met(pair)
    told = [each.aftercare.standings(each.actor, case) for each in pair]
    assert told[0] == told[1]
    assert [telling.stand for telling in told[0][0].tellings] == ["OS-JA", "OS-NEE"]


def test_two_laptops_that_begin_the_future_plan_meet_in_one(pair: tuple[Work, Work], shared: tuple[str, str]) -> None:
    case, _ = shared
    for number, code in enumerate(("B5-WO", "B5-IN")):
        plan = FuturePlan(big5=(BigFiveRow(id=code, stand="BS-LOOPT"),), coach=f"Coach {number}")
        pair[number].aftercare.plan_future(pair[number].actor, case, plan, ["big5", "coach"])
    met(pair)
    plans = [each.aftercare.future(each.actor, case).plan for each in pair]
    assert plans[0] == plans[1]
    assert {row.id for row in plans[0].record.big5} == {"B5-WO", "B5-IN"}
    assert list(conflicts(plans[0].seen)) == [("coach", "")]
    row = pair[0].cases.row(pair[0].actor, case)
    assert row is not None
    assert row.conflicts == 1
    Conflicts(pair[0].context).settle(pair[0].actor, plans[0].entity, "coach", take=2)
    met(pair)
    assert not conflicts(pair[1].aftercare.future(pair[1].actor, case).plan.seen)
    with pair[0].context.store.read() as reader:
        assert list(reader.entities(Kind.FUTURE_PLAN)) == [plans[0].entity]


def test_two_laptops_look_at_one_bridge_and_keep_both_looks(pair: tuple[Work, Work], shared: tuple[str, str]) -> None:
    case, _ = shared
    entity = pair[0].aftercare.start_bridge(pair[0].actor, case, BRIDGE)
    met(pair)
    for each in pair:
        each.aftercare.check_bridge(each.actor, entity, BridgeCheck(bevinding=f"Gezien door {each.actor.name}"))
    met(pair)
    [held] = pair[1].aftercare.bridges(pair[1].actor, case)
    assert {row.bevinding for row in held.record.checks} == {f"Gezien door {each.actor.name}" for each in pair}
