"""Which codes of a case ask for which expertise and domains (`db/reference/koppelingen.json`, without its words)."""

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
    when_of_parent: Mapping[str, tuple[str, ...]]
    expertise_of_kind: Mapping[str, str]
    mandated_expertise: frozenset[str]
    mandated_kinds: frozenset[str]
    experienced_kinds: frozenset[str]


def is_theme(code: str) -> bool:
    """Whether `code` is a theme of the word list, such as sleep, that no tag names: only texts can match on it."""
    return code.startswith("TM-")


@cache
def links() -> Links:
    """The links, read once."""
    data = json.loads((bundled.folder("db") / "reference" / "koppelingen.json").read_text("utf-8"))
    return Links(
        asked_by=data["koppelingen"],
        domain_of_expertise=data["domein_van_expertise"],
        when_of_parent={code: tuple(others) for code, others in data["bij_ouder"].items()},
        expertise_of_kind=data["soort_expertise"],
        mandated_expertise=frozenset(data["expertise_met_mandaat"]),
        mandated_kinds=frozenset(data["soort_met_mandaat"]),
        experienced_kinds=frozenset(data["ervaringsdeskundig"]),
    )
