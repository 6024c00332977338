"""Which codes of a case ask for which expertise and domains (`db/reference/koppelingen.json`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bren_desktop import bundled


@dataclass(frozen=True, slots=True)
class Links:
    """The links of the reference data. `asked_by` gives, per code of a case, what it asks for and how strongly."""

    asked_by: Mapping[str, Mapping[str, float]]
    domain_of_expertise: Mapping[str, str]
    expertise_of_kind: Mapping[str, str]
    mandated_expertise: frozenset[str]
    mandated_kinds: frozenset[str]
    experienced_kinds: frozenset[str]


def is_concept(key: str) -> bool:
    """Whether `key` is a concept of the thesaurus, which no tag names, and not a code: only texts can match on it."""
    return not key[:1].isupper()


@cache
def links() -> Links:
    """The links, read once."""
    data = json.loads((bundled.folder("db") / "reference" / "koppelingen.json").read_text("utf-8"))
    return Links(
        asked_by=data["koppelingen"],
        domain_of_expertise=data["domein_van_expertise"],
        expertise_of_kind=data["soort_expertise"],
        mandated_expertise=frozenset(data["expertise_met_mandaat"]),
        mandated_kinds=frozenset(data["soort_met_mandaat"]),
        experienced_kinds=frozenset(data["ervaringsdeskundig"]),
    )
