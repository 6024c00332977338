"""Closing a case with four eyes: who proposes, who confirms, and what two laptops make of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import cast

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.closing import Closing, ClosingState, Lesson
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.planning import Snooze
from bren_desktop.domain.records import CASE_SHEET, FiledDocument
from bren_desktop.domain.retention import Retention
from bren_desktop.domain.rights import RIGHTS, Right
from bren_desktop.domain.transitions import Transition
from bren_desktop.errors import InvalidInputError, NotAllowedError
from bren_desktop.services import below
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.closing import ClosingWork
from bren_desktop.services.conflicts import Conflicts
from bren_desktop.services.context import Context, author
from bren_desktop.services.life import Life, NotYetPossibleError
from bren_desktop.services.share_door import Away, Device
from bren_desktop.services.sync_ports import SyncStore
from tests.delivery import exchanged

TODAY = date(2026, 11, 22)
LESSON = Lesson(niveau="LN-CASUS", soort="LS-BEV", tekst="Er was steeds één aanspreekpunt.", doelgroep="LD-UITV")
CLOSING = Closing(
    resultaat="RS-DEELS",
    tevreden_verwijzer="TV-4",
    tevreden_jeugdige="TV-5",
    tevreden_ouders="TV-NG",
    codes_bevestigd=True,
    bewaarprofiel="BP-AFSCHR",
)
CLOSERS = {role for role, rights in RIGHTS.items() if Right.CLOSE_CASE in rights}


def laptop(*, mine: bool = False, away: Away | None = None, team: str = "HGL") -> Device:
    return Device("d", "Iemand", Role.SECRETARIS, team, "AB", ("network", team), mine, admin=False, away=away)


@dataclass
class Desk:
    """One laptop with its services; `cards` are the laptops it knows of."""

    context: Context
    cards: tuple[Device, ...] = ()

    def __post_init__(self) -> None:
        self.cases = CaseWork(self.context)
        self.closing = ClosingWork(self.context, lambda: self.cards)

    def take_from(self, other: Desk) -> None:
        exchanged(cast("SyncStore", other.context.store), cast("SyncStore", self.context.store))

    def moved(self, actor: Actor, case: str, to: str, day: date = TODAY) -> None:
        with self.context.store.write(author(actor)) as writer:
            below.file_in(writer, self.context, Kind.TRANSITION, case, Transition(naar=to, op=day))
            writer.write(Kind.CASE, case, {("status", ""): to})


@pytest.fixture
def desk(twins: tuple[Context, Context]) -> Desk:
    return Desk(twins[0])


@pytest.fixture
def other(twins: tuple[Context, Context], desk: Desk) -> Desk:
    """The laptop of a colleague, on which nothing came in yet."""
    return Desk(twins[1])


@pytest.fixture
def case(desk: Desk, chair: Actor) -> str:
    """A case in monitoring with a lesson, which may be proposed for closing."""
    entity = desk.cases.record(chair, Case(achternaam="Lindewater")).entity
    desk.moved(chair, entity, "ST-MON")
    desk.closing.add_lesson(chair, entity, LESSON)
    return entity


def missing(desk: Desk, actor: Actor, case: str) -> list[str]:
    return [field for field, _ in desk.closing.of(actor, case).missing]


def test_one_proposes_and_another_confirms(desk: Desk, case: str, chair: Actor, secretary: Actor) -> None:
    assert missing(desk, chair, case) == ["afsluiting"]
    proposed = desk.closing.propose(secretary, case, CLOSING.model_copy(update={"bevestigd_op": TODAY, "ronde": 9}))
    assert missing(desk, chair, case) == ["bevestigd_door"]
    assert desk.closing.confirm(chair, proposed).touched == {(Kind.CLOSING, proposed)}
    found = desk.closing.of(chair, case)
    assert found.missing == ()
    assert found.closing is not None
    assert (found.closing.voorgesteld_door, found.closing.bevestigd_door) == (secretary.name, chair.name)
    assert (found.closing.voorgesteld_op, found.closing.bevestigd_op, found.closing.getuige) == (TODAY, TODAY, "")


@pytest.mark.parametrize("role", Role)
def test_who_may_close_may_do_each_half(desk: Desk, case: str, chair: Actor, secretary: Actor, role: Role) -> None:
    actor = Actor(f"p-{role}", "Iemand", role, "HGL", "JZ24")
    refusals = 0
    try:
        desk.closing.withdraw_proposal(actor, desk.closing.propose(actor, case, CLOSING))
    except NotAllowedError:
        refusals += 1
    try:
        desk.closing.confirm(actor, desk.closing.propose(secretary, case, CLOSING))
    except NotAllowedError:
        refusals += 1
    assert refusals == (0 if role in CLOSERS else 2)


@pytest.mark.parametrize("field", ["resultaat", "tevreden_ouders", "codes_bevestigd", "bewaarprofiel"])
def test_what_is_missing_is_named(desk: Desk, case: str, chair: Actor, field: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        desk.closing.propose(chair, case, CLOSING.model_copy(update={field: Closing.model_fields[field].default}))
    assert refusal.value.field == field
    assert desk.closing.of(chair, case).closing is None


def test_without_a_lesson_nothing_closes(desk: Desk, chair: Actor) -> None:
    entity = desk.cases.record(chair, Case()).entity
    desk.moved(chair, entity, "ST-MON")
    with pytest.raises(InvalidInputError) as refusal:
        desk.closing.propose(chair, entity, CLOSING)
    assert refusal.value.field == "leerpunten"


@pytest.mark.parametrize("field", ["niveau", "soort", "tekst"])
def test_a_lesson_says_what_was_learnt(desk: Desk, case: str, chair: Actor, field: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        desk.closing.add_lesson(chair, case, LESSON.model_copy(update={field: ""}))
    assert refusal.value.field == field
    lesson = desk.closing.of(chair, case).lessons[0][0]
    with pytest.raises(InvalidInputError):
        desk.closing.amend_lesson(chair, lesson, LESSON.model_copy(update={field: ""}), [field])
    desk.closing.amend_lesson(chair, lesson, LESSON.model_copy(update={"actiehouder": "Jo"}), ["actiehouder"])
    assert desk.closing.of(chair, case).lessons[0][1].actiehouder == "Jo"


def test_whoever_proposed_does_not_confirm_on_another_laptop_either(
    desk: Desk, other: Desk, case: str, chair: Actor
) -> None:
    proposed = desk.closing.propose(chair, case, CLOSING)
    other.take_from(desk)
    for each in (desk, other):
        with pytest.raises(InvalidInputError) as refusal:
            each.closing.confirm(replace(chair, name="Een andere naam", device="AB"), proposed)
        assert refusal.value.field == "bevestigd_door"


def test_a_second_proposal_waits_for_the_first(desk: Desk, case: str, chair: Actor, secretary: Actor) -> None:
    proposed = desk.closing.propose(chair, case, CLOSING)
    with pytest.raises(InvalidInputError):
        desk.closing.propose(secretary, case, CLOSING)
    desk.closing.confirm(secretary, proposed)
    with pytest.raises(InvalidInputError):
        desk.closing.propose(chair, case, CLOSING)


def test_a_proposal_that_is_given_back_says_why(desk: Desk, case: str, chair: Actor, secretary: Actor) -> None:
    proposed = desk.closing.propose(chair, case, CLOSING)
    with pytest.raises(InvalidInputError) as refusal:
        desk.closing.withdraw_proposal(secretary, proposed, "  ")
    assert refusal.value.field == "reden_teruggave"
    desk.closing.withdraw_proposal(secretary, proposed, "Vraag de ouders nog.")
    found = desk.closing.of(chair, case)
    assert found.closing is None
    assert found.returned is not None
    assert (found.returned.reden_teruggave, found.returned.resultaat) == ("Vraag de ouders nog.", "RS-DEELS")
    with pytest.raises(InvalidInputError):
        desk.closing.confirm(secretary, proposed)
    desk.closing.confirm(secretary, desk.closing.propose(chair, case, CLOSING))
    assert desk.closing.of(chair, case).returned is None


def test_what_was_confirmed_is_not_given_back(desk: Desk, case: str, chair: Actor, secretary: Actor) -> None:
    proposed = desk.closing.propose(chair, case, CLOSING)
    desk.closing.confirm(secretary, proposed)
    with pytest.raises(InvalidInputError):
        desk.closing.confirm(secretary, proposed)
    with pytest.raises(InvalidInputError):
        desk.closing.withdraw_proposal(chair, proposed)
    with pytest.raises(InvalidInputError):
        desk.closing.confirm_with_witness(chair, proposed, "Wil Voorbeeld")


@pytest.mark.parametrize(
    ("cards", "alone"),
    [
        ((), True),
        ((laptop(mine=True),), True),
        ((laptop(mine=True), laptop(away=Away.LOST)), True),
        ((laptop(mine=True), laptop(team="WFR")), True),
        ((laptop(mine=True), laptop()), False),
    ],
)
def test_a_witness_is_for_a_team_of_one_laptop(
    desk: Desk, case: str, chair: Actor, cards: tuple[Device, ...], *, alone: bool
) -> None:
    proposed = desk.closing.propose(chair, case, CLOSING)
    desk.cards = cards
    assert desk.closing.is_alone(chair) is alone
    if not alone:
        with pytest.raises(InvalidInputError) as refusal:
            desk.closing.confirm_with_witness(chair, proposed, "Wil Voorbeeld")
        assert refusal.value.field == "getuige"
        return
    for nobody in ("  ", "x", chair.name.upper(), "V. Voorbeeld", "Vera"):
        with pytest.raises(InvalidInputError):
            desk.closing.confirm_with_witness(chair, proposed, nobody)
    desk.closing.confirm_with_witness(chair, proposed, " Wil  Voorbeeld ")
    closing = desk.closing.of(chair, case).closing
    assert closing is not None
    assert (closing.state, closing.getuige) == (ClosingState.CONFIRMED, "Wil Voorbeeld")


def test_two_laptops_that_confirm_at_once_both_count(
    desk: Desk, other: Desk, case: str, chair: Actor, secretary: Actor
) -> None:
    proposed = desk.closing.propose(secretary, case, CLOSING)
    colleague = replace(secretary, person="p9", name="Piet Voorbeeld")
    other.take_from(desk)
    desk.closing.confirm(chair, proposed)
    other.closing.confirm(colleague, proposed)
    desk.take_from(other)
    other.take_from(desk)
    for each in (desk, other):
        assert missing(each, chair, case) == []
        conflicts = Conflicts(each.context).of(chair, Kind.CASE, case)
        assert {conflict.field for conflict in conflicts} == {"bevestigd_door", "bevestigd_door_id"}
    assert desk.context.store.state_hash() == other.context.store.state_hash()


def test_confirmed_here_and_given_back_there_is_confirmed(
    desk: Desk, other: Desk, case: str, chair: Actor, secretary: Actor
) -> None:
    proposed = desk.closing.propose(secretary, case, CLOSING)
    other.take_from(desk)
    desk.closing.confirm(chair, proposed)
    other.closing.withdraw_proposal(secretary, proposed)
    desk.take_from(other)
    other.take_from(desk)
    assert [missing(each, chair, case) for each in (desk, other)] == [[], []]


def test_two_that_propose_at_once_leave_one_to_confirm(
    desk: Desk, other: Desk, case: str, chair: Actor, secretary: Actor
) -> None:
    other.take_from(desk)
    desk.closing.propose(chair, case, CLOSING)
    other.closing.propose(secretary, case, CLOSING)
    desk.take_from(other)
    other.take_from(desk)
    seen = {each.closing.of(chair, case).entity for each in (desk, other)}
    assert len(seen) == 1
    desk.closing.confirm(replace(chair, person="p9"), seen.pop())
    assert missing(desk, chair, case) == []


def test_a_reopened_case_needs_a_closing_of_its_own(desk: Desk, case: str, chair: Actor, secretary: Actor) -> None:
    desk.closing.confirm(secretary, desk.closing.propose(chair, case, CLOSING))
    desk.moved(chair, case, "ST-AFG")
    desk.moved(chair, case, "ST-HER")
    assert missing(desk, chair, case) == ["afsluiting"]
    with pytest.raises(InvalidInputError, match="in monitoring"):
        desk.closing.propose(chair, case, CLOSING)
    desk.moved(chair, case, "ST-MON")
    again = desk.closing.propose(chair, case, CLOSING.model_copy(update={"resultaat": "RS-JA"}))
    desk.closing.confirm(secretary, again)
    found = desk.closing.of(chair, case)
    assert (found.entity, found.missing) == (again, ())


def test_the_term_runs_from_the_end_of_the_case(desk: Desk, case: str, chair: Actor, secretary: Actor) -> None:
    assert desk.closing.retention(chair, case) == Retention(lacks="afsluiting")
    desk.closing.confirm(secretary, desk.closing.propose(chair, case, CLOSING))
    desk.moved(chair, case, "ST-AFG", date(2026, 11, 20))
    assert desk.closing.retention(chair, case) == Retention(date(2031, 11, 20))
    held = Case(bewaarplicht_reden="Er loopt een rechtszaak.")
    desk.cases.amend(chair, case, held, ["bewaarplicht_reden"])
    assert desk.closing.of(chair, case).retention == Retention(date(2031, 11, 20), held=True)


@pytest.mark.parametrize(
    ("profile", "found"),
    [("BP-JHD", Retention(date(2046, 11, 22))), ("BP-GI", Retention(lacks="geboortedatum"))],
)
def test_each_profile_counts_from_its_own_day(
    desk: Desk, case: str, chair: Actor, secretary: Actor, profile: str, found: Retention
) -> None:
    closing = CLOSING.model_copy(update={"bewaarprofiel": profile})
    desk.closing.confirm(secretary, desk.closing.propose(chair, case, closing))
    desk.moved(chair, case, "ST-AFG", date(2026, 11, 20))
    assert desk.closing.retention(chair, case) == found


def test_a_printed_casuskaart_and_a_snooze_are_no_change_of_the_record(
    desk: Desk, case: str, chair: Actor, secretary: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    closing = CLOSING.model_copy(update={"bewaarprofiel": "BP-JHD"})
    desk.closing.confirm(secretary, desk.closing.propose(chair, case, closing))
    desk.moved(chair, case, "ST-AFG")
    monkeypatch.setattr(type(desk.context.clock), "now_ms", lambda _: 1_795_345_200_000 + 50 * 86_400_000)
    with desk.context.store.write(author(chair)) as writer:
        below.file_in(writer, desk.context, Kind.DOCUMENT, case, FiledDocument(soort=CASE_SHEET))
        below.file_in(writer, desk.context, Kind.SNOOZE, case, Snooze(reden="Na de vakantie."))
    assert desk.closing.retention(chair, case) == Retention(date(2046, 11, 22))
    desk.moved(chair, case, "ST-AFG")
    assert desk.closing.retention(chair, case).day == date(2047, 1, 11)


def test_the_timeline_tells_what_became_of_a_proposal(desk: Desk, case: str, chair: Actor, secretary: Actor) -> None:
    desk.closing.withdraw_proposal(secretary, desk.closing.propose(chair, case, CLOSING), "Vraag de ouders nog.")
    desk.closing.confirm(secretary, desk.closing.propose(chair, case, CLOSING))
    assert [event.text for event in reversed(desk.cases.timeline(chair, case))] == [
        "Casus vastgelegd.",
        "De casus ging op 22-11-2026 van '' naar 'monitoring'.",
        "Leerpunt vastgelegd.",
        "Afsluiting voorgesteld.",
        "Voorstel om af te sluiten teruggegeven.",
        "Afsluiting voorgesteld.",
        "Afsluiting bevestigd.",
    ]


def test_a_case_that_was_not_taken_is_kept_as_a_copy(desk: Desk, case: str, chair: Actor) -> None:
    desk.moved(chair, case, "ST-AFB")
    assert desk.closing.retention(chair, case) == Retention(date(2031, 11, 22))


def test_a_case_that_came_in_closed_counts_from_its_import(desk: Desk, chair: Actor) -> None:
    (entity,) = desk.cases.record_all(chair, [Case(status="ST-AFG", extern_id="DOS-1")])
    assert desk.closing.retention(chair, entity) == Retention(date(2031, 11, 22))


def test_a_case_goes_to_closed_only_once_its_closing_is_confirmed(
    desk: Desk, case: str, chair: Actor, secretary: Actor
) -> None:
    life = Life(desk.context)
    desk.moved(chair, case, "ST-MON")
    proposed = desk.closing.propose(secretary, case, CLOSING)
    with pytest.raises(NotYetPossibleError, match="bevestigd_door"):
        life.move(chair, case, "ST-AFG", Transition())
    desk.closing.confirm(chair, proposed)
    life.move(chair, case, "ST-AFG", Transition())
    assert desk.closing.retention(chair, case) == Retention(date(2031, 11, 22))


def test_nobody_amends_what_was_filed_by_another_door(desk: Desk, case: str, chair: Actor) -> None:
    """The proposal holds what the window sent, and who is named in it is who acted."""
    desk.closing.propose(chair, case, CLOSING.model_copy(update={"voorgesteld_door_id": "p9", "voorgesteld_door": "X"}))
    closing = desk.closing.of(chair, case).closing
    assert closing is not None
    assert flatten(closing)["voorgesteld_door_id", ""] == chair.person
