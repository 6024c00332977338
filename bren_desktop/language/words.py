"""The word list of the field (`db/reference/koppelingen.json`), ready to read with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bren_desktop import bundled
from bren_desktop.language.lexicon import Lexicon

MANDATE = "mandaat"
EXPERIENCE = "eigen_ervaring"
MAN, WOMAN = "man", "vrouw"


@dataclass(frozen=True, slots=True)
class WordList:
    """`field` finds expertise, domains, and themes that have no code of their own.

    `wishes` finds own experience, mandate, man and woman; `languages` finds languages.
    """

    field: Lexicon
    wishes: Lexicon
    languages: Lexicon


@cache
def word_list() -> WordList:
    """The word list, read once."""
    data = json.loads((bundled.folder("db") / "reference" / "koppelingen.json").read_text("utf-8"))
    return WordList(
        field=Lexicon({**data["woorden"], **data["themas"]}, data["uitgezonderd"]),
        wishes=Lexicon({name: {"sterk": data[name]} for name in (MANDATE, EXPERIENCE, MAN, WOMAN)}),
        languages=Lexicon(_all_strong(data["talen"])),
    )


def _all_strong(words: Mapping[str, list[str]]) -> Mapping[str, Mapping[str, list[str]]]:
    return {name: {"sterk": list(aliases)} for name, aliases in words.items()}
