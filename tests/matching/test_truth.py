"""Every reason shown is true of the data: nothing is said that `oracle` does not find in question and row."""

from __future__ import annotations

from statistics import mean
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bren_desktop.matching.candidate import Profile, Told
from bren_desktop.matching.earlier import Past
from bren_desktop.matching.pool import coverage
from bren_desktop.matching.question import Need, Question
from bren_desktop.matching.ranking import WEIGHTS, Ranking
from bren_desktop.matching.similar import most_alike
from bren_desktop.matching.team import Part, Proposed, team
from bren_desktop.matching.verdicts import Judgement, Verdict
from tests.matching.oracle import Seen, judge
from tests.matching.strategies import PAST, PROFILES, QUESTIONS, STRENGTHS, TODAY, Row, profile

WORSE_FIRST = (Verdict.MISMATCH, Verdict.UNKNOWN, Verdict.MATCH)
PEOPLE = st.lists(PROFILES, min_size=2, max_size=4, unique_by=lambda one: one.row.entity)


@given(QUESTIONS, PROFILES, PAST, PAST)
def test_every_reason_is_true(question: Question, one: Profile, past: Past, of_others: Past) -> None:
    pasts = {one.row.entity: past, "somebody else": of_others}
    rated = [*past.ratings, *of_others.ratings]
    seen = Seen(question, one, TODAY, past, mean(rated) if rated else 0.5)
    for judged in Ranking(question, TODAY, past=pasts).judgements(one):
        judge(seen, judged)


@pytest.mark.parametrize("age", range(5, 18))
def test_what_is_said_of_an_age_is_true_around_the_group(age: int) -> None:
    question, one = Question(age=age), profile(Row(leeftijd_van=8, leeftijd_tot=14))
    for judged in Ranking(question, TODAY).judgements(one):
        judge(Seen(question, one, TODAY), judged)


@pytest.mark.parametrize(
    "judged",
    [
        Judgement("leeftijd", Verdict.MATCH, "Werkt met 8 tot en met 14 jaar; de jeugdige is 15 jaar."),
        Judgement("leeftijd", Verdict.MATCH, "Heeft ervaring met pubers."),
        Judgement("regio", Verdict.MATCH, "Uit een buurregio: Haaglanden."),
        Judgement("beschikbaarheid", Verdict.UNKNOWN, "Het profiel zegt niet of deze expert nu beschikbaar is."),
    ],
)
def test_what_is_not_so_is_found_out(judged: Judgement) -> None:
    row = Row(leeftijd_van=8, leeftijd_tot=14, regio="JZ24", beschikbaarheid="BS-NIET")
    with pytest.raises(AssertionError):
        judge(Seen(Question(age=15, region="JZ24"), profile(row), TODAY), judged)


@settings(max_examples=50)
@given(QUESTIONS, PEOPLE)
def test_what_is_said_to_put_somebody_behind_does(question: Question, people: list[Profile]) -> None:
    ranking = Ranking(question, TODAY, {**WEIGHTS, "beschikbaarheid": 0.0, "regio": 0.18})
    first, *_, last = ranking.order(people)
    behind = ranking.behind(last.profile, first.profile)
    better, worse = (
        {each.criterion: each.verdict for each in ranking.judgements(who.profile)} for who in (first, last)
    )
    for name in (name for name in behind if name != "wensen"):
        assert WORSE_FIRST.index(better[name]) >= WORSE_FIRST.index(worse[name])
    assert (first.available and not last.available) <= ("beschikbaarheid" in behind)


KNOWN = st.lists(st.sampled_from(["EX-ASS", "EX-JUR", "EX-OND"]), unique=True).map(tuple)
WORKS = st.lists(st.sampled_from(["DM-JGGZ", "DM-OND"]), unique=True).map(tuple)
TOLD_OF = st.dictionaries(st.just("EX-OND"), st.builds(Told, STRENGTHS, st.just(("woord",))))
ABLE = st.builds(profile, st.builds(Row, st.uuids().map(str), expertise=KNOWN, domeinen=WORKS), TOLD_OF)
ASKED = st.builds(
    lambda strengths, process: Question(
        tuple(map(Need, ("EX-ASS", "EX-JUR", "EX-OND"), strengths)), (Need("DM-JGGZ", 0.8),), process=process
    ),
    st.tuples(*[STRENGTHS] * 3),
    st.sampled_from([0.0, 0.5]),
)


@settings(max_examples=50)
@given(ASKED, st.lists(ABLE, min_size=2, max_size=4, unique_by=lambda one: one.row.entity))
def test_what_somebody_brings_to_a_team_is_theirs_and_new(question: Question, people: list[Profile]) -> None:
    with patch("bren_desktop.matching.team.WORTH_ASKING", 0.0):
        places = team(question, Ranking(question, TODAY).order(people))
    for place in places:
        cover, row = place.ranked.profile.cover, place.ranked.profile.row
        assert place.ranked.available
        assert all(need in question.needs and coverage(need, cover) > 0 for need in place.brings)
        assert {*place.domains} <= {*row.domeinen} & {need.code for need in question.domains}
        assert place.mandate <= place.ranked.profile.has_mandate
    working = [place for place in places if place.part is not Part.EXPERIENCE]
    assert all(_apart(*working) for _ in working[1:])


def _apart(one: Proposed, other: Proposed) -> bool:
    needs, domains = {*one.brings}.isdisjoint(other.brings), {*one.domains}.isdisjoint(other.domains)
    return needs and domains and not (one.mandate and other.mandate)


SHARES = st.dictionaries(st.integers(1, 5), st.floats(0.1, 1.0), max_size=5)


@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(st.floats(0.1, 1.0), SHARES), max_size=4))
def test_what_two_cases_are_said_to_share_both_tell_of(known: dict[str, tuple[float, dict[int, float]]]) -> None:
    asked, telling = ({key: pair[place] for key, pair in known.items()} for place in (0, 1))
    for alike in most_alike(asked, telling, 5, 5):  # type: ignore[arg-type]
        assert {*alike.shared} == {key for key, (_, cases) in known.items() if alike.number in cases}
