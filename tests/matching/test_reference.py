"""The thesaurus and the links name only codes that exist, and every expertise and domain can be found."""

from __future__ import annotations

from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.matching.links import is_concept, links
from bren_desktop.services.knowledge import shipped_knowledge

CASE_LISTS = ("knelpunten", "ontbrekend_aanbod", "vastloopredenen", "wettelijk_kader", "maatregelen")


def _codes(*names: str) -> set[str]:
    return {term.code for name in names for term in vocabulary(name)}


def test_every_expertise_and_domain_has_a_concept() -> None:
    asked = {code for one in shipped_knowledge().thesaurus.concepts.values() for code in one.codes}
    assert _codes("expertise_pareltjes", "domeinen") <= asked


def test_concepts_name_codes_that_exist() -> None:
    known = _codes(*CASE_LISTS, "expertise_pareltjes", "domeinen", "hulpvormen")
    assert {code for one in shipped_knowledge().thesaurus.concepts.values() for code in one.codes} <= known


def test_every_concept_is_told_from_a_code() -> None:
    known = shipped_knowledge().thesaurus.concepts
    assert all(map(is_concept, known))
    assert not any(is_concept(code) for one in known.values() for code in one.codes)


def test_links_run_between_codes_that_exist() -> None:
    asked = {code for targets in links().asked_by.values() for code in targets}
    assert set(links().asked_by) <= _codes(*CASE_LISTS)
    assert asked <= _codes("expertise_pareltjes", "domeinen")
    assert set(links().domain_of_expertise) <= _codes("expertise_pareltjes")
    assert set(links().domain_of_expertise.values()) <= _codes("domeinen")
    assert set(links().expertise_of_kind) <= _codes("soort_expert")
    assert set(links().expertise_of_kind.values()) <= _codes("expertise_pareltjes")


def test_a_strength_is_a_share() -> None:
    shares = [share for targets in links().asked_by.values() for share in targets.values()]
    assert all(0 < share <= 1 for share in shares)
