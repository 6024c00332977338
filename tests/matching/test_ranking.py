"""What the score and the order promise, whoever is in the pool."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.matching.candidate import Profile, Told
from bren_desktop.matching.earlier import Past
from bren_desktop.matching.pool import Pool
from bren_desktop.matching.question import Need, Question, Wish, WishKind
from bren_desktop.matching.ranking import WEIGHTS, Ranking
from bren_desktop.matching.regions import Nearness, nearness, region_of
from bren_desktop.matching.verdicts import Judgement, Verdict

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Row:
    """A row of the pool, as matching asks for it."""

    entity: str = "e1"
    id: str = "1"
    naam: str = "Jo Voorbeeld"
    functie: str = ""
    organisatie: str = ""
    soort: str = "SE-PARELTJE"
    regio: str = ""
    regios: tuple[str, ...] = ()
    landelijk_inzetbaar: bool | None = None
    expertise: tuple[str, ...] = ()
    domeinen: tuple[str, ...] = ()
    leeftijd_van: int | None = None
    leeftijd_tot: int | None = None
    beschikbaarheid: str = ""
    beschikbaar_vanaf: date | None = None
    afwezig_tot: date | None = None
    uren_per_maand: int | None = None
    raamovereenkomst: str = ""
    talen: tuple[str, ...] = ()
    titel: str = ""
    profiel: str = ""
    profiel_gecontroleerd: date | None = None


def _codes(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([term.code for term in vocabulary(name)])


EXPERTISE, DOMAINS, REGIONS = _codes("expertise_pareltjes"), _codes("domeinen"), _codes("jeugdregios")
DAYS = st.none() | st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))
AGES = st.none() | st.integers(0, 27)
STRENGTHS = st.floats(0.05, 1.0)

ROWS = st.builds(
    Row,
    entity=st.uuids().map(str),
    id=st.uuids().map(str),
    naam=st.text(max_size=8),
    soort=_codes("soort_expert"),
    regio=st.just("") | REGIONS,
    regios=st.lists(REGIONS, max_size=2).map(tuple),
    landelijk_inzetbaar=st.none() | st.booleans(),
    expertise=st.lists(EXPERTISE, max_size=9, unique=True).map(tuple),
    domeinen=st.lists(DOMAINS, max_size=3, unique=True).map(tuple),
    leeftijd_van=AGES,
    leeftijd_tot=AGES,
    beschikbaarheid=st.sampled_from(["", "BS-DIRECT", "BS-BEPERKT", "BS-VANAF", "BS-NIET", "OVERIG"]),
    beschikbaar_vanaf=DAYS,
    afwezig_tot=DAYS,
    uren_per_maand=st.none() | st.integers(0, 40),
    raamovereenkomst=st.sampled_from(["", "ja", "nee", "RO-2024-11"]),
    talen=st.lists(st.sampled_from(["Turks", "Arabisch"]), max_size=2, unique=True).map(tuple),
)
TOLD = st.dictionaries(EXPERTISE, st.builds(Told, STRENGTHS, st.just(("woord",))), max_size=3)


def _profile(row: Row, told: dict[str, Told], mandate: str, experience: str) -> Profile:
    return Profile(row, told, {language: language for language in row.talen}, mandate, experience)


PROFILES = st.builds(_profile, ROWS, TOLD, st.sampled_from(["", "mandaat"]), st.sampled_from(["", "eigen ervaring"]))
WISHES = st.sampled_from(
    [
        Wish(WishKind.LANGUAGE, "Turks", "Turkssprekend"),
        Wish(WishKind.EXPERIENCE, "", "eigen ervaring"),
        Wish(WishKind.GENDER, "vrouw", "een vrouw"),
    ]
)
EVIDENCE = st.sampled_from([(), ("slaapt niet",), ("a", "b", "c")])
QUESTIONS = st.builds(
    Question,
    needs=st.lists(st.builds(Need, EXPERTISE, STRENGTHS, EVIDENCE), max_size=5, unique_by=lambda need: need.code).map(
        tuple
    ),
    domains=st.lists(st.builds(Need, DOMAINS, STRENGTHS), max_size=4, unique_by=lambda need: need.code).map(tuple),
    age=AGES,
    region=st.just("") | REGIONS,
    urgent=st.booleans(),
    wishes=st.lists(WISHES, max_size=2, unique=True).map(tuple),
    process=st.floats(0, 1),
    process_evidence=EVIDENCE,
)

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
    return Ranking(question, TODAY).score(_profile(row, told or {}, "", ""))


def _judged(question: Question, row: Row) -> dict[str, Judgement]:
    judgements = Ranking(question, TODAY).judgements(_profile(row, {}, "", ""))
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


@given(QUESTIONS, st.lists(PROFILES, max_size=8, unique_by=lambda profile: profile.row.naam), st.permutations(range(8)))
def test_other_ids_give_the_same_order(question: Question, profiles: list[Profile], ids: list[int]) -> None:
    renamed = [
        _again(one, replace(_row(one), id=str(new), entity=f"e{new}")) for one, new in zip(profiles, ids, strict=False)
    ]
    before = [one.profile.row.naam for one in Ranking(question, TODAY).order(profiles)]
    assert [one.profile.row.naam for one in Ranking(question, TODAY).order(renamed)] == before


def _row(profile: Profile) -> Row:
    assert isinstance(profile.row, Row)
    return profile.row


@given(QUESTIONS, PROFILES, EXPERTISE)
def test_knowing_more_of_what_is_asked_never_lowers_a_score(question: Question, profile: Profile, code: str) -> None:
    asked = [need.code for need in question.needs] or [code]
    row = _row(profile)
    richer = replace(row, expertise=(*row.expertise, *(one for one in asked if one not in row.expertise)))
    before, after = (Ranking(question, TODAY).score(_again(profile, one)) for one in (row, richer))
    assert after >= before


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
def test_a_practical_match_never_lowers_a_score(question: Question, profile: Profile) -> None:
    row = _row(profile)
    ranking = Ranking(question, TODAY)
    before = ranking.score(profile)
    for change in (
        {"beschikbaarheid": "BS-DIRECT", "afwezig_tot": None},
        {"regio": question.region or row.regio},
        {"raamovereenkomst": "ja"},
        {"leeftijd_van": question.age, "leeftijd_tot": question.age} if question.age is not None else {},
    ):
        assert ranking.score(_again(profile, replace(row, **change))) >= before


@given(QUESTIONS, PROFILES)
def test_not_knowing_never_scores_lower_than_a_mismatch(question: Question, profile: Profile) -> None:
    row, ranking = _row(profile), Ranking(question, TODAY)
    silent = {
        "expertise": _again(profile, replace(row, expertise=(), soort="SE-PARELTJE"), told={}),
        "domein": _again(profile, replace(row, domeinen=())),
        "beschikbaarheid": _again(profile, replace(row, beschikbaarheid="", beschikbaar_vanaf=None, afwezig_tot=None)),
        "regio": _again(profile, replace(row, regio="", regios=(), landelijk_inzetbaar=None)),
        "leeftijd": _again(profile, replace(row, leeftijd_van=None, leeftijd_tot=None)),
        "raamovereenkomst": _again(profile, replace(row, raamovereenkomst="")),
    }
    for judgement in ranking.judgements(profile):
        mandated = judgement.criterion == "expertise" and profile.has_mandate and question.process
        if judgement.verdict is Verdict.MISMATCH and judgement.criterion in silent and not mandated:
            assert ranking.score(silent[judgement.criterion]) >= ranking.score(profile)


def _again(profile: Profile, row: Row, told: dict[str, Told] | None = None) -> Profile:
    return Profile(row, profile.told if told is None else told, profile.languages, profile.mandate, profile.experience)


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
    [one] = Ranking(ASKED, TODAY).order([_profile(row, {}, "", "")])
    assert one.available is available
    assert (_judged(ASKED, row)["beschikbaarheid"].verdict is Verdict.MISMATCH) is not available


def test_nearer_is_better_and_working_anywhere_neutralises_distance() -> None:
    regions = ("JZ24", "JZ18", "JZ27", "JZ01")
    scores = [_score(ASKED, replace(FITTING, regio=region)) for region in regions]
    assert scores == sorted(set(scores), reverse=True)
    far = replace(FITTING, regio="JZ01")
    assert _score(ASKED, replace(far, landelijk_inzetbaar=True)) > scores[1]
    assert _score(ASKED, replace(far, regios=("JZ24",))) == scores[0]


PAST = st.builds(
    Past,
    st.lists(st.floats(0, 1), max_size=4).map(tuple),
    st.just({"opgelost": 1}),
    st.none() | st.integers(0, 400).map(lambda days: TODAY - timedelta(days=days)),
)


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
        Ranking(ASKED, TODAY, past={"e1": past, "others": average}).score(_profile(FITTING, {}, "", ""))
        for past in (Past(), once, often)
    ]
    assert scores == sorted(set(scores))
    judged = Ranking(ASKED, TODAY, past={"e1": often}).judgements(_profile(FITTING, {}, "", ""))
    assert Judgement("eerdere_inzet", Verdict.MATCH, "Eerder geëvalueerde inzet: 9 keer opgelost.") in judged


def test_work_is_spread_among_equals() -> None:
    asked = {name: Past(asked=TODAY - timedelta(days=days)) for name, days in (("vorige week", 7), ("lang", 300))}
    people = [_profile(replace(FITTING, entity=name, id=name), {}, "", "") for name in ("vorige week", "nooit", "lang")]
    order = [one.profile.row.entity for one in Ranking(ASKED, TODAY, past=asked).order(people)]
    assert order == ["nooit", "lang", "vorige week"]


def test_what_puts_somebody_behind_another_is_told_the_heaviest_first() -> None:
    ranking, near = Ranking(ASKED, TODAY), _profile(FITTING, {}, "", "")
    assert ranking.behind(near, near) == ()
    far = replace(FITTING, regio="JZ01", leeftijd_van=20, leeftijd_tot=23)
    assert ranking.behind(_profile(far, {}, "", ""), near) == ("leeftijd", "regio")
    assert ranking.behind(near, _profile(far, {}, "", "")) == ()


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
