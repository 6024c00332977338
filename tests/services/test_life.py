"""Bringing a case from state to state: who, when, what is written, and two laptops at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bren_desktop.domain import rights
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.advice import Advice, Discussion, PlanRow, PointRow, PresentRow, RequirementRow
from bren_desktop.domain.aftercare import Bridge, Escalation
from bren_desktop.domain.cases import Case
from bren_desktop.domain.course import replay
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.papers.refusal import REFUSAL
from bren_desktop.domain.records import FiledDocument
from bren_desktop.domain.rights import Right
from bren_desktop.domain.states import State
from bren_desktop.domain.transitions import Transition
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError, NotAllowedError, NotFoundError, UserFacingError
from bren_desktop.oplog.registers import conflicts
from bren_desktop.services import below
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.conflicts import Conflicts
from bren_desktop.services.context import Context, author
from bren_desktop.services.life import Life, NotYetPossibleError
from bren_desktop.storage.store import EncryptedStore
from tests.delivery import exchanged

TODAY = date(2026, 11, 22)
KEY = b"k" * 32
COMPLETE = Case(
    datum_aanmelding=date(2026, 11, 2),
    verwijzer="VW-GI",
    verwijzer_naam="Mw. Verzonnen",
    hulpvraag="Wie denkt mee?",
    vastloopredenen=("VR-1",),
    toestemming_status="TS-JA",
    regio="JZ24",
    geboortedatum=date(2010, 2, 3),
    behandelaar="Anouk Voorbeeld",
)
READY = COMPLETE.model_copy(
    update={
        "toestemming_status": "TS-ANON",
        "knelpunten": ("KP-OND",),
        "domeinen": ("DM-JGGZ",),
        "urgentie": "UR-REG",
        "samenvatting": "In het kort.",
        "stem_jeugdige": "Ik wil rust.",
        "ouders_niet_reden": "Zij wilden niet.",
        "jim_status": "JIM-NEE",
    }
)
HELD = Discussion(
    datum=TODAY,
    gremium="GR-RET",
    aanwezigen=(PresentRow(naam="Ervaren Voorbeeld", ervaringsdeskundig=True),),
    vraag="Waar kan hij wonen?",
    overwegingen="Thuis lukt niet.",
    uitkomst="Een eigen plek.",
    basisvereisten=tuple(RequirementRow(id=term.code, oordeel="OB-JA") for term in vocabulary("basisvereisten")),
)
ADVISED = Advice(
    punten=(PointRow(wat="Zoek een plek", eigenaar="Jan Voorbeeld", uiterlijk=TODAY, waarom="Rust."),),
    plannen=(PlanRow(id="A", tekst="Wonen met hulp"),),
    overbrugging_nodig=False,
    procesregisseur="Pia Voorbeeld",
    besproken_met_gezin="Alles.",
    vrijgegeven_op=TODAY,
)


@pytest.fixture
def life(context: Context) -> Life:
    return Life(context)


@pytest.fixture
def case(cases: CaseWork, actor: Actor) -> str:
    return cases.record(actor, READY).entity


@pytest.fixture
def in_triage(life: Life, actor: Actor, case: str) -> str:
    life.move(actor, case, "ST-TRI", Transition(op=date(2026, 11, 10)))
    return case


def steps(life: Life, actor: Actor, case: str) -> list[Transition]:
    return [step for _, step in reversed(life.history(actor, case))]


def status(cases: CaseWork, actor: Actor, case: str) -> str:
    return cases.open(actor, case).case.status


def test_a_case_that_is_complete_was_registered_on_its_day(life: Life, actor: Actor, case: str) -> None:
    (step,) = steps(life, actor, case)
    assert (step.van, step.naar, step.op, step.door) == ("ST-CON", "ST-AAN", date(2026, 11, 2), actor.name)


def test_a_concept_is_registered_when_its_last_field_is_filled(life: Life, cases: CaseWork, actor: Actor) -> None:
    entity = cases.record(actor, COMPLETE.model_copy(update={"hulpvraag": ""})).entity
    assert steps(life, actor, entity) == []
    cases.set_field(actor, entity, "hulpvraag", "Wie denkt mee?")
    assert [step.naar for step in steps(life, actor, entity)] == ["ST-AAN"]
    cases.set_field(actor, entity, "wensen", "Rust")
    assert len(steps(life, actor, entity)) == 1


def test_a_day_of_aanmelding_that_is_still_to_come_is_not_taken_over(life: Life, cases: CaseWork, actor: Actor) -> None:
    entity = cases.record(actor, COMPLETE.model_copy(update={"datum_aanmelding": date(2027, 1, 1)})).entity
    assert steps(life, actor, entity)[0].op == TODAY


def test_a_concept_that_a_file_brought_whole_gets_its_number_with_the_step(
    life: Life, cases: CaseWork, context: Context, actor: Actor
) -> None:
    entity = cases.record(actor, COMPLETE.model_copy(update={"hulpvraag": ""})).entity
    with context.store.write(author(actor)) as writer:
        writer.write(Kind.CASE, entity, {("hulpvraag", ""): "Wie denkt mee?"})
    life.move(actor, entity, "ST-AAN", Transition())
    assert cases.open(actor, entity).case.nummer.startswith("BREN-HGL-2026")
    assert [step.naar for step in steps(life, actor, entity)] == ["ST-AAN"]


def test_a_step_is_a_dated_event_and_the_state_goes_with_it(
    life: Life, cases: CaseWork, actor: Actor, case: str
) -> None:
    changes = life.move(actor, case, "ST-TRI", Transition(op=date(2026, 11, 4), reden="Past hier."))
    step = steps(life, actor, case)[-1]
    assert (step.van, step.naar, step.op, step.reden) == ("ST-AAN", "ST-TRI", date(2026, 11, 4), "Past hier.")
    assert (step.door, step.besluit) == (actor.name, "")
    assert status(cases, actor, case) == "ST-TRI"
    assert {kind for kind, _ in changes.touched} == {Kind.CASE, Kind.TRANSITION}


def test_without_a_day_a_step_is_made_today(life: Life, actor: Actor, case: str) -> None:
    life.move(actor, case, "ST-TRI", Transition())
    assert steps(life, actor, case)[-1].op == TODAY


@pytest.mark.parametrize(("day", "said"), [(date(2026, 11, 23), "toekomst"), (date(2026, 11, 9), "10-11-2026")])
def test_a_step_is_not_in_the_future_nor_before_the_one_before_it(
    life: Life, actor: Actor, in_triage: str, day: date, said: str
) -> None:
    with pytest.raises(InvalidInputError, match=said) as raised:
        life.move(actor, in_triage, "ST-RET", Transition(op=day))
    assert raised.value.field == "op"
    assert len(steps(life, actor, in_triage)) == 2


def test_a_decision_of_the_voorzitter_bears_the_name(
    life: Life, actor: Actor, secretary: Actor, in_triage: str
) -> None:
    with pytest.raises(NotAllowedError, match="voorzitter of plaatsvervanger"):
        life.move(secretary, in_triage, "ST-RET", Transition(besluit=actor.name))
    life.move(actor, in_triage, "ST-RET", Transition())
    assert steps(life, actor, in_triage)[-1].besluit == actor.name
    life.move(secretary, in_triage, "ST-ING", Transition(reden="Niet meer nodig.", besluit=actor.name))
    assert steps(life, actor, in_triage)[-1].besluit == ""


def test_who_may_not_decide_makes_no_decision(
    life: Life, actor: Actor, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(rights.RIGHTS, Role.VOORZITTER, frozenset({Right.MOVE_CASE, Right.READ_CASE}))
    assert [option.allowed for option in life.steps(actor, case)] == [True, True, False]
    with pytest.raises(NotAllowedError):
        life.move(actor, case, "ST-OVG", Transition(reden="Verhuisd.", doorgeleid_naar="Regio Zuid"))


def test_every_lack_is_named_by_its_field(life: Life, cases: CaseWork, actor: Actor) -> None:
    entity = cases.record(actor, COMPLETE).entity
    life.move(actor, entity, "ST-TRI", Transition())
    with pytest.raises(NotYetPossibleError) as raised:
        life.move(actor, entity, "ST-RET", Transition())
    lacking = ["knelpunten", "domeinen", "urgentie", "samenvatting", "jim_status", "stem_jeugdige", "stem_ouders"]
    lacking.append("doelen")
    assert [lack.field for lack in raised.value.lacks] == lacking
    assert all(field in str(raised.value).casefold() for field in lacking)
    assert status(cases, actor, entity) == "ST-TRI"


def test_where_no_step_leads_the_ones_that_do_are_named(life: Life, actor: Actor, case: str) -> None:
    with pytest.raises(InvalidInputError, match="'in triage'") as raised:
        life.move(actor, case, "ST-ADV", Transition())
    assert raised.value.field == "status"
    assert not isinstance(raised.value, NotYetPossibleError)


def test_a_case_that_was_handed_over_comes_back_with_a_reason(
    life: Life, cases: CaseWork, actor: Actor, case: str
) -> None:
    life.move(actor, case, "ST-OVG", Transition(reden="Verhuisd.", doorgeleid_naar="Regio Zuid"))
    assert [option.step.verb for option in life.steps(actor, case)] == ["Terugnemen"]
    life.move(actor, case, "ST-HER", Transition(reden="Regio Zuid neemt de casus niet aan."))
    assert status(cases, actor, case) == "ST-HER"


def test_a_case_that_goes_on_in_a_space_of_its_own_does_not_come_back(
    context: Context, life: Life, actor: Actor, case: str
) -> None:
    below.file(context, actor, Right.MOVE_CASE, Kind.TRANSITION, case, Transition(naar="ST-OVG"))
    with context.store.write(author(actor)) as writer:
        writer.write(Kind.CASE, case, {("status", ""): "ST-OVG"})
    with pytest.raises(NotYetPossibleError, match="eigen ruimte"):
        life.move(actor, case, "ST-HER", Transition(reden="Terug."))


def test_from_a_case_that_is_gone_for_good_nothing_leads_on(
    context: Context, life: Life, actor: Actor, case: str
) -> None:
    with context.store.write(author(actor)) as writer:
        writer.write(Kind.CASE, case, {("status", ""): "ST-VER"})
    assert life.steps(actor, case) == []
    with pytest.raises(InvalidInputError, match="Vanuit deze status is er geen volgende stap"):
        life.move(actor, case, "ST-HER", Transition(reden="Terug."))


def test_a_case_that_does_not_exist_goes_nowhere(life: Life, actor: Actor) -> None:
    with pytest.raises(NotFoundError):
        life.move(actor, "x" * 26, "ST-TRI", Transition())


def test_who_saw_another_state_looks_again_first(life: Life, actor: Actor, in_triage: str) -> None:
    with pytest.raises(InvalidInputError, match="intussen"):
        life.move(actor, in_triage, "ST-ING", Transition(van="ST-AAN", reden="x"))


def test_a_case_that_was_withdrawn_is_taken_up_again(life: Life, cases: CaseWork, actor: Actor, case: str) -> None:
    life.move(actor, case, "ST-ING", Transition(reden="Niet meer nodig."))
    with pytest.raises(NotYetPossibleError, match="reden"):
        life.move(actor, case, "ST-HER", Transition())
    life.move(actor, case, "ST-HER", Transition(reden="Toch wel."))
    life.move(actor, case, "ST-RET", Transition())
    assert status(cases, actor, case) == "ST-RET"


@pytest.mark.parametrize("state", ["ST-OVB", "ST-ESC"])
def test_a_flag_that_a_file_used_as_a_state_is_led_back(life: Life, cases: CaseWork, actor: Actor, state: str) -> None:
    (entity,) = cases.record_all(actor, [READY.model_copy(update={"status": state})])
    life.move(actor, entity, "ST-RET", Transition())
    assert steps(life, actor, entity)[-1].van == state


def test_open_bridges_and_escalations_are_flags_beside_the_state(
    life: Life, context: Context, actor: Actor, case: str
) -> None:
    for kind, records in (
        (Kind.BRIDGE, [Bridge(vorm="logeren"), Bridge(vorm="oud", beeindigd_op=TODAY)]),
        (Kind.ESCALATION, [Escalation(stap="ES-1", afgesloten_op=TODAY), Escalation(stap="ES-2")]),
    ):
        for record in records:
            below.file(context, actor, Right.FOLLOW_UP, kind, case, record)
    flags = life.flags(actor, case)
    assert [each.vorm for each in flags.bridges] == ["logeren"]
    assert [each.stap for each in flags.escalations] == ["ES-2"]


def test_time_that_was_waited_does_not_count(life: Life, actor: Actor, in_triage: str) -> None:
    life.move(actor, in_triage, "ST-AVU", Transition(op=date(2026, 11, 12), wacht_op="de GI", reden="Het plan."))
    life.move(actor, in_triage, "ST-TRI", Transition(op=date(2026, 11, 18)))
    (term,) = life.terms(actor, in_triage)
    assert (term.state, term.reached, term.days) == (State.TRIAGE, date(2026, 11, 10), 6)


def test_days_that_no_calendar_knows_are_not_counted(life: Life, cases: CaseWork, actor: Actor) -> None:
    entity = cases.record(actor, READY.model_copy(update={"datum_aanmelding": date(1901, 1, 1)})).entity
    life.move(actor, entity, "ST-TRI", Transition())
    assert life.terms(actor, entity) == ()


def test_the_timeline_tells_steps_in_sentences(
    life: Life, context: Context, cases: CaseWork, actor: Actor, in_triage: str
) -> None:
    step = Transition(reden="Hoort elders.", doorgeleid_naar="het wijkteam")
    with pytest.raises(NotYetPossibleError, match=r"waarheen u doorgeleidt.*\(document\.soort\)") as raised:
        life.move(actor, in_triage, "ST-AFB", step)
    assert [lack.paper for lack in raised.value.lacks] == [REFUSAL.key]
    letter = FiledDocument(soort=REFUSAL.title, datum=TODAY, vrijgegeven_door=actor.name)
    concept = letter.model_copy(update={"vrijgegeven_door": ""})
    below.file(context, actor, Right.MAKE_LETTER, Kind.DOCUMENT, in_triage, concept)
    with pytest.raises(NotYetPossibleError, match="nog vrijgeven"):
        life.move(actor, in_triage, "ST-AFB", step)
    below.file(context, actor, Right.MAKE_LETTER, Kind.DOCUMENT, in_triage, letter)
    life.move(actor, in_triage, "ST-AFB", step)
    told = [event.text for event in cases.timeline(actor, in_triage)]
    assert told[0] == (
        "De casus ging op 22-11-2026 van 'in triage' naar 'niet in behandeling (doorgeleid)'. "
        f"Besluit van: {actor.name}. Doorgeleid naar: het wijkteam. Reden: Hoort elders."
    )
    assert not any(text == "Gewijzigd: Status." for text in told)


def test_a_step_that_bears_no_decision_is_told_as_such(
    life: Life, context: Context, cases: CaseWork, actor: Actor, in_triage: str
) -> None:
    made = Transition(van="ST-TRI", naar="ST-RET", op=TODAY, door="Sec")
    with context.store.write(author(actor)) as writer:
        below.file_in(writer, context, Kind.TRANSITION, in_triage, made)
        writer.write(Kind.CASE, in_triage, {("status", ""): "ST-RET"})
    assert "Zonder besluit van de voorzitter." in cases.timeline(actor, in_triage)[0].text
    assert life.flags(actor, in_triage).undecided
    life.move(actor, in_triage, "ST-ING", Transition(reden="Niet meer nodig."))
    assert not life.flags(actor, in_triage).undecided
    assert sum("Zonder besluit" in event.text for event in cases.timeline(actor, in_triage)) == 1


def test_undo_takes_no_step_back(life: Life, cases: CaseWork, actor: Actor, case: str) -> None:
    cases.set_field(actor, case, "wensen", "Rust")
    life.move(actor, case, "ST-TRI", Transition())
    cases.undo(actor, case)
    after = cases.open(actor, case).case
    assert (after.status, after.wensen) == ("ST-TRI", "")


@dataclass
class Clock:
    now: int

    def now_ms(self) -> int:
        self.now += 1000
        return self.now


@dataclass(frozen=True)
class Laptop:
    store: EncryptedStore
    context: Context
    actor: Actor

    @property
    def life(self) -> Life:
        return Life(self.context)

    @property
    def cases(self) -> CaseWork:
        return CaseWork(self.context)

    def replayed(self, case: str) -> str:
        return replay(tuple(steps(self.life, self.actor, case)))


@contextmanager
def two_laptops(folder: Path) -> Iterator[tuple[Laptop, Laptop]]:
    """Two profiles that share their spaces, with device ids and clocks of their own."""
    folders = (folder / "a", folder / "b")
    folders[0].mkdir(parents=True)
    EncryptedStore.create(folders[0], KEY, clock=Clock(0)).close()
    shutil.copytree(*folders)
    made = []
    for number, place in enumerate(folders):
        clock = Clock(1_795_345_200_000 + number)
        store = EncryptedStore.open(place, KEY, clock=clock)
        with store.sync() as rows:
            for index, space in enumerate(rows.spaces()):
                rows.put_space(replace(space, device=bytes([number, index]) * 8))
        made.append(
            Laptop(
                store, Context(store, clock), Actor(f"p{number}", f"Iemand {number}", Role.VOORZITTER, "HGL", "JZ24")
            )
        )
    try:
        yield made[0], made[1]
    finally:
        for each in made:
            each.store.close()


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[tuple[Laptop, Laptop]]:
    with two_laptops(tmp_path) as pair:
        yield pair


def test_two_laptops_that_move_a_case_at_once_keep_both_steps(laptops: tuple[Laptop, Laptop]) -> None:
    here, there = laptops
    case = here.cases.record(here.actor, READY).entity
    here.life.move(here.actor, case, "ST-TRI", Transition())
    exchanged(here.store, there.store)
    here.life.move(here.actor, case, "ST-RET", Transition())
    there.life.move(there.actor, case, "ST-AVU", Transition(wacht_op="de GI", reden="Het plan."))
    for _ in range(2):
        exchanged(here.store, there.store)
        exchanged(there.store, here.store)
    for each in laptops:
        assert sorted(step.naar for step in steps(each.life, each.actor, case)) == [
            "ST-AAN",
            "ST-AVU",
            "ST-RET",
            "ST-TRI",
        ]
        with each.store.read() as reader:
            assert ("status", "") in conflicts(reader.registers(Kind.CASE, case))
        assert each.replayed(case) == each.cases.open(each.actor, case).case.status
        assert each.life.steps(each.actor, case) == []
        with pytest.raises(InvalidInputError, match="versies"):
            each.life.move(each.actor, case, "ST-ING", Transition(reden="x"))


@pytest.mark.parametrize("take", [1, 2])
def test_whichever_state_is_chosen_the_steps_end_in_it(laptops: tuple[Laptop, Laptop], take: int) -> None:
    here, there = laptops
    case = here.cases.record(here.actor, READY).entity
    exchanged(here.store, there.store)
    here.life.move(here.actor, case, "ST-TRI", Transition())
    there.life.move(there.actor, case, "ST-ING", Transition(reden="Niet meer nodig."))
    exchanged(there.store, here.store)
    Conflicts(here.context).settle(here.actor, case, "status", take=take)
    exchanged(here.store, there.store)
    for each in laptops:
        assert each.replayed(case) == each.cases.open(each.actor, case).case.status
        assert each.life.steps(each.actor, case)


TRIES = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from([None, "ST-TRI", "ST-AVU", "ST-RET", "ST-ING", "ST-HER", "settle"])),
    max_size=14,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tries=TRIES)
def test_whatever_two_laptops_do_no_step_is_lost_and_both_end_alike(
    tmp_path_factory: pytest.TempPathFactory, tries: list[tuple[int, str | None]]
) -> None:
    """`None` exchanges; `settle` chooses the second of two states."""
    with two_laptops(tmp_path_factory.mktemp("team")) as pair:
        case = pair[0].cases.record(pair[0].actor, READY).entity
        exchanged(pair[0].store, pair[1].store)
        made = 1
        for who, deed in tries:
            made += attempted(pair[who], pair[1 - who], case, deed)
        for _ in range(2):
            exchanged(pair[0].store, pair[1].store)
            exchanged(pair[1].store, pair[0].store)
        assert pair[0].store.state_hash() == pair[1].store.state_hash()
        for each in pair:
            assert len(steps(each.life, each.actor, case)) >= made
            assert each.replayed(case) == each.cases.open(each.actor, case).case.status


def attempted(here: Laptop, there: Laptop, case: str, deed: str | None) -> int:
    """How many steps that made."""
    details = Transition(reden="Daarom.", wacht_op="de GI")
    if deed is None:
        exchanged(there.store, here.store)
        return 0
    try:
        if deed == "settle":
            Conflicts(here.context).settle(here.actor, case, "status", take=2)
            return 0
        here.life.move(here.actor, case, deed, details)
    except UserFacingError:
        return 0
    return 1


@pytest.fixture
def again(life: Life, context: Context, cases: CaseWork, actor: Actor) -> str:
    """A case that was discussed, and advised on, on the very day on which it was reopened."""
    entity = cases.record(actor, READY).entity
    with context.store.write(author(actor)) as writer:
        below.file_in(writer, context, Kind.DISCUSSION, entity, HELD)
        below.file_in(writer, context, Kind.ADVICE, entity, ADVISED)
        writer.write(Kind.CASE, entity, {("status", ""): "ST-AFG"})
    life.move(actor, entity, "ST-HER", Transition(reden="Het gaat weer mis.", toestemming_nagekeken=True))
    life.move(actor, entity, "ST-RET", Transition())
    return entity


def test_on_the_day_of_reopening_what_was_done_before_it_does_not_count(
    life: Life, context: Context, cases: CaseWork, actor: Actor, again: str
) -> None:
    with pytest.raises(NotYetPossibleError, match="Leg de bespreking vast"):
        life.move(actor, again, "ST-BES", Transition())
    with context.store.write(author(actor)) as writer:
        below.file_in(writer, context, Kind.DISCUSSION, again, HELD)
    life.move(actor, again, "ST-BES", Transition())
    with pytest.raises(NotYetPossibleError, match="Maak een advies"):
        life.move(actor, again, "ST-ADV", Transition())
    with context.store.write(author(actor)) as writer:
        below.file_in(writer, context, Kind.ADVICE, again, ADVISED)
    life.move(actor, again, "ST-ADV", Transition())
    assert status(cases, actor, again) == "ST-ADV"


def test_no_step_is_dated_before_the_aanmelding(life: Life, cases: CaseWork, actor: Actor) -> None:
    (entity,) = cases.record_all(actor, [READY.model_copy(update={"status": "ST-TRI"})])
    assert steps(life, actor, entity) == []
    with pytest.raises(InvalidInputError, match="2-11-2026") as raised:
        life.move(actor, entity, "ST-RET", Transition(op=date(2026, 11, 1)))
    assert raised.value.field == "op"


def test_what_is_lacking_is_said_as_what_to_do(life: Life, cases: CaseWork, actor: Actor) -> None:
    (entity,) = cases.record_all(actor, [READY.model_copy(update={"status": "ST-RET", "urgentie": ""})])
    with pytest.raises(NotYetPossibleError) as raised:
        life.move(actor, entity, "ST-BES", Transition())
    assert "Leg de bespreking vast: wanneer, met wie en met welke uitkomst (bespreking.datum)." in str(raised.value)
    assert "(bespreking.uitkomst)" in str(raised.value)
