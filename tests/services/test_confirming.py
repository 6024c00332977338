"""Concepts of a case that people confirmed or struck: what they count for in search and matching."""

from __future__ import annotations

from datetime import date

import pytest

from bren_desktop.domain.actors import Actor
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.services.asking import concepts_of, question_of
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context
from bren_desktop.services.knowledge import shipped_knowledge
from bren_desktop.services.understanding import Understanding

KNOWN = shipped_knowledge()
TODAY = date(2026, 11, 22)
TOLD = Case(omschrijving="Zij eet bijna niets meer. Zij hoort stemmen.", hulpvraag="Wie kent anorexia?")


def _needs(case: Case) -> set[str]:
    return {need.code for need in question_of(KNOWN, case, TODAY).needs}


def test_a_struck_concept_counts_nowhere() -> None:
    struck = TOLD.model_copy(update={"begrippen_geschrapt": ("stemmen-horen",)})
    assert _needs(TOLD) - _needs(struck) == {"stemmen-horen"}
    assert "stemmen-horen" in concepts_of(KNOWN, TOLD)
    assert "stemmen-horen" not in concepts_of(KNOWN, struck)


def test_a_confirmed_concept_counts_as_a_tag_does_and_shows_its_label() -> None:
    confirmed = Case(begrippen=("psychose",))
    need = next(need for need in question_of(KNOWN, confirmed, TODAY).needs if need.code == "psychose")
    assert need.evidence == ("psychose",)
    tag = next(iter(question_of(KNOWN, Case(knelpunten=("KP-ASS",)), TODAY).needs))
    assert need.strength == pytest.approx(tag.strength, abs=0.1)
    assert concepts_of(KNOWN, confirmed)["psychose"] == need.strength


def test_who_struck_it_is_heeded_where_another_confirmed_it() -> None:
    assert _needs(Case(begrippen=("psychose",), begrippen_geschrapt=("psychose",))) == set()


def test_a_concept_that_this_version_does_not_know_says_nothing() -> None:
    assert _needs(Case(begrippen=("van-later", "OVERIG"))) == set()


def test_a_confirmed_concept_of_a_criminal_law_kind_is_not_found_or_quoted() -> None:
    case = Case(begrippen=("forensisch",))
    assert "forensisch" not in concepts_of(KNOWN, case)
    assert [need.evidence for need in question_of(KNOWN, case, TODAY).needs] == [()]


def test_a_case_is_read_again_when_a_concept_or_measure_of_it_changes(context: Context, actor: Actor) -> None:
    cases = CaseWork(context)
    entity = cases.record(actor, TOLD.model_copy(update={"extern_id": "c"})).entity
    Understanding(context).catch_up(actor, 9)
    for field, value in (("begrippen_geschrapt", "stemmen-horen"), ("maatregelen", "MA-OTS")):
        cases.set_field(actor, entity, field, value)
        with context.store.read() as reader:
            assert reader.count_unread() == 1
        Understanding(context).catch_up(actor, 9)
    with context.store.read() as reader:
        assert not reader.mentioning(Kind.CASE, {"stemmen-horen": 1.0}, 9)
