"""A list of fictional cases and the pool look like those of a region (requirements 1.13)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import mean

from bren_desktop.domain.cases import Case, known_age, missing_for_intake
from bren_desktop.domain.experts import Expert, is_stale
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.fiction.banks import story_names
from bren_desktop.fiction.coding import UNDER_WAY
from bren_desktop.fiction.days import ANCHOR
from bren_desktop.fiction.stories import story

RESIDENTIAL = {"HV-V1", "HV-V2", "HV-V3", "HV-V4", "HV-J1"}
SENTENCE = re.compile(r"(?<=[.!?’])\s+")


def _share(cases: Sequence[Case], wanted: Sequence[Case]) -> float:
    return len(wanted) / len(cases)


def _sentences(made: Case) -> Iterator[str]:
    for _, value in made:
        if isinstance(value, str):
            yield from (each for each in SENTENCE.split(value) if len(each) >= 50)


def test_the_stories_make_a_hundred() -> None:
    assert sum(story(name).weight for name in story_names()) == 100
    assert len(story_names()) >= 13


def test_three_in_ten_are_about_autism(cases: Sequence[Case]) -> None:
    autism = [made for made in cases if "KP-ASS" in made.knelpunten or "OA-09" in made.ontbrekend_aanbod]
    assert 0.22 <= _share(cases, autism) <= 0.4


def test_seven_in_ten_requests_for_jeugdzorgplus_are_urgent(cases: Sequence[Case]) -> None:
    plus = [
        made
        for made in cases
        if "KP-JZPLUS" in made.knelpunten or any(code.startswith("OA-10") for code in made.ontbrekend_aanbod)
        if made.status not in UNDER_WAY
    ]
    urgent = [made for made in plus if made.urgentie in ("UR-SPOED", "UR-CRISIS")]
    assert len(plus) > 50
    assert 0.58 <= _share(plus, urgent) <= 0.82


def test_an_urgent_case_says_why(cases: Sequence[Case]) -> None:
    assert all(made.urgentie_reden for made in cases if made.urgentie in ("UR-SPOED", "UR-CRISIS"))


def test_who_lives_elsewhere_has_moved_more_than_seven_times(cases: Sequence[Case]) -> None:
    moves = [
        made.aantal_verblijfplaatsen
        for made in cases
        if made.woonsituatie in RESIDENTIAL and made.aantal_verblijfplaatsen
    ]
    assert mean(moves) > 7


def test_most_are_between_11_and_18(cases: Sequence[Case]) -> None:
    ages = [age for made in cases if (age := known_age(made, made.datum_aanmelding or ANCHOR)) is not None]
    assert min(ages) >= 4
    assert max(ages) <= 23
    assert sum(11 <= age <= 18 for age in ages) / len(ages) > 0.65


def test_some_are_concepts_that_lack_what_aanmelding_asks(cases: Sequence[Case]) -> None:
    concepts = [made for made in cases if missing_for_intake(made)]
    assert 0.02 <= _share(cases, concepts) <= 0.08
    assert {made.status for made in concepts} == {"ST-CON"}
    assert any(made.geboortedatum is None and made.leeftijd is not None and made.leeftijd_op for made in concepts)


def test_the_demo_team_has_most_cases_in_its_own_gemeenten(cases: Sequence[Case]) -> None:
    ours = [made for made in cases if made.regio == "JZ24"]
    towns = vocabulary("jeugdregios").term("JZ24").extra["gemeenten"]
    assert _share(cases, ours) > 0.8
    assert {made.gemeente for made in ours} <= set(towns)


def test_every_place_of_the_lifecycle_is_there(cases: Sequence[Case]) -> None:
    statuses = Counter(made.status for made in cases)
    assert {"ST-CON", "ST-AAN", "ST-TRI", "ST-RET", "ST-AGE", "ST-INZ", "ST-ADV", "ST-AFG"} <= set(statuses)


def test_nobody_over_18_has_a_measure_for_minors(cases: Sequence[Case]) -> None:
    grown = [made for made in cases if made.gezag == "GZ-MEER"]
    assert grown
    assert not [made for made in grown if {"MA-OTS", "MA-MUHP", "MA-MGJ", "MA-VGD"} & set(made.maatregelen)]


def test_twenty_cases_in_a_list_hardly_repeat_each_other(cases: Sequence[Case]) -> None:
    for start in range(0, 500, 20):
        told = Counter(each for made in cases[start : start + 20] for each in set(_sentences(made)))
        repeated = sum(count - 1 for count in told.values())
        assert repeated / told.total() < 0.2
        questions = Counter(made.hulpvraag for made in cases[start : start + 20] if made.hulpvraag)
        assert max(questions.values()) == 1


def test_every_expertise_has_several_pareltjes(experts: Sequence[Expert]) -> None:
    count = Counter(code for made in experts for code in made.expertise)
    assert {code for code, number in count.items() if number >= 5} == {
        term.code for term in vocabulary("expertise_pareltjes")
    }


def test_the_pool_holds_every_kind_and_some_old_profiles(experts: Sequence[Expert]) -> None:
    stale = [made for made in experts if is_stale(made, ANCHOR)]
    assert {made.soort for made in experts} == {term.code for term in vocabulary("soort_expert")}
    assert {made.beschikbaarheid for made in experts} == {term.code for term in vocabulary("beschikbaarheid")}
    assert 0.05 < len(stale) / len(experts) < 0.3
    assert len({made.profiel for made in experts}) > 290
    assert all((made.beschikbaarheid == "BS-VANAF") == (made.beschikbaar_vanaf is not None) for made in experts)
