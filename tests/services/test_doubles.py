"""Two cases made one: nothing is lost, nothing is counted twice, and two laptops end in the same."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.advice import Advice
from bren_desktop.domain.advising import is_as_released, stamp
from bren_desktop.domain.aftercare import FollowUp, FuturePlan
from bren_desktop.domain.cases import Case, HistoryRow, InvolvedRow
from bren_desktop.domain.consent import Consent
from bren_desktop.domain.doubles import MERGED, Choice
from bren_desktop.domain.entities import Kind, Values, build, flatten
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.field_words import in_words
from bren_desktop.domain.fields import notes
from bren_desktop.domain.growing_up import plan_entity
from bren_desktop.domain.records import Consult, ContactMoment
from bren_desktop.domain.requests import Request
from bren_desktop.domain.rights import Right
from bren_desktop.errors import InvalidInputError
from bren_desktop.oplog.registers import top_values
from bren_desktop.services import below
from bren_desktop.services.attachments import Attachments
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.consents import Consents
from bren_desktop.services.context import Context, author
from bren_desktop.services.dossier import Dossier
from bren_desktop.services.doubles import Doubles
from bren_desktop.services.life import Life
from bren_desktop.services.links import Links
from bren_desktop.services.pool import Pool
from bren_desktop.services.sync_ports import SyncStore
from tests.delivery import exchanged

DAY = date(2026, 11, 22)
COUNT = itertools.count()


@pytest.fixture
def doubles(context: Context) -> Doubles:
    return Doubles(context)


@pytest.fixture
def pair(cases: CaseWork, chair: Actor) -> tuple[str, str]:
    """Two concepts of one young person; the first was begun first."""
    first = cases.record(chair, Case(roepnaam="An", achternaam="Zee", hulpvraag="Wil rust.", knelpunten=("KP-OND",)))
    second = cases.record(chair, Case(roepnaam="An", achternaam="Zeeman", hulpvraag="Rust.", knelpunten=("KP-WLZ",)))
    return first.entity, second.entity


def stored(context: Context, kind: Kind, entity: str) -> Values:
    with context.store.read() as reader:
        return top_values(reader.registers(kind, entity))


def told(context: Context, actor: Actor, case: str) -> str:
    return "\n".join(moment.tekst for _, moment in Dossier(context).contacts(actor, case))


LINES = st.text(alphabet="abcdefg ", max_size=8)
SOME = st.builds(
    Case,
    roepnaam=LINES,
    achternaam=LINES,
    gemeente=st.sampled_from(["", "Delft", "Leiden"]),
    geboortedatum=st.sampled_from([None, date(2010, 2, 3), date(2011, 2, 3)]),
    urgentie=st.sampled_from(["", "UR-REG", "UR-SPOED"]),
    wilsbekwaam=st.sampled_from([None, True, False]),
    hulpvraag=LINES,
    omschrijving=LINES,
    strafrechtelijk=LINES,
    knelpunten=st.sets(st.sampled_from(["KP-OND", "KP-WLZ", "KP-SAM"])).map(tuple),
    geschiedenis=st.lists(st.builds(HistoryRow, id=st.sampled_from("ab"), aanbieder=LINES), max_size=1).map(tuple),
    betrokkenen=st.lists(st.builds(InvolvedRow, naam=LINES), max_size=2).map(tuple),
)


@given(SOME, SOME, st.dictionaries(st.sampled_from(list(Case.model_fields)), st.sampled_from(Choice)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_value_of_both_is_in_the_merged_case_or_its_timeline(
    context: Context, cases: CaseWork, doubles: Doubles, chair: Actor, one: Case, other: Case, choices: Any
) -> None:
    mine, yours = (cases.record(chair, each).entity for each in (one, other))
    pair = mine, yours
    moments = [f"gebeld {next(COUNT)}" for _ in pair]
    for case, text in zip(pair, moments, strict=True):
        Dossier(context).add_contact(chair, case, ContactMoment(tekst=text))
    before = [stored(context, Kind.CASE, each) for each in pair]
    first = doubles.compare(chair, mine, yours).first.entity
    doubles.merge(chair, mine, yours, choices)
    after, timeline = stored(context, Kind.CASE, first), told(context, chair, first)
    assert all(text in timeline for text in moments)
    for values in before:
        for (field, key), value in values.items():
            words = in_words(notes(Case).get(field), value).replace("\n", "; ")
            shown = in_words(notes(Case).get(field), after.get((field, key))).replace("\n", "; ")
            assert words in shown or words in timeline, (field, key)


def test_a_person_chooses_what_goes_on(context: Context, doubles: Doubles, chair: Actor, pair: tuple[str, str]) -> None:
    compared = doubles.compare(chair, *pair)
    assert [each.field for each in compared.differences] == ["achternaam", "hulpvraag"]
    doubles.merge(chair, *pair, {"achternaam": Choice.SECOND, "hulpvraag": Choice.BOTH})
    values = stored(context, Kind.CASE, compared.first.entity)
    assert (values["achternaam", ""], values["hulpvraag", ""]) == ("Zeeman", "Wil rust.\n\nRust.")
    assert values["knelpunten", "KP-OND"]
    assert values["knelpunten", "KP-WLZ"]
    assert "- Achternaam: Zee\n" in told(context, chair, compared.first.entity)


def test_what_hangs_below_the_second_is_found_below_the_first_and_stays_where_it_was(
    context: Context, doubles: Doubles, pool: Pool, chair: Actor, pair: tuple[str, str]
) -> None:
    first, second = pair
    expert = pool.record(chair, Expert(naam="Dr. A")).entity
    consent = Consent(doelen=("TD-C",), gevers=("TG-JEUGD",), gegeven_op=DAY, vorm="TV-SCHR")
    Consents(context).add(chair, second, consent)
    Attachments(context).add(chair, second, "a.txt", b"Verslag")
    pool.register_consult(chair, Consult(expert=expert, casus=second, minuten=30))
    with context.store.write(author(chair)) as writer:
        released = Advice(casus=second, analyse="x", vrijgegeven_op=DAY)
        released = released.model_copy(update={"vrijgegeven_stempel": stamp(released)})
        advice = below.file_in(writer, context, Kind.ADVICE, second, released)
        below.file_in(writer, context, Kind.FOLLOW_UP, second, FollowUp(advies=advice))
        for case, coach in ((first, "Co"), (second, "Cas")):
            begun = FuturePlan(casus=case, coach=coach, verlengd_besluit="x" if case == second else "")
            writer.write(Kind.FUTURE_PLAN, plan_entity(case), flatten(begun))
    doubles.merge(chair, first, second, {})
    [(_, given_then)], [(_, given_now)] = (Consents(context).of(chair, case) for case in (second, first))
    assert given_now == given_then.model_copy(update={"casus": first})
    [(copy, _)] = Attachments(context).of(chair, first)
    assert Attachments(context).open(chair, copy).data == b"Verslag"
    with context.store.read() as reader:
        [advised], [followed] = reader.children(Kind.ADVICE, first), reader.children(Kind.FOLLOW_UP, first)
        assert reader.children(Kind.ADVICE, second) == [advice]
    assert is_as_released(build(Advice, stored(context, Kind.ADVICE, advised)))
    assert stored(context, Kind.FOLLOW_UP, followed)["advies", ""] == advised
    plan = stored(context, Kind.FUTURE_PLAN, plan_entity(first))
    assert (plan["coach", ""], plan["verlengd_besluit", ""]) == ("Co", "x")
    assert "Cas" in told(context, chair, first)
    assert [each.minuten for _, each in pool.consults(chair, expert)] == [30]


def test_the_second_case_is_withdrawn_and_both_numbers_are_found(
    context: Context, cases: CaseWork, doubles: Doubles, chair: Actor, pair: tuple[str, str]
) -> None:
    first, second = pair
    numbers = [cases.open(chair, each).case.nummer for each in pair]
    doubles.merge(chair, first, second, {})
    kept, gone = cases.open(chair, first).case, cases.open(chair, numbers[1])
    assert (kept.nummer, kept.eerder_kenmerk) == (numbers[0], numbers[1])
    assert (gone.entity, gone.case.status) == (second, "ST-ING")
    [(_, step), *_] = Life(context).history(chair, second)
    assert step.reden == f"Samengevoegd met casus {numbers[0]}."
    assert [each.words for each in Links(context).of(chair, second)] == ["hiermee samengevoegd: ga daar verder"]
    assert MERGED == "SV-SAMEN"


def test_links_of_the_second_come_along(
    context: Context, cases: CaseWork, doubles: Doubles, chair: Actor, pair: tuple[str, str]
) -> None:
    links, sister = Links(context), cases.record(chair, Case(roepnaam="Bo")).entity
    links.add(chair, pair[1], sister, "SV-BRZ")
    links.add(chair, pair[0], pair[1], "SV-EERDER")
    doubles.merge(chair, *pair, {})
    assert {each.row.entity for each in links.of(chair, pair[0])} == {sister, pair[1]}


def test_what_cannot_be_one_is_refused_and_nothing_changes(
    context: Context, doubles: Doubles, chair: Actor, pair: tuple[str, str]
) -> None:
    first, second = pair
    with pytest.raises(InvalidInputError, match="twee verschillende"):
        doubles.merge(chair, first, first, {})
    below.file(context, chair, Right.HANDLE_REQUEST, Kind.REQUEST, second, Request(soort="VZ-INZ"))
    hash_before = context.store.state_hash()
    with pytest.raises(InvalidInputError, match="verzoek van het gezin"):
        doubles.merge(chair, first, second, {})
    assert context.store.state_hash() == hash_before


def test_two_texts_that_are_too_long_together_are_refused(
    context: Context, cases: CaseWork, doubles: Doubles, chair: Actor, pair: tuple[str, str]
) -> None:
    for case, letter in zip(pair, "xy", strict=True):
        cases.set_field(chair, case, "omschrijving", letter * 150_000)
    hash_before = context.store.state_hash()
    with pytest.raises(InvalidInputError, match="samen te lang"):
        doubles.merge(chair, *pair, {"omschrijving": Choice.BOTH})
    assert context.store.state_hash() == hash_before


def test_two_versions_are_settled_first(
    context: Context, doubles: Doubles, chair: Actor, pair: tuple[str, str]
) -> None:
    with cast("SyncStore", context.store).sync() as rows:
        space = rows.space_of(Kind.CASE, pair[0]) or ""
        rows.write_in(space, author(chair), Kind.CASE, pair[0], {("hulpvraag", ""): "Anders."})
    with pytest.raises(InvalidInputError, match="twee versies"):
        doubles.compare(chair, *pair)


def travel(twins: tuple[Context, Context]) -> None:
    mine, theirs = (cast("SyncStore", each.store) for each in twins)
    exchanged(mine, theirs)
    exchanged(theirs, mine)


@pytest.mark.parametrize("turned", [False, True])
def test_two_laptops_that_merge_the_same_pair_end_in_one_case(
    twins: tuple[Context, Context], chair: Actor, turned: bool
) -> None:
    pair = [CaseWork(twins[0]).record(chair, Case(roepnaam="An", hulpvraag=text)).entity for text in ("Een", "Twee")]
    Dossier(twins[0]).add_contact(chair, pair[1], ContactMoment(tekst="gebeld"))
    travel(twins)
    one, other = reversed(pair) if turned else pair
    corrected = Case(datum_aanmelding=date(2026, 1, 5))
    CaseWork(twins[1]).amend(chair, pair[1], corrected, ["datum_aanmelding"])
    Doubles(twins[0]).merge(chair, pair[0], pair[1], {})
    Doubles(twins[1]).merge(chair, one, other, {"hulpvraag": Choice.SECOND})
    travel(twins)
    assert twins[0].store.state_hash() == twins[1].store.state_hash()
    for each in twins:
        [first] = [case for case in pair if CaseWork(each).open(chair, case).case.status != "ST-ING"]
        moments = told(each, chair, first)
        assert moments.count("gebeld") == 1
        assert CaseWork(each).open(chair, first).case.hulpvraag == "Twee"
        assert "Hulpvraag: Een" in moments


def test_consent_that_is_withdrawn_while_a_colleague_merges_stays_withdrawn(
    twins: tuple[Context, Context], chair: Actor
) -> None:
    one, other = (
        CaseWork(twins[0]).record(chair, Case(roepnaam="An", geboortedatum=date(2008, 2, number))).entity
        for number in (1, 2)
    )
    given = Consent(doelen=("TD-C",), gevers=("TG-JEUGD",), gegeven_op=DAY, vorm="TV-SCHR")
    consent = Consents(twins[0]).add(chair, other, given)
    travel(twins)
    Doubles(twins[0]).merge(chair, one, other, {})
    Consents(twins[1]).withdraw(chair, consent, DAY, "jeugdige")
    travel(twins)
    for each in twins:
        assert not any(Consents(each).verdict(chair, case, "TD-C", ("OG-PAREL",)).allowed for case in (one, other))


def test_merging_again_adds_only_what_is_new(
    context: Context, doubles: Doubles, chair: Actor, pair: tuple[str, str]
) -> None:
    dossier = Dossier(context)
    dossier.add_contact(chair, pair[1], ContactMoment(tekst="gebeld"))
    doubles.merge(chair, *pair, {})
    dossier.add_contact(chair, pair[1], ContactMoment(tekst="gemaild"))
    doubles.merge(chair, *pair, {})
    texts = [moment.tekst for _, moment in dossier.contacts(chair, pair[0])]
    assert (texts.count("gebeld"), texts.count("gemaild")) == (1, 1)


def test_consent_that_is_withdrawn_after_a_merge_holds_for_both(
    context: Context, cases: CaseWork, doubles: Doubles, chair: Actor, pair: tuple[str, str]
) -> None:
    consents, given = Consents(context), Consent(doelen=("TD-C",), gevers=("TG-JEUGD",), gegeven_op=DAY, vorm="TV-SCHR")
    for case in pair:
        cases.set_field(chair, case, "geboortedatum", date(2008, 2, 3))
    original = consents.add(chair, pair[1], given)
    doubles.merge(chair, *pair, {})
    assert consents.verdict(chair, pair[1], "TD-C", ("OG-PAREL",)).allowed
    consents.withdraw(chair, original, DAY, "jeugdige")
    doubles.merge(chair, *pair, {})
    assert [each.ingetrokken_op for _, each in consents.of(chair, pair[0])] == [DAY]
    again = consents.add(chair, pair[0], given.model_copy(update={"doelen": ("TD-A",)}))
    assert consents.verdict(chair, pair[1], "TD-A", ("OG-TEAM",)).allowed
    consents.withdraw(chair, again, DAY, "jeugdige")
    assert not any(consents.verdict(chair, case, "TD-A", ("OG-TEAM",)).allowed for case in pair)
