"""What a family wishes of the expert, found in its own words: a language, own experience, a man or a woman."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bren_desktop.language.reading import read
from bren_desktop.language.words import EXPERIENCE, MAN, WOMAN, word_list

DUTCH = "Nederlands"
_SENTENCE = re.compile(r"[^.!?;\n]+")
_ABOUT_LANGUAGE = re.compile(r"spreekt|spreken|sprek|praat|praten|\btaal|talig|tolk|versta", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:(?P<woman>mevrouw|mevr|mw)|(?P<man>dhr|de heer|heer|meneer))\b", re.IGNORECASE)
_OTHER = {MAN: WOMAN, WOMAN: MAN}


@dataclass(frozen=True, slots=True)
class FoundWish:
    """A wish of one `kind` (`taal`, `eigen ervaring` or `man of vrouw`) and its words in the text."""

    kind: str
    value: str
    words: str


def wishes_in(text: str) -> list[FoundWish]:
    """The wishes in a text that is all about wishes."""
    return [*languages_in(text), *_experience_in(text), *_gender_in(text)]


def spoken_in(text: str) -> list[FoundWish]:
    """The languages, Dutch aside, that sentences of a running text about speaking name."""
    talk = ". ".join(sentence for sentence in _SENTENCE.findall(text) if _ABOUT_LANGUAGE.search(sentence))
    return [wish for wish in languages_in(talk) if wish.value != DUTCH]


def languages_in(text: str) -> list[FoundWish]:
    """Every language named and not denied, once."""
    found = {
        mention.code: FoundWish("taal", mention.code, mention.words)
        for mention in read(word_list().languages, text)
        if not mention.denied
    }
    return list(found.values())


def gender_of(title: str) -> str:
    """`man` or `vrouw` where a title before a name tells, as in `mevr. dr.`; else empty."""
    found = _TITLE.search(title)
    return "" if found is None else WOMAN if found["woman"] else MAN


def _experience_in(text: str) -> Iterator[FoundWish]:
    for mention in read(word_list().wishes, text):
        if mention.code == EXPERIENCE and not mention.denied:
            yield FoundWish("eigen ervaring", "", mention.words)
            return


def _gender_in(text: str) -> Iterator[FoundWish]:
    for mention in read(word_list().wishes, text):
        if mention.code in _OTHER:
            wanted = _OTHER[mention.code] if mention.denied else mention.code
            yield FoundWish("man of vrouw", wanted, mention.words)
            return
