"""Discussions and advices: who records and releases them, what is refused, and two laptops at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.advice import Advice, Discussion, PlanRow, PointRow, PresentRow, RequirementRow
from bren_desktop.domain.advising import RELEASE, is_as_released
from bren_desktop.domain.aftercare import Bridge
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.rights import Right, may
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.errors import InvalidInputError, NotAllowedError, NotFoundError
from bren_desktop.oplog.registers import conflicts
from bren_desktop.services import below
from bren_desktop.services.advising import (
    FIXED_ADVICE,
    FIXED_DISCUSSION,
    Advising,
    ChangedMeanwhileError,
    FixedError,
    SeveralVersionsError,
)
from bren_desktop.services.below import Filed
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context, author
from bren_desktop.storage.store import EncryptedStore
from tests.delivery import exchanged

KEY = b"k" * 32
TODAY = date(2026, 11, 22)
LATER = date(2027, 1, 4)
HELD = Discussion(
    gremium="GR-RET",
    aanwezigen=(PresentRow(naam="Ervaren Voorbeeld", ervaringsdeskundig=True),),
    vraag="Waar kan hij wonen?",
    overwegingen="Thuis lukt niet.",
    uitkomst="Een eigen plek met hulp.",
    basisvereisten=tuple(RequirementRow(id=term.code, oordeel="OB-JA") for term in vocabulary("basisvereisten")),
)
DISCUSSED = Case(achternaam="Lindewater", regisseur="Pia Voorbeeld", status="ST-BES")
READY = Advice(
    soort="SA-HULP",
    samenvatting="Een eigen plek.",
    analyse="Thuis lukt niet.",
    punten=(PointRow(wat="Zoek een plek", eigenaar="Jan Voorbeeld", uiterlijk=LATER, waarom="Rust."),),
    plannen=(PlanRow(id="A", tekst="Wonen met hulp"),),
    overbrugging_nodig=False,
    mandaat_bij="gemeente Delft",
    procesregisseur="Pia Voorbeeld",
    procesregisseur_contact="06-12345678",
    besproken_met_gezin="Alles.",
    reactie_gezin="Zij zijn het ermee eens.",
    opvolgmoment=LATER,
    bij_stagnatie="De procesregisseur belt de voorzitter.",
)


@pytest.fixture
def advising(context: Context) -> Advising:
    return Advising(context)


@pytest.fixture
def case(cases: CaseWork, actor: Actor) -> str:
    (entity,) = cases.record_all(actor, [DISCUSSED])
    return entity


@pytest.fixture
def discussion(advising: Advising, actor: Actor, case: str) -> str:
    return advising.add_discussion(actor, case, HELD)


@pytest.fixture
def advice(advising: Advising, actor: Actor, case: str, discussion: str) -> str:
    return advising.add_advice(actor, case, READY.model_copy(update={"bespreking": discussion}))


def advice_in(advising: Advising, actor: Actor, case: str, entity: str) -> Filed[Advice]:
    return next(each for each in advising.of(actor, case).advices if each.entity == entity)


def test_a_discussion_is_recorded_and_amended(advising: Advising, actor: Actor, case: str, discussion: str) -> None:
    advising.amend_discussion(actor, discussion, HELD.model_copy(update={"uitkomst": "Anders."}), ["uitkomst"])
    (found,) = advising.of(actor, case).discussions
    assert (found.record.uitkomst, found.record.datum, found.record.casus) == ("Anders.", TODAY, case)
    assert found.record.aanwezigen[0].id


def test_discussions_come_with_the_last_one_first(advising: Advising, actor: Actor, case: str) -> None:
    for day in (date(2026, 3, 1), date(2026, 9, 1), date(2026, 6, 1)):
        advising.add_discussion(actor, case, Discussion(datum=day))
    assert [each.record.datum.month for each in advising.of(actor, case).discussions if each.record.datum] == [9, 6, 3]


def test_a_discussion_that_is_still_to_come_is_refused(advising: Advising, actor: Actor, case: str) -> None:
    with pytest.raises(InvalidInputError, match="toekomst") as raised:
        advising.add_discussion(actor, case, Discussion(datum=LATER))
    assert raised.value.field == "datum"
    assert advising.of(actor, case).discussions == ()


def test_of_a_case_that_is_not_there_nothing_is_recorded(advising: Advising, actor: Actor) -> None:
    with pytest.raises(NotFoundError):
        advising.add_discussion(actor, "x" * 26, HELD)


def test_an_advice_begins_with_what_the_case_knows(
    advising: Advising, actor: Actor, case: str, discussion: str
) -> None:
    begun = advising.draft(actor, discussion)
    assert begun == Advice(
        casus=case, bespreking=discussion, samenvatting=HELD.uitkomst, procesregisseur="Pia Voorbeeld"
    )
    assert begun.samenvatting
    assert advising.of(actor, case).advices == ()


def test_two_owners_of_a_point_are_refused(advising: Advising, actor: Actor, case: str, discussion: str) -> None:
    point = PointRow(wat="Bel de school", eigenaar="Jan en Piet")
    with pytest.raises(InvalidInputError, match="meer dan één eigenaar") as raised:
        advising.add_advice(actor, case, Advice(bespreking=discussion, punten=(point,)))
    assert raised.value.field == "punten"


def test_an_advice_rests_on_a_discussion_of_its_own_case(
    advising: Advising, cases: CaseWork, actor: Actor, discussion: str
) -> None:
    other = cases.record(actor, Case(achternaam="Zonnebloem")).entity
    with pytest.raises(InvalidInputError) as raised:
        advising.add_advice(actor, other, Advice(bespreking=discussion))
    assert raised.value.field == "bespreking"


def test_nobody_records_an_advice_as_released(advising: Advising, secretary: Actor, case: str, discussion: str) -> None:
    forged = {"vrijgegeven_op": TODAY, "vrijgegeven_door": "Vera Voorbeeld", "vrijgegeven_stempel": "x"}
    entity = advising.add_advice(secretary, case, READY.model_copy(update={"bespreking": discussion, **forged}))
    advising.amend_advice(secretary, entity, READY.model_copy(update=forged), RELEASE)
    found = advice_in(advising, secretary, case, entity).record
    assert [getattr(found, name) for name in RELEASE] == [None, "", ""]


@pytest.mark.parametrize("role", Role)
def test_only_a_chair_or_deputy_releases(advising: Advising, actor: Actor, case: str, advice: str, role: Role) -> None:
    somebody = replace(actor, person="p9", name="Iemand Voorbeeld", role=role)
    if role in (Role.VOORZITTER, Role.PLAATSVERVANGER):
        advising.release(somebody, advice)
        found = advice_in(advising, actor, case, advice).record
        assert (found.vrijgegeven_op, found.vrijgegeven_door) == (TODAY, "Iemand Voorbeeld")
        assert is_as_released(found)
    else:
        with pytest.raises(NotAllowedError):
            advising.release(somebody, advice)
        assert advice_in(advising, actor, case, advice).record.vrijgegeven_op is None


@pytest.mark.parametrize("role", Role)
def test_who_may_advise_does_and_nobody_else(advising: Advising, actor: Actor, case: str, role: Role) -> None:
    somebody = replace(actor, person="p9", role=role)
    if may(somebody, Right.ADVISE):
        assert advising.add_discussion(somebody, case, HELD)
    else:
        with pytest.raises(NotAllowedError):
            advising.add_discussion(somebody, case, HELD)


def test_what_is_missing_stops_the_release(advising: Advising, actor: Actor, case: str, discussion: str) -> None:
    bare = READY.model_copy(update={"bespreking": discussion, "procesregisseur": ""})
    entity = advising.add_advice(actor, case, bare)
    with pytest.raises(InvalidInputError, match="Zonder procesregisseur") as raised:
        advising.release(actor, entity)
    assert raised.value.field == "procesregisseur"
    assert advice_in(advising, actor, case, entity).record.vrijgegeven_op is None


def test_an_unfinished_discussion_stops_the_release(advising: Advising, actor: Actor, case: str) -> None:
    begun = advising.add_discussion(actor, case, HELD.model_copy(update={"uitkomst": ""}))
    entity = advising.add_advice(actor, case, READY.model_copy(update={"bespreking": begun}))
    with pytest.raises(InvalidInputError) as raised:
        advising.release(actor, entity)
    assert raised.value.field == "uitkomst"


def test_bridging_counts_while_it_has_not_ended(
    advising: Advising, context: Context, actor: Actor, case: str, advice: str
) -> None:
    needed = READY.model_copy(update={"overbrugging_nodig": True})
    advising.amend_advice(actor, advice, needed, ["overbrugging_nodig"])
    bridge = below.file(context, actor, Right.FOLLOW_UP, Kind.BRIDGE, case, Bridge(vorm="Logeren", beeindigd_op=TODAY))
    with pytest.raises(InvalidInputError) as raised:
        advising.release(actor, advice)
    assert raised.value.field == "overbrugging_nodig"
    below.amend(context, actor, Right.FOLLOW_UP, Kind.BRIDGE, bridge, Bridge(), ["beeindigd_op"])
    advising.release(actor, advice)


def test_released_is_released(advising: Advising, actor: Actor, case: str, discussion: str, advice: str) -> None:
    advising.release(actor, advice)
    before = advice_in(advising, actor, case, advice)
    changed = READY.model_copy(update={"analyse": "Anders."})
    attempts: tuple[Callable[[], object], ...] = (
        lambda: advising.amend_advice(actor, advice, changed, ["analyse"]),
        lambda: advising.release(actor, advice),
        lambda: advising.undo(actor, advice),
    )
    for attempt in attempts:
        with pytest.raises(FixedError, match="vrijgegeven"):
            attempt()
    with pytest.raises(FixedError, match="bespreking"):
        advising.amend_discussion(actor, discussion, HELD, ["uitkomst"])
    assert advice_in(advising, actor, case, advice) == before
    known = advising.of(actor, case)
    assert (known.fixed(advice), known.fixed(discussion)) == (FIXED_ADVICE, FIXED_DISCUSSION)


def test_a_new_advice_takes_the_place_of_the_released_one(
    advising: Advising, actor: Actor, case: str, advice: str
) -> None:
    advising.release(actor, advice)
    begun = advising.successor(actor, advice)
    assert begun.punten == advice_in(advising, actor, case, advice).record.punten
    entity = advising.add_advice(actor, case, begun.model_copy(update={"analyse": "Na een maand."}))
    current = advising.of(actor, case).current
    assert current is not None
    assert current.entity == advice
    advising.release(actor, entity)
    current = advising.of(actor, case).current
    assert current is not None
    assert (current.entity, current.record.vervangt) == (entity, advice)
    assert advising.draft(actor, begun.bespreking).vervangt == entity


def test_a_second_advice_takes_the_place_of_the_first_whatever_it_was_begun_from(
    advising: Advising, actor: Actor, case: str, discussion: str, advice: str
) -> None:
    other = advising.add_advice(actor, case, READY.model_copy(update={"bespreking": discussion}))
    advising.release(actor, other)
    advising.release(actor, advice)
    current = advising.of(actor, case).current
    assert current is not None
    assert (current.entity, current.record.vervangt) == (advice, other)
    assert is_as_released(current.record)


@pytest.mark.parametrize("state", ["ST-CON", "ST-TRI", "ST-RET", "ST-AFB", "ST-AFG", "ST-ING", "ST-HER"])
def test_an_advice_is_released_on_a_case_that_was_discussed(
    advising: Advising, context: Context, actor: Actor, case: str, advice: str, state: str
) -> None:
    with context.store.write(author(actor)) as writer:
        writer.write(Kind.CASE, case, {("status", ""): state})
    with pytest.raises(InvalidInputError, match="besproken") as raised:
        advising.release(actor, advice)
    assert raised.value.field == "status"
    assert advising.of(actor, case).current is None


def test_of_two_first_advices_released_apart_both_laptops_hold_the_same(
    pair: tuple[Laptop, Laptop], shared: tuple[str, str]
) -> None:
    (chair, other), (case, advice) = pair, shared
    deputy = Laptop(other.store, other.advising, replace(other.actor, role=Role.PLAATSVERVANGER))
    begun = deputy.shown(case, advice).record
    second = deputy.advising.add_advice(deputy.actor, case, begun)
    chair.advising.release(chair.actor, advice)
    deputy.advising.release(deputy.actor, second)
    chair.take_from(deputy)
    deputy.take_from(chair)
    held = [laptop.advising.of(laptop.actor, case).current for laptop in (chair, deputy)]
    assert [each and each.entity for each in held] == [second, second]


def test_only_a_released_advice_is_replaced(
    advising: Advising, actor: Actor, case: str, discussion: str, advice: str
) -> None:
    with pytest.raises(InvalidInputError) as raised:
        advising.add_advice(actor, case, Advice(bespreking=discussion, vervangt=advice))
    assert raised.value.field == "vervangt"


def test_what_the_chair_did_not_read_is_not_released(
    advising: Advising, actor: Actor, secretary: Actor, case: str, advice: str
) -> None:
    seen = advice_in(advising, actor, case, advice).seen
    advising.amend_advice(secretary, advice, READY.model_copy(update={"analyse": "Anders."}), ["analyse"])
    with pytest.raises(ChangedMeanwhileError):
        advising.release(actor, advice, seen)
    advising.release(actor, advice, advice_in(advising, actor, case, advice).seen)


def test_undo_takes_back_the_last_change_and_never_the_making(
    advising: Advising, actor: Actor, case: str, advice: str
) -> None:
    with pytest.raises(InvalidInputError, match="niets om ongedaan"):
        advising.undo(actor, advice)
    advising.amend_advice(actor, advice, READY.model_copy(update={"analyse": "Anders."}), ["analyse"])
    advising.undo(actor, advice)
    assert advice_in(advising, actor, case, advice).record.analyse == "Thuis lukt niet."


@dataclass
class Laptop:
    """One profile of the team with its user."""

    store: EncryptedStore
    advising: Advising
    actor: Actor

    def take_from(self, other: Laptop) -> None:
        exchanged(other.store, self.store)

    def shown(self, case: str, entity: str) -> Filed[Advice]:
        return advice_in(self.advising, self.actor, case, entity)

    def write(self, entity: str, text: str, seen: Filed[Advice]) -> None:
        self.advising.amend_advice(self.actor, entity, Advice(analyse=text), ["analyse"], seen.seen)


@pytest.fixture
def pair(tmp_path: Path, actor: Actor, secretary: Actor, context: Context) -> Iterator[tuple[Laptop, Laptop]]:
    """The laptops of the chair and of the secretary."""
    folders = tmp_path / "a", tmp_path / "b"
    folders[0].mkdir()
    EncryptedStore.create(folders[0], KEY, clock=context.clock).close()
    shutil.copytree(*folders)
    stores = [EncryptedStore.open(folder, KEY, clock=context.clock) for folder in folders]
    for number, store in enumerate(stores):
        with store.sync() as rows:
            for index, space in enumerate(rows.spaces()):
                rows.put_space(replace(space, device=bytes([number, index]) * 8))
    chair, clerk = (
        Laptop(store, Advising(Context(store, context.clock)), who)
        for store, who in zip(stores, (actor, secretary), strict=True)
    )
    yield chair, clerk
    for store in stores:
        store.close()


@pytest.fixture
def shared(pair: tuple[Laptop, Laptop], context: Context) -> tuple[str, str]:
    """A case and a concept on it, on both laptops."""
    chair, clerk = pair
    (case,) = CaseWork(Context(chair.store, context.clock)).record_all(chair.actor, [DISCUSSED])
    discussion = chair.advising.add_discussion(chair.actor, case, HELD)
    advice = chair.advising.add_advice(chair.actor, case, READY.model_copy(update={"bespreking": discussion}))
    clerk.take_from(chair)
    return case, advice


def test_what_two_wrote_at_the_same_time_is_kept_and_stops_the_release(
    pair: tuple[Laptop, Laptop], shared: tuple[str, str]
) -> None:
    (chair, clerk), (case, advice) = pair, shared
    chair.write(advice, "Van de voorzitter.", chair.shown(case, advice))
    clerk.write(advice, "Van de secretaris.", clerk.shown(case, advice))
    chair.take_from(clerk)
    clerk.take_from(chair)
    assert chair.shown(case, advice) == clerk.shown(case, advice)
    assert conflicts(chair.shown(case, advice).seen).keys() == {("analyse", "")}
    with pytest.raises(SeveralVersionsError):
        chair.advising.release(chair.actor, advice)
    chair.write(advice, "Van ons samen.", chair.shown(case, advice))
    chair.advising.release(chair.actor, advice)


def test_a_form_that_was_open_keeps_what_came_in_since(pair: tuple[Laptop, Laptop], shared: tuple[str, str]) -> None:
    (chair, clerk), (case, advice) = pair, shared
    seen = chair.shown(case, advice)
    clerk.write(advice, "Van de secretaris.", clerk.shown(case, advice))
    chair.take_from(clerk)
    chair.write(advice, "Van de voorzitter.", seen)
    assert len(conflicts(chair.shown(case, advice).seen)["analyse", ""]) == 2


def test_what_was_written_elsewhere_before_the_release_came_is_told(
    pair: tuple[Laptop, Laptop], shared: tuple[str, str]
) -> None:
    (chair, clerk), (case, advice) = pair, shared
    clerk.write(advice, "Nog niet gezien door de voorzitter.", clerk.shown(case, advice))
    chair.advising.release(chair.actor, advice)
    chair.take_from(clerk)
    clerk.take_from(chair)
    for laptop in pair:
        found = laptop.shown(case, advice).record
        assert found.vrijgegeven_op == TODAY
        assert not is_as_released(found)
    with pytest.raises(FixedError):
        clerk.write(advice, "Nog eens.", clerk.shown(case, advice))


def test_two_points_that_two_people_add_are_both_there(pair: tuple[Laptop, Laptop], shared: tuple[str, str]) -> None:
    case, advice = shared
    for number, laptop in enumerate(pair):
        before = laptop.shown(case, advice)
        points = (*before.record.punten, PointRow(wat=f"Punt {number}", eigenaar="Jan"))
        amended = before.record.model_copy(update={"punten": points})
        laptop.advising.amend_advice(laptop.actor, advice, amended, ["punten"], before.seen)
    pair[0].take_from(pair[1])
    pair[1].take_from(pair[0])
    for laptop in pair:
        assert {row.wat for row in laptop.shown(case, advice).record.punten} == {"Zoek een plek", "Punt 0", "Punt 1"}


def test_two_advices_released_at_the_same_time_are_both_kept_and_one_holds(
    pair: tuple[Laptop, Laptop], shared: tuple[str, str]
) -> None:
    (chair, other), (case, advice) = pair, shared
    deputy = Laptop(other.store, other.advising, replace(other.actor, role=Role.PLAATSVERVANGER))
    chair.advising.release(chair.actor, advice)
    deputy.take_from(chair)
    for laptop in (chair, deputy):
        begun = laptop.advising.successor(laptop.actor, advice)
        laptop.advising.release(laptop.actor, laptop.advising.add_advice(laptop.actor, case, begun))
    chair.take_from(deputy)
    deputy.take_from(chair)
    mine, theirs = (laptop.advising.of(laptop.actor, case) for laptop in (chair, deputy))
    assert mine.current == theirs.current
    assert len([each for each in mine.advices if each.record.vrijgegeven_op]) == 3
