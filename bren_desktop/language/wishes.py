"""What a family wishes of the expert, in its own words: a language, own experience, a man or a woman, a region."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.language.reading import read
from bren_desktop.language.words import EXPERIENCE, MAN, WOMAN, word_list

DUTCH = "Nederlands"
_SENTENCE = re.compile(r"[^.!?;\n]+")
_ABOUT_LANGUAGE = re.compile(r"spreekt|spreken|sprek|praat|praten|\btaal|talig|tolk|versta", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:(?P<woman>mevrouw|mevr|mw)|(?P<man>dhr|de heer|heer|meneer))\b", re.IGNORECASE)
_WHERE = r"\b(?:in|uit|bij|rond|rondom|nabij|regio|omgeving|buurt van)\s+(?P<name>{names})\b"
_REFUSED = re.compile(r"\b(?:niet|geen|buiten)\b", re.IGNORECASE)
_OTHER = {MAN: WOMAN, WOMAN: MAN}


@dataclass(frozen=True, slots=True)
class FoundWish:
    """A wish of one `kind` (`taal`, `eigen ervaring`, `man of vrouw` or `regio`) and its words in the text."""

    kind: str
    value: str
    words: str


def wishes_in(text: str) -> list[FoundWish]:
    """The wishes in a text that is all about wishes."""
    return [*languages_in(text), *_experience_in(text), *_gender_in(text), *_region_in(text)]


def spoken_in(text: str) -> list[FoundWish]:
    """The languages that sentences of a running text about speaking name; none where Dutch is spoken too."""
    about = [languages_in(sentence) for sentence in _SENTENCE.findall(text) if _ABOUT_LANGUAGE.search(sentence)]
    return [wish for named in about if DUTCH not in {one.value for one in named} for wish in named]


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


def _region_in(text: str) -> Iterator[FoundWish]:
    """The first region, or municipality of it, that somebody is to come from or to work in."""
    known = _regions()
    for sentence in _SENTENCE.findall(text):
        found = _where().search(sentence)
        if found and not _REFUSED.search(sentence[: found.start()]):
            yield FoundWish("regio", known[found["name"]], found[0])
            return


@cache
def _regions() -> Mapping[str, str]:
    """The region by the names of its own and of its municipalities."""
    named = {name: term.code for term in vocabulary("jeugdregios") for name in term.extra.get("gemeenten", ())}
    return named | {term.label: term.code for term in vocabulary("jeugdregios")}


@cache
def _where() -> re.Pattern[str]:
    """A place counts after a word that says so, with its capital: Best is a town, and `best` is not."""
    longest_first = sorted(_regions(), key=len, reverse=True)
    return re.compile(_WHERE.format(names="|".join(map(re.escape, longest_first))))
