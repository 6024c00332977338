"""The word list and the links name only codes that exist, and every expertise and domain can be found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.matching.links import is_theme, links

CASE_LISTS = ("knelpunten", "ontbrekend_aanbod", "vastloopredenen", "wettelijk_kader", "maatregelen")


@pytest.fixture
def data(project: Path) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = json.loads((project / "db" / "reference" / "koppelingen.json").read_text("utf-8"))
    return loaded


def _codes(*names: str) -> set[str]:
    return {term.code for name in names for term in vocabulary(name)}


def test_every_expertise_and_domain_has_words(data: Mapping[str, Any]) -> None:
    assert set(data["woorden"]) == _codes("expertise_pareltjes", "domeinen")
    for code, strengths in data["woorden"].items():
        assert strengths["sterk"], code
        assert not set(strengths["sterk"]) & set(strengths["zwak"]), code


def test_a_theme_is_no_code_of_a_list(data: Mapping[str, Any]) -> None:
    assert all(is_theme(code) for code in data["themas"])
    assert not any(is_theme(code) for code in data["woorden"])


def test_links_run_between_codes_that_exist() -> None:
    asked = {code for targets in links().asked_by.values() for code in targets}
    assert set(links().asked_by) <= _codes(*CASE_LISTS)
    targets = asked | {code for codes in links().when_of_parent.values() for code in codes}
    assert targets | set(links().when_of_parent) <= _codes("expertise_pareltjes", "domeinen")
    assert set(links().domain_of_expertise) <= _codes("expertise_pareltjes")
    assert set(links().domain_of_expertise.values()) <= _codes("domeinen")
    assert set(links().expertise_of_kind) <= _codes("soort_expert")
    assert set(links().expertise_of_kind.values()) <= _codes("expertise_pareltjes")


def test_a_strength_is_a_share() -> None:
    shares = [share for targets in links().asked_by.values() for share in targets.values()]
    assert all(0 < share <= 1 for share in shares)
