"""What the text of an expert's profile says, worked out once per version of the pool."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from bren_desktop.language.reading import read
from bren_desktop.language.wishes import languages_in
from bren_desktop.language.words import EXPERIENCE, MANDATE, word_list
from bren_desktop.matching.candidate import Profile, Told
from bren_desktop.services.rows import ExpertRow

STRONG, WEAK = 0.6, 0.2


def profile_of(row: ExpertRow) -> Profile:
    """`row` with what its function and profile text say."""
    text = f"{row.functie}.\n{row.profiel}"
    words = {mention.code: mention.words for mention in read(word_list().wishes, text) if not mention.denied}
    return Profile(
        row=row,
        told=_told(text),
        languages=_languages(row.talen, text),
        mandate=words.get(MANDATE, ""),
        experience=words.get(EXPERIENCE, ""),
    )


def _told(text: str) -> Mapping[str, Told]:
    quotes: dict[str, dict[str, float]] = {}
    for mention in read(word_list().field, text, offer=True):
        if not mention.denied:
            quotes.setdefault(mention.code, {})[mention.words] = STRONG if mention.strong else WEAK
    return {code: Told(_together(words.values()), _strongest(words)) for code, words in quotes.items()}


def _together(shares: Iterable[float]) -> float:
    left = 1.0
    for share in shares:
        left *= 1.0 - share
    return 1.0 - left


def _strongest(words: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda quote: -words[quote]))


def _languages(stated: Iterable[str], text: str) -> Mapping[str, str]:
    """The languages by name; a language that the word list does not know goes by what was written."""
    found = {wish.value: wish.words for wish in languages_in(text)}
    for written in stated:
        found.update(dict.fromkeys(_names(written), written))
    return found


@lru_cache(maxsize=1024)
def _names(written: str) -> tuple[str, ...]:
    """The names of the languages in what somebody wrote as one; itself where the word list knows none."""
    return tuple(wish.value for wish in languages_in(written)) or (written,)
