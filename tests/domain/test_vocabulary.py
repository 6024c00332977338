"""What people write is found in a list: a label in any case, and without what stands behind it in brackets."""

from __future__ import annotations

import pytest

from bren_desktop.domain.vocabulary import concept_list, vocabulary


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("jeugdregios", "friesland", "JZ02"),
        ("jeugdregios", "Friesland (Fryslân)", "JZ02"),
        ("expertise_pareltjes", "Eetstoornissen", "EX-EET"),
        ("verwijzers", "gecertificeerde instelling", "VW-GI"),
        ("gezag", "voogd", "GZ-VOOGD"),
        ("jeugdregios", "(Fryslân)", None),
    ],
)
def test_a_label_is_found_without_its_brackets(name: str, text: str, code: str | None) -> None:
    assert vocabulary(name).find(text) == code


def test_a_word_that_two_labels_begin_with_means_neither_and_a_whole_label_wins() -> None:
    labels = {"a": "zorg (Wlz)", "b": "zorg (Wmo)", "c": "hulp (thuis)", "d": "Hulp"}
    known = concept_list({id: {"prefLabel": label} for id, label in labels.items()})
    assert [known.find(text) for text in ("zorg", "hulp", "zorg (wmo)")] == [None, "d", "b"]
