"""The proposed team: content, what that lacks, and somebody who lived it; no two alike, and nobody who is away."""

from __future__ import annotations

from datetime import date

from bren_desktop.domain.experts import Expert
from bren_desktop.matching.candidate import Profile, Told
from bren_desktop.matching.pool import coverage
from bren_desktop.matching.question import Need, Question, Warned
from bren_desktop.matching.ranking import Ranked, Ranking
from bren_desktop.matching.team import Part, team
from bren_desktop.services.knowledge import shipped_knowledge
from bren_desktop.services.profiling import profile_of
from bren_desktop.services.rows import ExpertRow

TODAY = date(2026, 11, 22)
QUESTION = Question(
    needs=(
        Need("autisme", 0.8, ("autisme",), (("EX-ASS", 1.0),)),
        Need("thuiszitten", 0.7, ("zit thuis",), (("EX-OND", 1.0),)),
    ),
    domains=(Need("DM-JGGZ", 0.8), Need("DM-OND", 0.7)),
)


def _expert(name: str, **more: object) -> Profile:
    values = {**Expert().model_dump(), "naam": name, "beschikbaarheid": "BS-DIRECT", **more}
    return profile_of(shipped_knowledge(), ExpertRow(entity=name, id=name, **{key: values[key] for key in ROW}))


ROW = [name for name in ExpertRow.__slots__ if name not in ("entity", "id", "conflicts")]
ASS = _expert("ass", expertise=("EX-ASS",), domeinen=("DM-JGGZ",), profiel="Autisme.")
TWIN = _expert("tweeling", expertise=("EX-ASS",), domeinen=("DM-JGGZ",), profiel="Autisme.")
SCHOOL = _expert("school", expertise=("EX-OND",), domeinen=("DM-OND",), profiel="Thuiszitters.")
LIVED = _expert("zelf", soort="SE-ERVJ", expertise=("EX-ASS", "EX-ERV"), profiel="Had zelf autisme.")


def _team(question: Question, *profiles: Profile) -> list[tuple[Part, str]]:
    ranked: list[Ranked] = Ranking(question, TODAY).order(profiles)
    return [(one.part, one.ranked.profile.row.naam) for one in team(question, ranked)]


def test_the_second_brings_what_the_first_does_not() -> None:
    assert _team(QUESTION, ASS, TWIN, SCHOOL, LIVED) == [
        (Part.CONTENT, "ass"),
        (Part.BESIDE, "school"),
        (Part.EXPERIENCE, "zelf"),
    ]


def test_who_lived_it_tells_of_it_whatever_the_others_know() -> None:
    places = team(QUESTION, Ranking(QUESTION, TODAY).order([ASS, SCHOOL, LIVED]))
    assert [place.brings[0].code for place in places] == ["autisme", "thuiszitten", "autisme"]
    assert places[1].domains == ("DM-OND",)


def test_a_need_is_of_the_first_unless_the_second_answers_it_much_better() -> None:
    row = _expert("eerst", expertise=("EX-ASS",), domeinen=("DM-JGGZ",)).row
    first = Profile(row, {"EX-OND": Told(0.5, ("school",))})
    second = _expert("tweede", expertise=("EX-OND",), domeinen=("DM-JGGZ", "DM-OND"), profiel="")
    strong, weak = (Need("EX-ASS", 0.9, ("autisme",)), Need("EX-OND", 0.5, ("zit thuis",)))
    question = Question(needs=(strong, weak), domains=QUESTION.domains)
    places = team(question, Ranking(question, TODAY).order([first, second]))
    assert 0 < coverage(weak, first.cover) < coverage(weak, second.cover) / 2
    assert [place.brings for place in places] == [(strong,), (weak,)]
    assert [place.domains for place in places] == [("DM-JGGZ",), ("DM-OND",)]


def test_two_alike_are_no_team() -> None:
    assert len(_team(QUESTION, ASS, TWIN)) == 1


def test_who_is_away_is_in_no_team() -> None:
    away = _expert("weg", expertise=("EX-OND",), beschikbaarheid="BS-NIET")
    assert "weg" not in [name for _, name in _team(QUESTION, ASS, away)]


def test_nobody_is_proposed_for_a_weak_hint() -> None:
    assert _team(QUESTION, _expert("iets anders", expertise=("EX-EET",), profiel="Eetstoornissen.")) == []


def test_a_question_of_regie_brings_somebody_with_mandate() -> None:
    question = Question(needs=QUESTION.needs[:1], domains=QUESTION.domains[:1], process=0.6)
    mandated = _expert("regie", expertise=("EX-ASS", "EX-REGIE"), mandaat="Beslist over het doorbraakbudget.")
    assert {name for _, name in _team(question, ASS, TWIN, mandated)} >= {"regie"}


def test_mediation_is_not_proposed_first_where_the_case_speaks_against_it() -> None:
    mediator = _expert("bemiddelaar", expertise=("EX-SCH",), profiel="Bemiddeling bij complexe scheiding.")
    needs = (Need("complexe-scheiding", 0.8, ("vechtscheiding",), (("EX-SCH", 1.0),)),)
    plain = Question(needs=needs)
    warned = Question(needs=needs, warned=(Warned("bemiddeling", "bemiddeling", ("slaat moeder",)),))
    assert Ranking(warned, TODAY).score(mediator) < Ranking(plain, TODAY).score(mediator) / 2
    said = {one.criterion: one.text for one in Ranking(warned, TODAY).judgements(mediator)}["veiligheid"]
    assert said == "Let op: bij wat de casus noemt ('slaat moeder') is bemiddeling niet het eerste om in te zetten."
