"""The small lists of words of `db/reference/koppelingen.json`, which hang on no thesaurus, ready to read with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bren_desktop import bundled
from bren_desktop.language.lexicon import Lexicon

MANDATE = "mandaat"
EXPERIENCE = "eigen_ervaring"
MAN, WOMAN = "man", "vrouw"


@dataclass(frozen=True, slots=True)
class WordList:
    """`wishes` finds own experience, mandate, man and woman; `languages` finds languages."""

    wishes: Lexicon
    languages: Lexicon


@cache
def word_list() -> WordList:
    """The word list, read once."""
    data = _reference()
    return WordList(
        wishes=Lexicon({name: {"sterk": data[name]} for name in (MANDATE, EXPERIENCE, MAN, WOMAN)}),
        languages=Lexicon(_all_strong(data["talen"])),
    )


def searched_words() -> dict[str, list[str]]:
    """The words for each language, country included, and for a man and a woman, as people search for them."""
    data = _reference()
    names = {MAN: data[MAN], WOMAN: data[WOMAN], **data["talen"]}
    return {name: [*words, *data["gezocht_met"].get(name, ())] for name, words in names.items()}


def exceptions() -> Sequence[str]:
    """Words that look like a compound of the field and are none."""
    return tuple(_reference()["uitgezonderd"])


def _reference() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((bundled.folder("db") / "reference" / "koppelingen.json").read_text("utf-8"))
    return found


def _all_strong(words: Mapping[str, list[str]]) -> Mapping[str, Mapping[str, list[str]]]:
    return {name: {"sterk": list(aliases)} for name, aliases in words.items()}
