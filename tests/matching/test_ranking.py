"""What the score and the order promise, whoever is in the pool."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.matching.candidate import Profile, Told
from bren_desktop.matching.earlier import Past
from bren_desktop.matching.links import is_concept
from bren_desktop.matching.pool import Pool
from bren_desktop.matching.question import Need, Question, Wish, WishKind
from bren_desktop.matching.ranking import WEIGHTS, Ranking
from bren_desktop.matching.regions import Nearness, nearness, region_of
from bren_desktop.matching.verdicts import Judgement, Verdict
from tests.matching.strategies import PAST, PROFILES, QUESTIONS, STRENGTHS, TODAY, Row
from tests.matching.strategies import profile as make_profile

FITTING = Row(
    regio="JZ24",
    expertise=("EX-EET",),
    domeinen=("DM-JGGZ",),
    leeftijd_van=12,
    leeftijd_tot=23,
    beschikbaarheid="BS-DIRECT",
)
ASKED = Question(
    needs=(Need("EX-EET", 0.85, ("eet niet meer",)),), domains=(Need("DM-JGGZ", 0.8),), age=15, region="JZ24"
)


def _score(question: Question, row: Row, told: dict[str, Told] | None = None) -> float:
    return Ranking(question, TODAY).score(make_profile(row, told))


def _judged(question: Question, row: Row) -> dict[str, Judgement]:
    judgements = Ranking(question, TODAY).judgements(make_profile(row))
    return {judgement.criterion: judgement for judgement in judgements}


def test_the_weights_are_one_together() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
    assert max(WEIGHTS, key=WEIGHTS.__getitem__) == "expertise"


@given(QUESTIONS, PROFILES)
def test_a_score_lies_between_0_and_1(question: Question, profile: Profile) -> None:
    assert 0.0 <= Ranking(question, TODAY).score(profile) <= 1.0


@given(QUESTIONS, st.lists(PROFILES, min_size=1, max_size=8, unique_by=lambda profile: profile.row.entity))
def test_a_score_does_not_depend_on_the_others(question: Question, profiles: list[Profile]) -> None:
    alone = Ranking(question, TODAY).order(profiles[:1])[0].score
    among = {one.profile.row.entity: one.score for one in Ranking(question, TODAY).order(profiles)}
    assert among[profiles[0].row.entity] == alone


@given(QUESTIONS, st.lists(PROFILES, max_size=10, unique_by=lambda profile: profile.row.entity))
def test_who_is_unavailable_comes_after_everybody_who_is_not(question: Question, profiles: list[Profile]) -> None:
    ranked = Ranking(question, TODAY).order(profiles)
    assert [one.available for one in ranked] == sorted((one.available for one in ranked), reverse=True)
    for group in (True, False):
        scores = [one.score for one in ranked if one.available is group]
        assert scores == sorted(scores, reverse=True)


@given(QUESTIONS, st.lists(PROFILES, max_size=10, unique_by=lambda profile: profile.row.entity), st.integers(0, 10))
def test_the_order_hangs_on_no_place_in_the_list(question: Question, profiles: list[Profile], limit: int) -> None:
    ranking = Ranking(question, TODAY)
    ranked = ranking.order(profiles)
    assert ranking.order(profiles[::-1]) == ranked
    with patch("bren_desktop.matching.ranking.AT_ONCE", 1):
        assert ranking.best(Pool(profiles), limit) == ranked[:limit]


@given(
    QUESTIONS,
    st.lists(PROFILES, max_size=8, unique_by=lambda profile: replace(_row(profile), id="", entity="")),
    st.permutations(range(8)),
    st.lists(PAST, max_size=8),
)
def test_other_ids_give_the_same_order(
    question: Question, profiles: list[Profile], ids: list[int], pasts: list[Past]
) -> None:
    known = dict(zip((one.row.entity for one in profiles), ids, strict=False))
    renamed = [
        _again(one, replace(_row(one), id=str(known[one.row.entity]), entity=f"e{known[one.row.entity]}"))
        for one in profiles
    ]
    past = dict(zip(known, pasts, strict=False))
    before = Ranking(question, TODAY, past=past).order(profiles)
    ranking = Ranking(question, TODAY, past={f"e{known[entity]}": each for entity, each in past.items()})
    assert [_nameless(one.profile) for one in ranking.order(renamed)] == [_nameless(one.profile) for one in before]
    assert ranking.best(Pool(renamed), 8) == ranking.order(renamed)


def _nameless(profile: Profile) -> Row:
    return replace(_row(profile), id="", entity="")


def _row(profile: Profile) -> Row:
    assert isinstance(profile.row, Row)
    return profile.row


@given(QUESTIONS, PROFILES, STRENGTHS)
def test_asking_for_what_somebody_offers_never_lowers_a_score(
    question: Question, profile: Profile, strength: float
) -> None:
    row = _row(profile)
    asked = {need.code for need in (*question.needs, *question.domains)}
    needs = tuple(Need(code, strength) for code in row.expertise if code not in asked)
    domains = tuple(Need(code, strength) for code in row.domeinen if code not in asked)
    fuller = replace(question, needs=(*question.needs, *needs), domains=(*question.domains, *domains))
    assert Ranking(fuller, TODAY).score(profile) >= Ranking(question, TODAY).score(profile)


@given(QUESTIONS, PROFILES)
def test_a_fit_of_any_kind_never_lowers_a_score(question: Question, profile: Profile) -> None:
    ranking = Ranking(question, TODAY)
    before = ranking.score(profile)
    for name, fitting in _fitting(question, profile).items():
        assert ranking.score(fitting) >= before, name


def _fitting(question: Question, profile: Profile) -> dict[str, Profile]:
    """`profile` with one more thing that the question asks for; what the case speaks against is no such thing."""
    row, wished = _row(profile), {wish.kind: wish.value for wish in question.wishes}
    asked = [need.code for need in question.needs if need.code not in {one.concept for one in question.warned}]
    places = [place for place in (question.region, wished.get(WishKind.REGION)) if place]
    rows = {
        "expertise": {"expertise": _with(row.expertise, [code for code in asked if not is_concept(code)])},
        "domain": {"domeinen": _with(row.domeinen, [need.code for need in question.domains])},
        "available": {"beschikbaarheid": "BS-DIRECT", "afwezig_tot": None},
        "near": {"regios": _with(row.regios, places)},
        "everywhere": {"landelijk_inzetbaar": True},
        "agreement": {"raamovereenkomst": "ja"},
        "age": {"leeftijd_van": question.age, "leeftijd_tot": question.age} if question.age is not None else {},
    }
    more = {name: _again(profile, replace(row, **change)) for name, change in rows.items()}  # type: ignore[arg-type]
    told = {**profile.told, **dict.fromkeys(asked, Told(1.0, ("woord",)))}
    spoken = {wish.value: wish.words for wish in question.wishes if wish.kind is WishKind.LANGUAGE}
    return more | {
        "told": replace(profile, told=told),
        "mandate": replace(profile, mandate="mandaat"),
        "experience": replace(profile, experience="eigen ervaring"),
        "gender": replace(profile, gender=wished.get(WishKind.GENDER, profile.gender)),
        "language": replace(profile, languages={**profile.languages, **spoken}),
    }


def _with(known: tuple[str, ...], more: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*known, *more]))


@given(QUESTIONS, PROFILES, st.sampled_from(["age", "region", "process", "wish"]))
def test_asking_for_what_somebody_is_never_lowers_a_score(question: Question, profile: Profile, what: str) -> None:
    """What was not asked before, and this expert answers in full."""
    row = _row(profile)
    age = row.leeftijd_tot if row.leeftijd_van is None else row.leeftijd_van
    spoken = [Wish(WishKind.LANGUAGE, language, language) for language in profile.languages]
    more = {
        "age": {
            "age": age if (row.leeftijd_van or 0) <= (99 if row.leeftijd_tot is None else row.leeftijd_tot) else None
        },
        "region": {"region": row.regio},
        "process": {"process": 1.0 if profile.has_mandate else question.process},
        "wish": {"wishes": _also(question.wishes, spoken)},
    }[what]
    silent = replace(question, age=None, region="") if what in ("age", "region") else question
    fuller = replace(silent, **more)  # type: ignore[arg-type]
    assert Ranking(fuller, TODAY).score(profile) >= Ranking(silent, TODAY).score(profile)


def _also(wishes: tuple[Wish, ...], more: list[Wish]) -> tuple[Wish, ...]:
    return tuple(dict.fromkeys([*wishes, *more]))


@given(QUESTIONS, PROFILES)
def test_not_knowing_never_scores_lower_than_a_mismatch(question: Question, profile: Profile) -> None:
    row, ranking, kinds = _row(profile), Ranking(question, TODAY), {wish.kind for wish in question.wishes}
    silent = {
        "expertise": _again(profile, replace(row, expertise=(), soort="SE-PARELTJE"), told={}),
        "domein": _again(profile, replace(row, domeinen=())),
        "beschikbaarheid": _again(profile, replace(row, beschikbaarheid="", beschikbaar_vanaf=None, afwezig_tot=None)),
        "regio": _again(profile, replace(row, regio="", regios=(), landelijk_inzetbaar=None)),
        "leeftijd": _again(profile, replace(row, leeftijd_van=None, leeftijd_tot=None)),
        "raamovereenkomst": _again(profile, replace(row, raamovereenkomst="")),
    }
    says_more = {"expertise": profile.has_mandate and question.process, "regio": WishKind.REGION in kinds}
    for judgement in ranking.judgements(profile):
        silenced = judgement.criterion in silent and not says_more.get(judgement.criterion)
        if judgement.verdict is Verdict.MISMATCH and silenced:
            assert ranking.score(silent[judgement.criterion]) >= ranking.score(profile)


def _again(profile: Profile, row: Row, told: dict[str, Told] | None = None) -> Profile:
    return replace(profile, row=row, told=profile.told if told is None else told)


@given(QUESTIONS, PROFILES)
def test_each_criterion_speaks_once_in_a_whole_sentence(question: Question, profile: Profile) -> None:
    judgements = Ranking(question, TODAY).judgements(profile)
    assert {judgement.criterion for judgement in judgements} == set(WEIGHTS)
    for judgement in judgements:
        assert judgement.text[0].isupper()
        assert judgement.text.endswith(".")
        assert "''" not in judgement.text


def test_a_full_fit_scores_080_or_more() -> None:
    assert _score(ASKED, FITTING) >= 0.8


def test_a_lone_weak_hint_is_not_likely() -> None:
    hinted = replace(ASKED, needs=(Need("EX-EET", 0.15, ("valt af",)),))
    assert _score(hinted, FITTING) < 0.45
    assert _judged(hinted, FITTING)["expertise"].verdict is Verdict.UNKNOWN


def test_without_the_expertise_nothing_else_helps() -> None:
    assert _score(ASKED, replace(FITTING, expertise=("EX-JUR",))) < 0.2


def test_a_case_that_asks_nothing_scores_low_and_says_so() -> None:
    assert _score(Question(), FITTING) < 0.3
    assert {judgement.verdict for name, judgement in _judged(Question(), FITTING).items() if name == "expertise"} == {
        Verdict.UNKNOWN
    }


def test_an_age_outside_the_group_stays_below_everybody_who_fits() -> None:
    outside = replace(FITTING, leeftijd_van=18, leeftijd_tot=23)
    weaker = Row(expertise=("EX-EET",))
    assert _judged(ASKED, outside)["leeftijd"].verdict is Verdict.MISMATCH
    assert _score(ASKED, outside) < _score(ASKED, weaker)


@pytest.mark.parametrize(("low", "high"), [(16, 23), (8, 14), (15, 15), (None, 14), (16, None)])
def test_one_year_beyond_the_group_still_fits(low: int | None, high: int | None) -> None:
    row = replace(FITTING, leeftijd_van=low, leeftijd_tot=high)
    assert _judged(ASKED, row)["leeftijd"].verdict is Verdict.MATCH


def test_an_unknown_age_is_unknown() -> None:
    assert _judged(replace(ASKED, age=None), FITTING)["leeftijd"].verdict is Verdict.UNKNOWN
    assert _judged(ASKED, Row())["leeftijd"].verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("changes", "available"),
    [
        ({"beschikbaarheid": "BS-DIRECT"}, True),
        ({"beschikbaarheid": "BS-BEPERKT"}, True),
        ({"beschikbaarheid": ""}, True),
        ({"beschikbaarheid": "BS-NIET"}, False),
        ({"beschikbaarheid": "BS-VANAF", "beschikbaar_vanaf": TODAY}, True),
        ({"beschikbaarheid": "BS-VANAF", "beschikbaar_vanaf": TODAY + timedelta(days=1)}, False),
        ({"beschikbaarheid": "BS-DIRECT", "afwezig_tot": TODAY + timedelta(days=1)}, False),
        ({"beschikbaarheid": "BS-DIRECT", "afwezig_tot": TODAY}, True),
    ],
)
def test_who_is_available(changes: dict[str, object], available: bool) -> None:
    row = replace(FITTING, **changes)  # type: ignore[arg-type]
    [one] = Ranking(ASKED, TODAY).order([make_profile(row)])
    assert one.available is available
    assert (_judged(ASKED, row)["beschikbaarheid"].verdict is Verdict.MISMATCH) is not available


def test_nearer_is_better_and_working_anywhere_neutralises_distance() -> None:
    regions = ("JZ24", "JZ18", "JZ27", "JZ01")
    scores = [_score(ASKED, replace(FITTING, regio=region)) for region in regions]
    assert scores == sorted(set(scores), reverse=True)
    far = replace(FITTING, regio="JZ01")
    assert _score(ASKED, replace(far, landelijk_inzetbaar=True)) > scores[1]
    assert _score(ASKED, replace(far, regios=("JZ24",))) == scores[0]


@given(QUESTIONS, PROFILES, PAST, PAST)
def test_what_came_of_inzet_weighs_little_and_never_against_who_is_new(
    question: Question, profile: Profile, past: Past, other: Past
) -> None:
    new = Ranking(question, TODAY, past={"another": other}).score(profile)
    known = Ranking(question, TODAY, past={profile.row.entity: past, "another": other}).score(profile)
    assert new == Ranking(question, TODAY).score(profile)
    assert abs(known - new) <= WEIGHTS["eerdere_inzet"] / 2


def test_good_results_count_for_somebody_a_little_more_with_each() -> None:
    average, once, often = Past((0.5,) * 20), Past((1.0,), {"opgelost": 1}), Past((1.0,) * 9, {"opgelost": 9})
    scores = [
        Ranking(ASKED, TODAY, past={"e1": past, "others": average}).score(make_profile(FITTING))
        for past in (Past(), once, often)
    ]
    assert scores == sorted(set(scores))
    judged = Ranking(ASKED, TODAY, past={"e1": often}).judgements(make_profile(FITTING))
    assert Judgement("eerdere_inzet", Verdict.MATCH, "Eerder geëvalueerde inzet: 9 keer opgelost.") in judged


def test_work_is_spread_among_equals() -> None:
    asked = {name: Past(asked=TODAY - timedelta(days=days)) for name, days in (("vorige week", 7), ("lang", 300))}
    people = [make_profile(replace(FITTING, entity=name, id=name)) for name in ("vorige week", "nooit", "lang")]
    order = [one.profile.row.entity for one in Ranking(ASKED, TODAY, past=asked).order(people)]
    assert order == ["nooit", "lang", "vorige week"]


def test_what_puts_somebody_behind_another_is_told_the_heaviest_first() -> None:
    ranking, near = Ranking(ASKED, TODAY), make_profile(FITTING)
    assert ranking.behind(near, near) == ()
    far = replace(FITTING, regio="JZ01", leeftijd_van=20, leeftijd_tot=23)
    assert ranking.behind(make_profile(far), near) == ("leeftijd", "regio")
    assert ranking.behind(near, make_profile(far)) == ()


def test_a_stated_region_is_a_wish() -> None:
    near = replace(ASKED, wishes=(Wish(WishKind.REGION, "JZ24", "uit Delft"),))
    here, silent, far = (_score(near, replace(FITTING, regio=regio)) for regio in ("JZ24", "", "JZ01"))
    assert here > silent > far
    assert "De casus noemt 'uit Delft'" in _judged(near, FITTING)["wensen"].text


def test_a_stated_language_weighs() -> None:
    wish = replace(ASKED, wishes=(Wish(WishKind.LANGUAGE, "Turks", "Turkssprekend"),))
    speaks, silent, other = (_score(wish, replace(FITTING, talen=talen)) for talen in (("Turks",), (), ("Pools",)))
    assert speaks > silent > other
    assert _judged(wish, replace(FITTING, talen=("Pools",)))["wensen"].verdict is Verdict.MISMATCH


def test_a_question_of_money_brings_mandate_above_clinicians() -> None:
    needs = (Need("EX-JUR", 0.7, ("wie betaalt",)), Need("EX-EET", 0.8, ("eet niet meer",)))
    question = replace(ASKED, needs=needs, process=0.8, process_evidence=("wie betaalt",))
    lawyer = Row(regio="JZ24", expertise=("EX-JUR",), beschikbaarheid="BS-DIRECT")
    assert _score(question, lawyer) > _score(question, FITTING)
    assert _score(ASKED, lawyer) < _score(ASKED, FITTING)


def test_criminal_law_data_are_not_repeated() -> None:
    question = Question(needs=(Need("EX-JR", 0.9),), domains=(Need("DM-FOR", 0.9),))
    known = _judged(question, Row(expertise=("EX-JR",), domeinen=("DM-FOR",)))
    unknown = _judged(question, Row(expertise=("EX-EET",), domeinen=("DM-WLZ",)))
    texts = f"{known['domein'].text} {unknown['domein'].text} {unknown['expertise'].text}"
    assert "straf" not in texts
    assert "reclassering" not in texts


def test_nearness() -> None:
    assert nearness("JZ24", "JZ24") is Nearness.SAME
    assert nearness("JZ24", "JZ29") is Nearness.ADJACENT
    assert nearness("JZ07", "JZ12") is Nearness.ADJACENT, "only the list of JZ12 names it"
    assert nearness("JZ24", "JZ31") is Nearness.NETWORK
    assert nearness("JZ24", "JZ01") is Nearness.ELSEWHERE
    assert nearness("JZ24", "elders") is Nearness.ELSEWHERE


def test_a_municipality_lies_in_a_region() -> None:
    assert region_of("delft") == "JZ24"
    assert region_of("") == region_of("Nergenshuizen") == ""
