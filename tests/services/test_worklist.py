"""The werkvoorraad through a real store: what waits, for whom, in which order, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from bren_desktop.domain.access import EmergencyAccess
from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.advice import Advice, PointRow
from bren_desktop.domain.aftercare import Bridge, Deployment, Escalation, FollowUp, FuturePlan
from bren_desktop.domain.cases import Case
from bren_desktop.domain.clocks.gathering import ADVICE_LETTER, RECEIPT
from bren_desktop.domain.clocks.months import plus_months
from bren_desktop.domain.closing import Closing
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.papers.kinds import PAPERS
from bren_desktop.domain.planning import Snooze, StandIn
from bren_desktop.domain.records import CASE_SHEET, ContactMoment, FiledDocument, Team
from bren_desktop.domain.requests import Request
from bren_desktop.domain.transitions import Transition
from bren_desktop.domain.vocabulary import TO_CODE
from bren_desktop.errors import InvalidInputError, NotAllowedError, NotAssignedError
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context, author
from bren_desktop.services.drafts import Drafts
from bren_desktop.services.planning import Planning
from bren_desktop.services.pool import Pool
from bren_desktop.services.sync_ports import SyncStore
from bren_desktop.services.team import TeamSettings
from bren_desktop.services.work_items import Priority, Section, WorkItem, WorkReason, order
from bren_desktop.services.worklist import Worklist
from tests.delivery import exchanged

TODAY = date(2026, 11, 22)
"""A Sunday: this week ends today."""
COMPLETE = {
    "datum_aanmelding": date(2026, 11, 18),
    "verwijzer": "VW-GI",
    "verwijzer_naam": "Mw. Verzonnen",
    "hulpvraag": "Wie kan meedenken?",
    "vastloopredenen": ("VR-1",),
    "toestemming_status": "TS-JA",
    "regio": "JZ24",
}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


class Team1:
    """A team with one store: cases brought to a state with what lies below them."""

    def __init__(self, context: Context, chair: Actor) -> None:
        self.context, self.chair = context, chair
        self.secretary = replace(chair, person="p3", name="Anouk", role=Role.SECRETARIS)
        self.director = replace(chair, person="p4", name="Petra", role=Role.PROCESREGISSEUR)
        self.member = replace(chair, person="p2", name="Lid", role=Role.LID)
        self.privacy = replace(chair, person="p5", name="Priv", role=Role.PRIVACY)

    def case(self, state: str = "ST-AAN", since: int = 2, *assigned: str, **fields: object) -> str:
        """A complete case that entered `state` so many days ago."""
        record = Case.model_validate({**COMPLETE, "geboortedatum": date(2014, 1, 1), **fields})
        entity = CaseWork(self.context).record(self.chair, record).entity
        with self.context.store.write(author(self.chair)) as writer:
            writer.write(Kind.CASE, entity, {("status", ""): state, **{("toegewezen", who): True for who in assigned}})
        if state != "ST-AAN":
            self.below(Kind.TRANSITION, Transition(casus=entity, van="ST-AAN", naar=state, op=ago(since)))
        return entity

    def below(self, kind: Kind, record: BaseModel) -> str:
        entity = self.context.store.new_entity()
        with self.context.store.write(author(self.chair)) as writer:
            writer.write(kind, entity, flatten(record))
        return entity

    def told(self, entity: str) -> None:
        """Somebody spoke with the verwijzer."""
        self.below(Kind.CONTACT, ContactMoment(casus=entity, datum=ago(1), tekst="Gebeld."))

    def sees(self, actor: Actor) -> Sequence[WorkItem]:
        return Worklist(self.context).entries(actor)

    def codes(self, actor: Actor) -> list[str]:
        return [item.code or item.reason.value for item in self.sees(actor)]


@pytest.fixture
def team(context: Context, chair: Actor) -> Team1:
    return Team1(context, chair)


def test_a_new_case_asks_the_secretary_for_a_receipt_and_triage(team: Team1) -> None:
    entity = team.case()
    receipt, triage = team.sees(team.secretary)
    assert (receipt.code, receipt.due, receipt.section) == ("TM-ONTVANGST", date(2026, 11, 20), Section.LATE)
    assert (triage.code, triage.entity, triage.number) == ("TM-TRIAGE", entity, receipt.number)
    team.told(entity)
    assert team.codes(team.secretary) == ["TM-TRIAGE"]


def test_triage_is_a_decision_of_the_chair_once_it_has_begun(team: Team1) -> None:
    team.case("ST-AAN")
    assert not team.sees(team.chair)
    team.told(team.case("ST-TRI"))
    (item,) = team.sees(team.chair)
    assert (item.code, item.reason) == ("TM-TRIAGE", WorkReason.DECISION)
    assert item.words[0] == "Besluiten over de triage"


def test_an_addition_waits_for_somebody_since_a_day_and_is_late_after_that(team: Team1) -> None:
    entity = team.case("ST-AAN", datum_aanmelding=ago(4))
    team.told(entity)
    with team.context.store.write(author(team.chair)) as writer:
        writer.write(Kind.CASE, entity, {("status", ""): "ST-AVU"})
    team.below(Kind.TRANSITION, Transition(casus=entity, naar="ST-AVU", op=ago(3), wacht_op="de school"))
    (item,) = team.sees(team.secretary)
    assert (item.section, item.waits_for, item.since) == (Section.WAITING, "de school", ago(3))
    later = team.case("ST-AVU", 9, datum_aanmelding=ago(12))
    receipt = FiledDocument(casus=later, soort="Ontvangstbevestiging", datum=ago(10), vrijgegeven_door="Vera")
    team.below(Kind.DOCUMENT, receipt)
    late = next(item for item in team.sees(team.secretary) if item.entity == later)
    assert (late.code, late.section, late.reason) == ("TM-AANVUL-1", Section.LATE, WorkReason.WAITING)


def test_the_chair_releases_advices_and_letters_and_confirms_closings_of_others(team: Team1) -> None:
    entity = team.case("ST-BES", 1)
    team.below(Kind.ADVICE, Advice(casus=entity))
    team.below(Kind.DOCUMENT, FiledDocument(casus=entity, soort="Consultatievraag", expert="e", datum=ago(1)))
    closing = team.case("ST-MON", 1)
    team.below(Kind.CLOSING, Closing(casus=closing, voorgesteld_op=ago(1), voorgesteld_door_id="p4", ronde=1))
    expected = {"besluit-advies", "besluit-brief", "besluit-afsluiting"}
    assert expected <= set(team.codes(team.chair))
    assert expected & set(team.codes(team.secretary)) == {"besluit-afsluiting"}, "it is assigned to nobody"
    own = replace(team.director, person="p4")
    team.below(Kind.ADVICE, Advice(casus=entity, vrijgegeven_op=ago(0)))
    assert "wacht-afsluiting" not in team.codes(own), "it is not assigned to the one who proposed"
    TeamSettings(team.context).save(team.chair, Team(secretaris_geeft_vrij=True))
    assert "besluit-brief" in team.codes(team.secretary)


def test_the_secretary_releases_what_needs_no_chair(team: Team1) -> None:
    entity = team.case("ST-INZ", 1)
    team.below(Kind.DOCUMENT, FiledDocument(casus=entity, soort="Ontvangstbevestiging", datum=ago(1)))
    assert "besluit-brief" in team.codes(team.secretary)
    team.below(Kind.DOCUMENT, FiledDocument(casus=entity, soort="Ontvangstbevestiging", vrijgegeven_door="Anouk"))
    assert "besluit-brief" not in team.codes(team.secretary)


def test_the_letters_that_stop_a_clock_are_letters_that_there_are() -> None:
    assert {RECEIPT, ADVICE_LETTER} <= {kind.title for kind in PAPERS}


def test_a_released_letter_to_the_same_recipient_waits_no_longer(team: Team1) -> None:
    entity = team.case("ST-INZ", 1)
    concept = FiledDocument(casus=entity, soort="Consultatievraag", expert="e", datum=ago(2))
    team.below(Kind.DOCUMENT, concept)
    team.below(Kind.DOCUMENT, concept.model_copy(update={"vrijgegeven_door": "Vera"}))
    assert "besluit-brief" not in team.codes(team.chair)


def test_the_agreements_of_an_assigned_case_are_the_directors(team: Team1) -> None:
    entity = team.case("ST-UIT", 3, "p4")
    points = tuple(PointRow(id=name, wat="x", eigenaar="y", uiterlijk=ago(days)) for name, days in (("a", 1), ("b", 2)))
    advice = team.below(Kind.ADVICE, Advice(casus=entity, vrijgegeven_op=ago(9), punten=points))
    team.below(Kind.BRIDGE, Bridge(casus=entity, van=ago(20), volgende_check=ago(0), tot=ago(-40)))
    team.below(Kind.ESCALATION, Escalation(casus=entity, op=ago(3), uiterlijk=ago(-1)))
    team.below(Kind.DEPLOYMENT, Deployment(casus=entity, antwoord="IA-JA", antwoord_op=ago(6)))
    by_code = {item.code: item for item in team.sees(team.director)}
    assert set(by_code) == {"TM-PUNT", "TM-OVB", "TM-BESLUIT", "TM-INZET", "TM-UITV-1"}
    assert (by_code["TM-PUNT"].due, by_code["TM-PUNT"].count) == (ago(2), 2)
    assert by_code["TM-OVB"].section is Section.TODAY
    assert "TM-PUNT" not in team.codes(team.secretary)
    assert not team.codes(replace(team.director, person="another"))
    team.below(Kind.FOLLOW_UP, FollowUp(casus=entity, advies=advice, punt="b", datum=ago(0), stand="OS-JA"))
    assert next(item for item in team.sees(team.director) if item.code == "TM-PUNT").due == ago(1)


def test_a_case_that_is_nobodys_is_followed_by_the_secretary(team: Team1) -> None:
    team.case("ST-MON", 0)
    assert "TM-OPV-0" in team.codes(team.secretary)
    assert not team.codes(team.director)


def test_a_member_sees_what_is_discussed_of_their_own_cases(team: Team1) -> None:
    mine = team.case("ST-RET", 11, "p2")
    team.case("ST-RET", 11)
    team.case("ST-RET", 11, "p4")
    assert [(item.code, item.entity) for item in team.sees(team.member)] == [("TM-BESPREKING", mine)]


def test_a_member_sees_what_will_be_discussed_before_it_is_at_hand(team: Team1) -> None:
    team.case("ST-RET", 0, "p2")
    (item,) = team.sees(team.member)
    assert (item.code, item.section) == ("TM-BESPREKING", Section.LATER)


def test_a_request_to_a_pareltje_waits_for_an_answer(team: Team1) -> None:
    entity = team.case("ST-RET", 0, "p4")
    team.below(Kind.DEPLOYMENT, Deployment(casus=entity, gevraagd_op=ago(3)))
    (item,) = team.sees(team.director)
    assert (item.code, item.section, item.since) == ("wacht-inzet", Section.WAITING, ago(3))
    assert not item.may_be_put_off


def test_privacy_sees_requests_emergencies_and_what_is_to_be_destroyed(team: Team1) -> None:
    entity = team.case("ST-RET", 1)
    team.below(Kind.REQUEST, Request(casus=entity, soort="VZ-INZ", ontvangen_op=ago(20)))
    granted = Request(casus=entity, soort="VZ-VERN", ontvangen_op=ago(80), besluit="BZ-TOE", afgehandeld_op=ago(1))
    team.below(Kind.REQUEST, granted)
    team.below(Kind.EMERGENCY_ACCESS, EmergencyAccess(casus=entity, persoon="p2", op=ago(1), reden="Crisis in huis"))
    team.case("ST-AFG", 5 * 366)
    held = team.case("ST-AFG", 5 * 366, bewaarplicht_reden="Er loopt een klacht.")
    codes = team.codes(team.privacy)
    assert sorted(codes) == ["TM-BEWAAR", "TM-INZAGE", "TM-VERNIETIGING", "besluit-noodtoegang"]
    team.below(Kind.REQUEST, Request(casus=team.case("ST-RET", 1), soort="VZ-INZ", ontvangen_op=TODAY))
    assert team.codes(team.privacy).count("TM-INZAGE") == 2, "also what came in today"
    assert team.codes(team.chair).count("TM-INZAGE") == 1
    longer = Request(casus=entity, soort="VZ-RECT", ontvangen_op=ago(20), verlengd_op=ago(2))
    team.below(Kind.REQUEST, longer)
    (item,) = [item for item in team.sees(team.privacy) if item.code == "TM-VERLENGD"]
    assert item.due == plus_months(ago(20), 3)
    assert held not in {item.entity for item in team.sees(team.privacy)}
    assert "TM-BEWAAR" in team.codes(team.chair)
    assert "besluit-noodtoegang" in team.codes(team.chair)
    assert "besluit-noodtoegang" not in team.codes(replace(team.chair, person="p2")), "it was their own"


def test_a_closed_case_asks_for_a_talk_after_half_a_year(team: Team1) -> None:
    team.case("ST-AFG", 184, "p4")
    assert team.codes(team.director) == ["TM-NA-6"]


def test_consent_lapses_and_ages_are_told_to_who_has_the_case(team: Team1) -> None:
    entity = team.case("ST-RET", 0, geboortedatum=date(2009, 1, 1))
    team.told(entity)
    given = Consent(casus=entity, doelen=("TD-A",), gegeven_op=ago(350), geldig_tot=ago(-10))
    team.below(Kind.CONSENT, given)
    assert {"TM-TOEST-EINDE", "TM-17H"} == set(team.codes(team.secretary))
    team.below(Kind.FUTURE_PLAN, FuturePlan(casus=entity, doorgenomen_op=ago(1)))
    team.below(Kind.CONSENT, given.model_copy(update={"gegeven_op": ago(1), "geldig_tot": ago(-364)}))
    assert not team.codes(team.secretary)


def test_a_silent_case_speaks_again_when_something_is_done_but_not_when_it_is_put_off(
    team: Team1, monkeypatch: pytest.MonkeyPatch
) -> None:
    entity = team.case("ST-INZ", 1)
    team.told(entity)
    monkeypatch.setattr(type(team.context.clock), "now_ms", lambda _: 1_795_345_200_000 + 50 * 86_400_000)
    team.below(Kind.DOCUMENT, FiledDocument(casus=entity, soort=CASE_SHEET, datum=team.context.today()))
    assert "TM-STIL" in team.codes(team.secretary), "a casuskaart was printed"
    Planning(team.context).snooze(
        team.secretary, entity, Snooze(klok="TM-STIL", tot=date(2027, 2, 1), reden="De school heeft vakantie.")
    )
    item = next(item for item in team.sees(team.secretary) if item.code == "TM-STIL")
    assert item.snoozed
    assert (item.snoozed.until, item.snoozed.by) == (date(2027, 2, 1), "Anouk")
    team.told(entity)
    assert "TM-STIL" not in team.codes(team.secretary)


def test_pressing_cases_come_first_within_a_section(team: Team1) -> None:
    for urgency in ("", "UR-SPOED", "UR-CRISIS"):
        team.told(team.case("ST-RET", 30, urgentie=urgency))
    late = [item.priority for item in team.sees(team.secretary) if item.section is Section.LATE]
    assert late == [Priority.CRISIS, Priority.URGENT, Priority.REGULAR]


def test_the_call_that_a_crisis_asks_comes_before_all_else(team: Team1) -> None:
    team.case("ST-RET", 300, urgentie="UR-CRISIS")
    team.case(urgentie="UR-CRISIS")
    assert team.codes(team.secretary)[0] == "TM-CRISIS"
    assert team.sees(team.secretary)[0].reason is WorkReason.CRISIS, "it stands with the other crises"


@pytest.mark.parametrize(("born", "section"), [(date(2008, 11, 1), Section.WEEK), (date(2007, 1, 1), Section.LATER)])
def test_an_age_that_was_reached_is_never_late(team: Team1, born: date, section: Section) -> None:
    team.case("ST-INZ", 1, "p4", geboortedatum=born)
    (item,) = team.sees(team.director)
    assert (item.reason, item.section) == (WorkReason.AGE, section)


def test_a_crisis_waits_even_when_nothing_is_due(team: Team1) -> None:
    team.told(team.case("ST-INZ", 1, urgentie="UR-CRISIS"))
    (item,) = team.sees(team.secretary)
    assert (item.reason, item.section) == (WorkReason.CRISIS, Section.TODAY)


def test_a_case_stands_once_and_says_all_that_has_no_day(context: Context, actor: Actor) -> None:
    unknown = {"gemeente": TO_CODE, "te_coderen": [{"veld": "gemeente", "tekst": "Nergenshuizen"}]}
    CaseWork(context).record(actor, Case.model_validate({"urgentie": "UR-SPOED", **unknown}))
    (item,) = Worklist(context).entries(actor)
    assert item.reasons == (WorkReason.URGENT, WorkReason.INCOMPLETE, WorkReason.TO_CODE)
    assert item.section is Section.WEEK
    assert "hulpvraag" in item.missing


def test_a_concept_names_what_aanmelding_misses(context: Context, actor: Actor) -> None:
    record = Case.model_validate({**COMPLETE, "geboortedatum": date(2014, 1, 1), "hulpvraag": "", "regio": ""})
    CaseWork(context).record(actor, record)
    (item,) = Worklist(context).entries(actor)
    assert item.reason is WorkReason.INCOMPLETE
    assert set(item.missing) == {"hulpvraag", "regio"}


def test_a_profile_waits_after_a_year_or_when_never_checked(context: Context, actor: Actor) -> None:
    Pool(context).record_all(
        actor,
        [
            Expert(naam="Nooit"),
            Expert(naam="Lang geleden", profiel_gecontroleerd=date(2025, 11, 1)),
            Expert(naam="Pas nog", profiel_gecontroleerd=date(2026, 1, 1)),
        ],
    )
    assert {item.title for item in Worklist(context).entries(actor)} == {"Nooit", "Lang geleden"}


def test_a_draft_is_named_after_what_it_changes(context: Context, actor: Actor) -> None:
    opened = CaseWork(context).record(actor, Case.model_validate({**COMPLETE, "roepnaam": "Noor", "leeftijd": 12}))
    Drafts(context).keep(actor, f"casus:{opened.entity}", {"hulpvraag": "anders"})
    Drafts(context).keep(actor, "intake:1", {"hulpvraag": "nieuw"})
    titles = {item.draft: item.title for item in Worklist(context).entries(actor) if item.draft}
    assert titles == {f"casus:{opened.entity}": f"{opened.case.nummer} · N.", "intake:1": ""}


@pytest.mark.parametrize("role", [Role.IT, Role.PROJECTLEIDER])
def test_a_role_sees_only_what_it_may_read(team: Team1, role: Role) -> None:
    team.case(urgentie="UR-CRISIS")
    Drafts(team.context).keep(team.chair, "intake:1", {})
    assert not team.sees(replace(team.chair, role=role))


def test_free_days_of_the_team_move_what_is_due(team: Team1) -> None:
    team.case(datum_aanmelding=date(2027, 3, 24))

    class Easter:
        def now_ms(self) -> int:
            return 1_806_345_600_000

    later = Team1(Context(team.context.store, Easter()), team.chair)
    due = {item.code: item.due for item in later.sees(team.secretary)}
    assert due["TM-ONTVANGST"] == date(2027, 3, 26)
    TeamSettings(team.context).save(team.chair, Team(goede_vrijdag_vrij=True))
    assert {item.code: item.due for item in later.sees(team.secretary)}["TM-ONTVANGST"] == date(2027, 3, 30)


def test_what_changed_since_is_worked_out_anew(team: Team1) -> None:
    entity, worklist = team.case(), Worklist(team.context)
    assert [item.code for item in worklist.entries(team.secretary)] == ["TM-ONTVANGST", "TM-TRIAGE"]
    team.told(entity)
    assert [item.code for item in worklist.entries(team.secretary)] == ["TM-TRIAGE"]


def test_what_is_kept_is_for_who_asked_only(team: Team1) -> None:
    team.case("ST-RET", 11, "p2", urgentie="UR-SPOED")
    team.below(Kind.REQUEST, Request(casus=team.case(), soort="VZ-INZ", ontvangen_op=ago(20)))
    worklist = Worklist(team.context)
    for _ in range(2):
        for actor in (team.secretary, team.chair, team.member, team.privacy, replace(team.secretary, shut=True)):
            assert worklist.entries(actor) == team.sees(actor)


class TestSnoozing:
    def test_it_hides_a_deadline_for_everybody_and_says_why(self, team: Team1) -> None:
        entity = team.case()
        planning = Planning(team.context)
        planning.snooze(team.secretary, entity, Snooze(klok="TM-TRIAGE", tot=ago(-5), reden="Wacht op de GI."))
        put_off = {item.code: item.snoozed for item in team.sees(team.secretary)}
        assert put_off["TM-ONTVANGST"] is None
        found = put_off["TM-TRIAGE"]
        assert found
        assert (found.until, found.by, found.reason) == (ago(-5), "Anouk", "Wacht op de GI.")
        planning.wake(team.chair, entity, "TM-TRIAGE")
        assert all(item.snoozed is None for item in team.sees(team.secretary))

    @pytest.mark.parametrize("code", ["TM-VERNIETIGING", "TM-BEWAAR", "TM-TOEST-EINDE", "TM-INZAGE", "TM-CRISIS"])
    def test_what_the_law_asks_is_not_put_off(self, team: Team1, code: str) -> None:
        with pytest.raises(InvalidInputError, match="kunt u niet uitstellen"):
            Planning(team.context).snooze(team.chair, team.case(), Snooze(klok=code, tot=ago(-5), reden="Druk."))

    def test_a_snooze_of_the_law_from_elsewhere_hides_nothing(self, team: Team1) -> None:
        entity = team.case()
        team.below(Kind.REQUEST, Request(casus=entity, soort="VZ-INZ", ontvangen_op=ago(20)))
        team.below(Kind.SNOOZE, Snooze(casus=entity, klok="TM-INZAGE", tot=ago(-300), reden="x", door="y"))
        (item,) = [item for item in team.sees(team.privacy) if item.code == "TM-INZAGE"]
        assert item.snoozed is None

    @pytest.mark.parametrize(
        ("snooze", "field"),
        [
            (Snooze(klok="TM-TRIAGE", tot=TODAY, reden="x"), "tot"),
            (Snooze(klok="TM-TRIAGE", tot=date(2027, 11, 23), reden="x"), "tot"),
            (Snooze(klok="TM-TRIAGE", reden="x"), "tot"),
            (Snooze(klok="TM-TRIAGE", tot=date(2026, 12, 1), reden=" "), "reden"),
            (Snooze(klok="TM-ONZIN", tot=date(2026, 12, 1), reden="x"), "klok"),
        ],
    )
    def test_it_takes_a_day_to_come_and_a_reason(self, team: Team1, snooze: Snooze, field: str) -> None:
        with pytest.raises(InvalidInputError) as refused:
            Planning(team.context).snooze(team.chair, team.case(), snooze)
        assert refused.value.field == field

    def test_it_reaches_the_laptop_of_a_colleague(self, twins: tuple[Context, Context], chair: Actor) -> None:
        here, there = Team1(twins[0], chair), Team1(twins[1], chair)
        entity = here.case()
        exchanged(cast("SyncStore", here.context.store), cast("SyncStore", there.context.store))
        for team, until in ((here, ago(-3)), (there, ago(-6))):
            Planning(team.context).snooze(
                team.secretary, entity, Snooze(klok="TM-TRIAGE", tot=until, reden="Op elke laptop een.")
            )
        exchanged(cast("SyncStore", here.context.store), cast("SyncStore", there.context.store))
        exchanged(cast("SyncStore", there.context.store), cast("SyncStore", here.context.store))
        for team in (here, there):
            (item,) = [item for item in team.sees(team.secretary) if item.code == "TM-TRIAGE"]
            assert item.snoozed
            assert item.snoozed.until == ago(-6), "the one that ends last counts"


class TestStandingIn:
    def _stand_in(self, team: Team1, **changes: Any) -> StandIn:
        usual = StandIn(
            persoon="p4",
            naam="Petra",
            rol="procesregisseur",
            waarnemer="p6",
            waarnemer_naam="Wim",
            van=ago(1),
            tot=ago(-7),
        )
        return usual.model_copy(update=changes)

    def test_the_work_and_the_cases_of_a_colleague_are_ones_own_for_a_while(self, team: Team1) -> None:
        entity = team.case("ST-MON", 0, "p4")
        other = replace(team.director, person="p6", name="Wim")
        with pytest.raises(NotAssignedError):
            CaseWork(team.context).open(other, entity)
        record = Planning(team.context).let_stand_in(team.director, self._stand_in(team))
        (item,) = team.sees(other)
        assert (item.code, item.stands_in_for) == ("TM-OPV-0", "Petra")
        assert CaseWork(team.context).open(other, entity).entity == entity
        Planning(team.context).end_stand_in(other, record)
        assert not team.sees(other)

    @pytest.mark.parametrize(("begins", "ends"), [(-1, -7), (7, 1)])
    def test_it_holds_on_its_own_days_only(self, team: Team1, begins: int, ends: int) -> None:
        team.case("ST-MON", 0, "p4")
        team.below(Kind.STAND_IN, self._stand_in(team, van=ago(begins), tot=ago(ends)))
        assert not team.sees(replace(team.director, person="p6"))

    def test_nobody_decides_more_by_standing_in(self, team: Team1) -> None:
        entity = team.case("ST-BES", 0)
        team.below(Kind.ADVICE, Advice(casus=entity))
        chair = self._stand_in(team, persoon="p1", naam="Vera", rol="voorzitter", waarnemer="p3")
        team.below(Kind.STAND_IN, chair)
        assert "besluit-advies" not in team.codes(team.secretary)
        assert "besluit-advies" in team.codes(replace(team.chair, person="p3", role=Role.PLAATSVERVANGER))

    def test_emergency_access_of_the_colleague_does_not_pass_on(self, team: Team1) -> None:
        entity = team.case("ST-MON", 0, "somebody")
        team.below(Kind.EMERGENCY_ACCESS, EmergencyAccess(casus=entity, persoon="p4", op=TODAY, reden="Vandaag nodig"))
        team.below(Kind.STAND_IN, self._stand_in(team))
        with pytest.raises(NotAssignedError):
            CaseWork(team.context).open(replace(team.director, person="p6"), entity)

    def test_people_arrange_it_for_themselves_and_the_secretary_for_all(self, team: Team1) -> None:
        planning = Planning(team.context)
        with pytest.raises(NotAllowedError):
            planning.let_stand_in(replace(team.director, person="p6"), self._stand_in(team))
        record = planning.let_stand_in(team.secretary, self._stand_in(team))
        with pytest.raises(NotAllowedError):
            planning.end_stand_in(replace(team.director, person="p9"), record)
        assert [entity for entity, _ in planning.stand_ins(team.chair)] == [record]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"waarnemer": "p4"}, "waarnemer_naam"),
            ({"waarnemer": ""}, "waarnemer_naam"),
            ({"rol": "keizer"}, "naam"),
            ({"tot": ago(1)}, "tot"),
            ({"tot": ago(-366)}, "tot"),
            ({"van": None}, "tot"),
        ],
    )
    def test_it_is_between_two_people_from_a_day_to_a_day(
        self, team: Team1, changes: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(InvalidInputError) as refused:
            Planning(team.context).let_stand_in(team.secretary, self._stand_in(team, **changes))
        assert refused.value.field == field


ITEMS = st.builds(
    WorkItem,
    kind=st.just("casus"),
    entity=st.text("ab", max_size=2),
    title=st.text("xy", max_size=2),
    reason=st.sampled_from(WorkReason),
    section=st.sampled_from(Section),
    priority=st.sampled_from(Priority),
    code=st.sampled_from(["", "TM-PUNT", "TM-STIL"]),
    due=st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 1)),
)


@given(st.lists(ITEMS), st.randoms())
def test_the_order_is_total_and_the_same_however_it_began(items: list[WorkItem], dice: Any) -> None:
    mixed = dice.sample(items, len(items))
    assert list(map(order, sorted(mixed, key=order))) == list(map(order, sorted(items, key=order)))
    ordered = sorted(items, key=order)
    assert [item.section for item in ordered] == sorted(item.section for item in items)


@settings(max_examples=12, deadline=None)
@given(days=st.integers(1, 365), seen=st.integers(0, 400))
def test_what_was_put_off_never_shows_before_its_day(days: int, seen: int) -> None:
    """By its events alone: whatever day it is looked at."""
    from bren_desktop.domain.clocks.calendar import Calendar
    from bren_desktop.domain.clocks.events import Event, What
    from bren_desktop.services.case_items import Looking, case_items
    from bren_desktop.services.due_lines import DueLines
    from bren_desktop.services.rows import CaseRow, Tracked
    from bren_desktop.services.work_items import Snoozed
    from bren_desktop.services.work_lines import View

    row = CaseRow("e", "e", "N", "", "", "", "ST-TRI", "", ago(30), None, None, "", (), 0, 0, 0)
    until, today = TODAY + timedelta(days=days), TODAY + timedelta(days=seen)
    tracked = Tracked(row, frozenset(), 0, 0, (Event(What.SNOOZE, "s", until, "TM-TRIAGE"),))
    looking = Looking(today, Calendar(), frozenset(), lambda _: Snoozed(until, "", ""))
    items = case_items(tracked, [View(Role.SECRETARIS, "p", frozenset())], looking, DueLines())
    (triage,) = [item for item in items if item.code == "TM-TRIAGE"]
    assert (triage.snoozed is None) == (today >= until)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_no_clock_can_count_from_stops_nobodys_list(team: Team1, day: str) -> None:
    """A colleague's laptop may have written anything."""
    entity = team.case("ST-MON", 1, "p4")
    closed = team.case("ST-AFG", 1, "p4")
    with team.context.store.write(author(team.chair)) as writer:
        for kind, fields in (
            (Kind.BRIDGE, ("van", "volgende_check", "tot")),
            (Kind.CONSENT, ("gegeven_op", "geldig_tot")),
            (Kind.REQUEST, ("ontvangen_op",)),
            (Kind.TRANSITION, ("op",)),
            (Kind.ESCALATION, ("uiterlijk",)),
            (Kind.FUTURE_PLAN, ("doorgenomen_op",)),
            (Kind.SNOOZE, ("tot",)),
        ):
            values: dict[tuple[str, str], Any] = {(name, ""): day for name in fields}
            more = {("doelen", "TD-A"): True, ("naar", ""): "ST-MON", ("klok", ""): "TM-OPV-0"}
            writer.write(kind, team.context.store.new_entity(), {**values, **more, ("casus", ""): entity})
        for case in (entity, closed):
            writer.write(Kind.CASE, case, {("geboortedatum", ""): day, ("datum_aanmelding", ""): day})
    for actor in (team.secretary, team.chair, team.director, team.privacy):
        team.sees(actor)
