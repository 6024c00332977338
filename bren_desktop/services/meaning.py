"""What a concept of the thesaurus stands for in matching: itself, and the expertise and domains that it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bren_desktop.language.reading import Mention
from bren_desktop.language.thesaurus import thesaurus
from bren_desktop.matching.links import links

INHERITED = 0.6
"""What a code counts for a concept that has it from a broader one."""
_THEMSELVES = ("EX-", "DM-")


def meant(mention: Mention) -> tuple[str, ...]:
    """The concepts that a mention means for the young person."""
    if not mention.of_parent:
        return (mention.code,)
    of_parent = thesaurus().concepts[mention.code].of_parent
    return (mention.code,) if of_parent is None else of_parent


@lru_cache(maxsize=4096)
def spoken_of(concept: str) -> Mapping[str, float]:
    """What a mention of `concept` speaks of, each with its share: the concept, expertise (EX) and domains (DM)."""
    found = {concept: 1.0}
    for one in thesaurus().line_of(concept):
        share = 1.0 if one == concept else INHERITED
        for code in thesaurus().concepts[one].codes:
            for target, strength in _targets(code).items():
                found[target] = max(found.get(target, 0.0), share * strength)
    return found


def _targets(code: str) -> Mapping[str, float]:
    return {code: 1.0} if code.startswith(_THEMSELVES) else links().asked_by.get(code, {})
