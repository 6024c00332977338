"""What the text of an expert's profile says, worked out once per version of the pool."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial

from bren_desktop.language.lexicon import Lexicon
from bren_desktop.language.reading import read
from bren_desktop.language.wishes import gender_of, languages_in
from bren_desktop.language.words import EXPERIENCE, MANDATE, word_list
from bren_desktop.matching.candidate import Profile, Told
from bren_desktop.matching.links import links
from bren_desktop.services.knowledge import Knowledge, Shares
from bren_desktop.services.rows import ExpertRow

STRONG, WEAK = 0.8, 0.2
OF_PARENTS = "EX-KOPP"


def profile_of(knowledge: Knowledge, row: ExpertRow) -> Profile:
    """`row` with what its function and profile text say."""
    text = text_of(row)
    words = {mention.code: mention.words for mention in read(word_list().wishes, text) if not mention.denied}
    return Profile(
        row=row,
        told=_told(knowledge.field, text, _offered_by(knowledge, row)),
        languages=_languages(row.talen, text),
        mandate=words.get(MANDATE, ""),
        experience=words.get(EXPERIENCE, ""),
        gender=gender_of(row.titel),
    )


def found_by(knowledge: Knowledge, row: ExpertRow) -> Shares:
    """What search finds an expert by: concepts of the texts, codes, languages, man or woman, regions; how strongly."""
    said = _said(knowledge.field, text_of(row), knowledge.spoken_of)
    told = {code: _together(words.values()) for code, words in said.items()}
    whom = (*_languages(row.talen, text_of(row)), gender_of(row.titel), row.regio, *row.regios)
    return told | dict.fromkeys(filter(None, (*row.expertise, *row.domeinen, *whom)), 1.0)


def text_of(row: ExpertRow) -> str:
    """All of a profile that is read."""
    spoken = ", ".join(row.talen)
    return f"{row.functie}.\n{row.problematiek}\n{row.profiel}\n{row.mandaat}\n{row.culturele_achtergrond}\n{spoken}"


def _offered_by(knowledge: Knowledge, row: ExpertRow) -> Callable[[str], Shares]:
    """What a concept in the profile of `row` offers: who works for parents tells of what parents have."""
    works_for_parents = links().expertise_of_kind.get(row.soort) == OF_PARENTS
    return partial(_of_parents, knowledge) if works_for_parents else knowledge.offered


def _of_parents(knowledge: Knowledge, concept: str) -> Shares:
    meant = knowledge.thesaurus.concepts[concept].of_parent
    each = (concept,) if meant is None else meant
    return {target: part for one in each for target, part in knowledge.offered(one).items()}


def _told(lexicon: Lexicon, text: str, offered: Callable[[str], Shares]) -> Mapping[str, Told]:
    said = _said(lexicon, text, offered)
    return {code: Told(_together(words.values()), _strongest(words)) for code, words in said.items()}


def _said(lexicon: Lexicon, text: str, meaning: Callable[[str], Shares]) -> Mapping[str, Shares]:
    """What a text says by concept and code, in which words, and how plainly (0 to 1)."""
    said: dict[str, dict[str, float]] = {}
    for mention in read(lexicon, text, offer=True):
        if not mention.denied:
            for target, part in meaning(mention.code).items():
                words, share = said.setdefault(target, {}), part * (STRONG if mention.strong else WEAK)
                words[mention.words] = max(words.get(mention.words, 0.0), share)
    return said


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
