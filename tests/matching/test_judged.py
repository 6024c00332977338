"""The ranking against grades that were written before the word list was (judged.json)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from bren_desktop.domain.cases import Case
from bren_desktop.matching.ranking import Ranked, Ranking
from bren_desktop.services.asking import question_of
from bren_desktop.services.knowledge import shipped_knowledge
from bren_desktop.services.profiling import profile_of
from bren_desktop.services.rows import ExpertRow

TEXT_ONLY = ("omschrijving", "hulpvraag", "wensen", "regio", "leeftijd", "geboortedatum")
EMPTY: Mapping[str, Any] = {
    "regio": "",
    "regios": (),
    "landelijk_inzetbaar": None,
    "leeftijd_van": None,
    "leeftijd_tot": None,
    "beschikbaarheid": "",
    "beschikbaar_vanaf": None,
    "afwezig_tot": None,
    "uren_per_maand": None,
    "talen": (),
    "profiel_gecontroleerd": None,
}


@dataclass(frozen=True)
class Judged:
    """One case with its grades, and how it was ranked."""

    name: str
    grades: Mapping[str, int]
    ranked: Sequence[Ranked]

    def ndcg(self, depth: int = 5) -> float:
        """How close the order comes to the best possible one, in which whoever is unavailable comes last."""
        order = [self.grades.get(one.profile.row.id, 0) for one in self.ranked]
        away = {one.profile.row.id for one in self.ranked if not one.available}
        ideal = sorted(self.grades, key=lambda expert: (expert in away, -self.grades[expert]))
        return _gain(order[:depth]) / _gain([self.grades[expert] for expert in ideal[:depth]])


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


def _row(expert: Mapping[str, Any]) -> ExpertRow:
    plain = {key: tuple(value) if isinstance(value, list) else value for key, value in expert.items()}
    return ExpertRow(entity=f"entity-{expert['id']}", **{**EMPTY, **plain})


@pytest.fixture(params=["with tags", "text only"])
def judged(request: pytest.FixtureRequest) -> list[Judged]:
    data = json.loads(Path(__file__).with_name("judged.json").read_text("utf-8"))
    today = date.fromisoformat(data["vandaag"])
    profiles = [profile_of(shipped_knowledge(), _row(expert)) for expert in data["experts"]]
    found = []
    for item in data["casussen"]:
        fields = {key: item["casus"][key] for key in item["casus"] if request.param == "with tags" or key in TEXT_ONLY}
        ranking = Ranking(question_of(shipped_knowledge(), Case.model_validate(fields), today), today)
        grades = {judgement["expert"]: judgement["cijfer"] for judgement in item["oordelen"]}
        found.append(Judged(item["naam"], grades, ranking.order(profiles)))
    return found


def test_the_order_is_close_to_what_was_judged(judged: list[Judged]) -> None:
    scores = {case.name: case.ndcg() for case in judged}
    assert mean(scores.values()) >= 0.90
    assert min(scores.values()) >= 0.75


def test_the_first_of_each_case_is_one_to_call_first(judged: list[Judged]) -> None:
    assert not [case.name for case in judged if case.grades.get(case.ranked[0].profile.row.id) != 3]


def test_who_is_unavailable_never_stands_above_somebody_who_is(judged: list[Judged]) -> None:
    for case in judged:
        available = [one.available for one in case.ranked]
        assert available == sorted(available, reverse=True), case.name


def test_a_good_score_is_only_for_who_was_judged_useful(judged: list[Judged]) -> None:
    proposed = [(case.name, one) for case in judged for one in case.ranked if one.available and one.score >= 0.75]
    assert proposed
    assert not [(name, one.profile.row.id) for name, one in proposed if not _useful(judged, name, one)]


def _useful(judged: list[Judged], name: str, one: Ranked) -> bool:
    return any(case.grades.get(one.profile.row.id, 0) > 0 for case in judged if case.name == name)
