"""Suggested knelpunten: what plain words of a case make, and what makes none."""

from __future__ import annotations

import pytest

from bren_desktop.services.knowledge import shipped_knowledge
from bren_desktop.services.suggesting import MOST, Suggestion, suggestions

KNOWN = shipped_knowledge()


def test_a_suggestion_says_which_words_made_it() -> None:
    found = suggestions(KNOWN, {"hulpvraag": "De Wlz-indicatie is afgewezen."})
    assert found["knelpunten"] == (Suggestion("KP-WLZ", "Wlz-indicatie is afgewezen"),)
    assert found["ontbrekend_aanbod"] == ()
    assert found["begrippen"][0] == Suggestion("ciz", "Wlz-indicatie is afgewezen")


@pytest.mark.parametrize("text", ["", "Er is geen sprake van autisme.", "Moeder heeft autisme.", "'; DROP TABLE x; --"])
def test_what_is_denied_or_said_of_a_parent_suggests_nothing(text: str) -> None:
    found = suggestions(KNOWN, {"omschrijving": text})
    assert found["knelpunten"] == found["ontbrekend_aanbod"] == ()


def test_what_is_tagged_or_struck_is_not_suggested_again() -> None:
    text = {"hulpvraag": "Meisje met ASS zit al maanden thuis."}
    assert [each.code for each in suggestions(KNOWN, text)["knelpunten"]] == ["KP-ASS", "KP-OND"]
    assert [each.code for each in suggestions(KNOWN, text, {"KP-ASS"})["knelpunten"]] == ["KP-OND"]


def test_a_concept_that_was_struck_suggests_nothing() -> None:
    text = {"hulpvraag": "Meisje met ASS zit al maanden thuis."}
    found = suggestions(KNOWN, text, struck={"autisme"})
    assert [each.code for each in found["knelpunten"]] == ["KP-OND"]
    assert "autisme" not in {each.code for each in found["begrippen"]}


def test_the_question_itself_goes_before_what_was_tried() -> None:
    texts = {"wat_is_geprobeerd": "Aanvraag bij het CIZ.", "hulpvraag": "Wie betaalt?"}
    assert [each.code for each in suggestions(KNOWN, texts)["knelpunten"]] == ["KP-INK", "KP-WLZ"]


def test_what_is_of_a_criminal_law_kind_is_not_quoted() -> None:
    assert not any(suggestions(KNOWN, {"strafrechtelijk": "Forensische behandeling is opgelegd."}).values())


def test_a_pasted_report_suggests_no_list() -> None:
    report = (
        "ASS, Wlz, Wmo, wie betaalt, thuiszitter, ggz-wachtlijst, forensisch, KOPP, MDFT, logeren, gezinshuis, MST, "
        "TGGZ, EMDR. " * 400
    )
    found = suggestions(KNOWN, {"omschrijving": report})
    assert {name: len(found[name]) for name in MOST} == MOST
