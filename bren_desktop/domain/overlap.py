"""What an expert and a case share, as labels a letter can name. It explains one chosen expert; it ranks nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bren_desktop.domain.case_words import labels, stuck_points
from bren_desktop.domain.cases import Case
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.vocabulary import Term, folded, vocabulary

_TELLS_CRIMINAL = frozenset({"EX-AGR", "EX-JR"})
"""Named only where the case itself shows data of a criminal-law kind."""
_COMMON = frozenset("werken werk alternatieven toegang nazorg jongeren ouders kleinschalig zorg hulp complexe".split())
_READ = 20_000
_STRONG = 0.5


def shared_domains(case: Case, expert: Expert) -> tuple[str, ...]:
    """Labels of the domains that both name."""
    return labels("domeinen", (code for code in case.domeinen if code in expert.domeinen))


def shared_expertise(case: Case, expert: Expert, asked_by: Mapping[str, Mapping[str, float]]) -> tuple[str, ...]:
    """Labels of the expert's fields that a code of the case asks for, or of which a telling word stands in its text."""
    words = _words(case)
    codes = (*case.knelpunten, *case.ontbrekend_aanbod, *case.domeinen)
    asked = {field for code in codes for field, strength in asked_by.get(code, {}).items() if strength >= _STRONG}
    terms = (vocabulary("expertise_pareltjes").term(code) for code in expert.expertise)
    return tuple(
        term.label for term in terms if (term.code in asked or _tells(term, words)) and _may_be_named(term, case)
    )


def _may_be_named(term: Term, case: Case) -> bool:
    return term.code not in _TELLS_CRIMINAL or bool(case.strafrechtelijk)


def _words(case: Case) -> frozenset[str]:
    texts = (
        *(text[:_READ] for text in (case.hulpvraag, case.omschrijving, case.analyse_samenhang, case.wensen)),
        *stuck_points(case),
        *labels("domeinen", case.domeinen),
    )
    return frozenset(re.findall(r"\w+", folded(" ".join(texts))))


def _tells(term: Term, words: frozenset[str]) -> bool:
    return any(_stands(word, words) for text in (term.label, *term.aliases) for word in _telling(text))


def _telling(text: str) -> tuple[str, ...]:
    """The words of a label that say what it is about: abbreviations, and longer words that are not common."""
    abbreviations = [folded(word) for word in re.findall(r"\b[A-Z]{3,}\b", text)]
    longer = [word for word in re.findall(r"\w+", folded(text)) if len(word) > 5 and word not in _COMMON]
    return (*abbreviations, *longer)


def _stands(word: str, words: frozenset[str]) -> bool:
    return word in words if len(word) < 6 else any(known.startswith(word[:-1]) for known in words)
