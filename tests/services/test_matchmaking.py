"""Matching through the service: from the encrypted store, with rights and the read log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.aftercare import Deployment
from bren_desktop.domain.cases import Case, GapRow
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.rights import Right
from bren_desktop.errors import NotAllowedError, NotFoundError
from bren_desktop.services import below
from bren_desktop.services.asking import question_of
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context, author
from bren_desktop.services.knowledge import shipped_knowledge
from bren_desktop.services.matchmaking import Matchmaking
from bren_desktop.services.pool import Pool
from bren_desktop.services.sync_ports import SpaceKind
from bren_desktop.services.weighing import DELIVERED, InForce, Source, Weighing
from bren_desktop.storage.store import EncryptedStore

KNOWN = shipped_knowledge()
TODAY = date(2026, 11, 22)
EATING = Case(omschrijving="Zij eet bijna niets meer en valt steeds af.", hulpvraag="Wie kent anorexia?", regio="JZ24")
KNOWS = Expert(
    extern_id="1",
    naam="Kees Kundig",
    expertise=("EX-EET",),
    profiel="Anorexia.",
    regio="JZ24",
    beschikbaarheid="BS-DIRECT",
)
AWAY = KNOWS.model_copy(update={"extern_id": "2", "naam": "Aad Afwezig", "afwezig_tot": date(2027, 1, 5)})
OTHER = Expert(extern_id="3", naam="Jet Jurist", expertise=("EX-JUR",), regio="JZ24", beschikbaarheid="BS-DIRECT")
JURIST = KNOWS.model_copy(update={"expertise": ("EX-JUR",), "profiel": "Jeugdrecht."})
TOLD = Expert(extern_id="4", naam="Ton Tekst", profiel="Behandelt anorexia en boulimia.", beschikbaarheid="BS-DIRECT")


@pytest.fixture
def matching(context: Context) -> Matchmaking:
    return Matchmaking(context)


@pytest.fixture
def pool(context: Context, actor: Actor) -> Pool:
    found = Pool(context)
    found.record_all(actor, [OTHER, AWAY, TOLD, KNOWS])
    return found


def test_the_best_comes_first_and_who_is_away_last(matching: Matchmaking, pool: Pool, actor: Actor) -> None:
    found = matching.match_case(actor, EATING)
    assert [match.name for match in found] == ["Kees Kundig", "Ton Tekst", "Jet Jurist", "Aad Afwezig"]
    assert [match.id for match in found] == ["1", "4", "3", "2"]
    assert (found[-1].available, found[-1].available_from) == (False, date(2027, 1, 5))
    assert found[-1].score > found[-2].score


def test_a_reason_names_the_words_of_case_and_profile(matching: Matchmaking, pool: Pool, actor: Actor) -> None:
    told = matching.match_case(actor, EATING)[1]
    reason = next(reason for reason in told.reasons if reason.criterion == "expertise")
    assert reason.verdict == "match"
    case, _, profile = reason.text.partition("; het profiel noemt ")
    assert "'anorexia'" in case
    assert "'anorexia'" in profile


def test_reading_a_case_to_match_it_is_logged(
    matching: Matchmaking, pool: Pool, actor: Actor, context: Context
) -> None:
    entity = CaseWork(context).record(actor, EATING).entity
    assert matching.match(actor, entity, limit=1)[0].name == "Kees Kundig"
    with context.store.read() as reader:
        assert [line.action for line in reader.read_log(entity, 10)] == ["matchen"]


def test_who_works_for_parents_tells_of_what_parents_have(matching: Matchmaking, pool: Pool, actor: Actor) -> None:
    told = "Depressie en psychose."
    adult, child = (Expert(naam=soort, soort=soort, profiel=told) for soort in ("SE-VGGZ", "SE-PARELTJE"))
    pool.record_all(actor, [adult, child])
    hers, her_mothers = (Case(omschrijving=f"{who} is somber en psychotisch.") for who in ("Zij", "Moeder"))
    first = [matching.match_case(actor, case)[0].name for case in (hers, her_mothers)]
    assert first == ["SE-PARELTJE", "SE-VGGZ"]


def test_a_changed_profile_counts_at_once(matching: Matchmaking, pool: Pool, actor: Actor, context: Context) -> None:
    before = matching.match_case(actor, EATING)
    pool.amend(actor, context.store.entity_for(Kind.EXPERT, "1"), JURIST)
    after = matching.match_case(actor, EATING)
    assert (before[0].name, after[0].name) == ("Kees Kundig", "Ton Tekst")


def test_whoever_left_with_a_space_is_no_longer_matched(
    matching: Matchmaking, pool: Pool, actor: Actor, context: Context
) -> None:
    assert len(matching.match_case(actor, EATING)) == 4
    assert isinstance(context.store, EncryptedStore)
    with context.store.sync() as rows:
        network = next(space for space in rows.spaces() if space.kind is SpaceKind.NETWORK)
        rows.drop_space(network.id)
        rows.put_space(replace(network, id=context.store.new_entity()))
    pool.record_all(actor, [TOLD])
    assert [match.name for match in matching.match_case(actor, EATING)] == ["Ton Tekst"]


def test_reading_the_pool_ahead_changes_no_outcome(
    matching: Matchmaking, pool: Pool, actor: Actor, context: Context
) -> None:
    matching.warm(actor)
    assert matching.match_case(actor, EATING) == Matchmaking(context).match_case(actor, EATING)


def test_an_evaluated_inzet_counts_at_once(matching: Matchmaking, pool: Pool, chair: Actor, context: Context) -> None:
    case, expert = CaseWork(context).record(chair, EATING).entity, context.store.entity_for(Kind.EXPERT, "1")
    before = matching.match_case(chair, EATING)[0]
    told = {"expert": expert, "gevraagd_op": TODAY, "evaluatie_op": TODAY, "resultaat": "RS-DEELS"}
    entity = below.file(context, chair, Right.FOLLOW_UP, Kind.DEPLOYMENT, case, Deployment(**told))
    after = matching.match_case(chair, EATING)[0]
    assert after.score == before.score, "one is the average itself"
    assert "1 keer deels opgelost" in next(one.text for one in after.reasons if one.criterion == "eerdere_inzet")
    with context.store.write(author(chair)) as writer:
        writer.write(Kind.DEPLOYMENT, entity, {("evaluatie_op", ""): None})
    assert matching.match_case(chair, EATING)[0].reasons == before.reasons


@pytest.mark.parametrize(
    ("wish", "region"),
    [
        ("Liefst iemand uit Delft.", "JZ24"),
        ("Niemand uit onze regio. Niet uit Delft.", ""),
        ("Iemand die het best past", ""),
    ],
)
def test_a_wished_region_is_read(wish: str, region: str) -> None:
    wishes = question_of(KNOWN, Case(wensen=wish), TODAY).wishes
    assert [one.value for one in wishes if one.kind == "regio"] == ([region] if region else [])


def test_the_limit_holds(matching: Matchmaking, pool: Pool, actor: Actor) -> None:
    assert [len(matching.match_case(actor, EATING, limit)) for limit in (0, 1, 2, 99)] == [0, 1, 2, 4]


def test_an_empty_pool_and_an_empty_case(matching: Matchmaking, actor: Actor) -> None:
    assert matching.match_case(actor, Case()) == ()


@pytest.mark.parametrize("role", [Role.IT, Role.PROJECTLEIDER])
def test_who_may_not_read_cases_may_not_match(matching: Matchmaking, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        matching.match_case(Actor("p", "n", role, "HGL", "JZ24"), EATING)


def test_a_case_that_is_not_there(matching: Matchmaking, actor: Actor) -> None:
    with pytest.raises(NotFoundError):
        matching.match(actor, "bestaat-niet")


def test_matching_weighs_as_was_settled_and_tells_beforehand_who_moves(
    matching: Matchmaking, pool: Pool, chair: Actor, context: Context
) -> None:
    weighing, case = Weighing(context), CaseWork(context).record(chair, EATING)
    before, mostly_near = matching.match_case(chair, EATING), dict.fromkeys(DELIVERED, 0) | {"regio": 100}
    far = Expert(naam="Vera Ver", expertise=("EX-EET",), regio="JZ01", beschikbaarheid="BS-DIRECT")
    pool.record(chair, far)
    (moved,) = matching.moved_by(chair, mostly_near)
    assert (moved.comes, moved.goes) == (("Jet Jurist",), ("Vera Ver",))
    assert moved.title.startswith(case.case.nummer)
    assert weighing.in_force(chair) == InForce(DELIVERED, Source.PROGRAM), "a preview settles nothing"
    weighing.settle(chair, mostly_near)
    assert weighing.in_force(chair).shares == mostly_near
    assert matching.moved_by(chair, mostly_near)[0].comes == ()
    weighing.undo(chair)
    assert weighing.in_force(chair) == InForce(DELIVERED, Source.PROGRAM)
    pool.amend(chair, context.store.entity_for(Kind.EXPERT, "1"), KNOWS)
    assert matching.match_case(chair, EATING)[0] == before[0]


def test_a_theme_without_a_code_matches_on_words_alone(matching: Matchmaking, pool: Pool, actor: Actor) -> None:
    pool.record(actor, Expert(naam="Nel Nacht", profiel="Slaapproblematiek bij jongeren.", beschikbaarheid="BS-DIRECT"))
    best = matching.match_case(actor, Case(omschrijving="Hij slaapt niet."))[0]
    text = next(reason.text for reason in best.reasons if reason.criterion == "expertise")
    assert (best.name, text) == ("Nel Nacht", "De casus noemt 'slaapt niet'; het profiel noemt 'Slaapproblematiek'.")


def test_a_tag_asks_beside_what_the_text_asks() -> None:
    case = Case(omschrijving="Hij heeft autisme.", knelpunten=("KP-ASS",))
    assert {"autisme", "EX-ASS"} <= {need.code for need in question_of(KNOWN, case, TODAY).needs}


def test_who_writes_is_no_need() -> None:
    case = Case(omschrijving="Kinderarts. Hij snijdt zich.")
    assert [need.code for need in question_of(KNOWN, case, TODAY).needs] == ["zelfbeschadiging"]


def test_of_needs_that_are_asked_alike_those_that_an_expertise_answers_go_first() -> None:
    asked = question_of(KNOWN, Case(omschrijving="Hij is somber. Hij is suïcidaal."), TODAY).needs
    assert [bool(need.codes) for need in asked] == [True, False]


def test_a_finer_tag_asks_what_its_parent_asks() -> None:
    case = Case(ontbrekend_aanbod=("OA-07",), aard_ontbrekend_aanbod=(GapRow(id="OA-07", aard="AO-CAP"),))
    assert question_of(KNOWN, case, TODAY).needs[0].code == "EX-EMB"
    assert "EX-PLEEG" in {need.code for need in question_of(KNOWN, Case(ontbrekend_aanbod=("OA-02a",)), TODAY).needs}


def test_what_is_said_of_a_parent_asks_for_kopp() -> None:
    question = question_of(KNOWN, Case(omschrijving="Moeder is verslaafd en psychotisch."), TODAY)
    assert {code for need in question.needs for code, _ in need.codes} == {"EX-KOPP"}
    assert "DM-VGGZ" in {need.code for need in question.domains}


def test_the_criminal_law_field_is_used_but_not_quoted() -> None:
    need = question_of(KNOWN, Case(strafrechtelijk="PIJ-maatregel, jeugddetentie"), TODAY).needs[0]
    assert ("EX-JR" in need.every_code, need.evidence) == (True, ())


def test_region_follows_from_the_municipality() -> None:
    assert question_of(KNOWN, Case(gemeente="Delft"), TODAY).region == "JZ24"


@pytest.mark.parametrize(
    "text", ["", "x" * 200_000, "autisme " * 20_000, "zit thuis " * 20_000, "\u202e<b>=1+1</b> ' OR 1=1 -- 😀"]
)
def test_any_text_can_be_asked(matching: Matchmaking, pool: Pool, actor: Actor, text: str) -> None:
    found = matching.match_case(actor, Case(omschrijving=text, hulpvraag=text, wensen=text))
    assert len(found) == 4


def test_the_pool_is_read_ahead_a_few_at_a_time(matching: Matchmaking, pool: Pool, actor: Actor) -> None:
    assert [matching.warm(actor, 3), matching.warm(actor, 3), matching.warm(actor, 3)] == [1, 0, 0]


def test_only_a_changed_profile_is_read_again(
    matching: Matchmaking, pool: Pool, actor: Actor, context: Context
) -> None:
    matching.warm(actor)
    CaseWork(context).record(actor, EATING)
    assert matching.warm(actor, 0) == 0
    pool.amend(actor, context.store.entity_for(Kind.EXPERT, "1"), JURIST)
    assert matching.warm(actor, 0) == 1
