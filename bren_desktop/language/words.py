"""The words of the field, ready to read with: the thesaurus, and the small lists of `db/reference/koppelingen.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bren_desktop import bundled
from bren_desktop.language.lexicon import Lexicon
from bren_desktop.language.thesaurus import thesaurus

MANDATE = "mandaat"
EXPERIENCE = "eigen_ervaring"
MAN, WOMAN = "man", "vrouw"


@dataclass(frozen=True, slots=True)
class WordList:
    """`field` finds the concepts of the thesaurus.

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
        field=thesaurus().lexicon(data["uitgezonderd"]),
        wishes=Lexicon({name: {"sterk": data[name]} for name in (MANDATE, EXPERIENCE, MAN, WOMAN)}),
        languages=Lexicon(_all_strong(data["talen"])),
    )


def _all_strong(words: Mapping[str, list[str]]) -> Mapping[str, Mapping[str, list[str]]]:
    return {name: {"sterk": list(aliases)} for name, aliases in words.items()}
