"""What the texts of a case suggest while they are typed: knelpunten and missing provisions. Nothing sets itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bren_desktop.domain.cases import Case
from bren_desktop.domain.fields import Sensitivity, notes
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.language.reading import Mention, read
from bren_desktop.language.thesaurus import thesaurus
from bren_desktop.language.words import word_list
from bren_desktop.services.asking import HOW_MUCH_A_FIELD_SAYS
from bren_desktop.services.meaning import INHERITED

TAGGED = ("knelpunten", "ontbrekend_aanbod")
MOST = 4
"""So many suggestions for one field; more would be a list of its own."""
READ: Mapping[str, float] = {
    name: share
    for name, share in HOW_MUCH_A_FIELD_SAYS.items()
    if notes(Case)[name].sensitivity is not Sensitivity.CRIMINAL
}
"""The fields that suggest. What is of a criminal-law kind is not quoted."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code for a field, and the words of the case that made it."""

    code: str
    words: str


def suggestions(texts: Mapping[str, str], left_out: Iterable[str] = ()) -> Mapping[str, tuple[Suggestion, ...]]:
    """What `texts`, by field, suggest for each field of tags, the clearest first, without the codes `left_out`."""
    found: dict[str, tuple[float, str]] = {}
    for name, share in READ.items():
        for mention in read(word_list().field, texts.get(name, "")):
            for code, part in _asked(mention):
                if share * part > found.get(code, (0.0, ""))[0]:
                    found[code] = share * part, mention.words
    for code in left_out:
        found.pop(code, None)
    ordered = sorted(found, key=lambda code: (-found[code][0], code))
    return {
        name: tuple(Suggestion(code, found[code][1]) for code in ordered if code in vocabulary(name))[:MOST]
        for name in TAGGED
    }


def _asked(mention: Mention) -> Iterator[tuple[str, float]]:
    """The codes of what is plainly said of the young person, and how well the words stand for each."""
    if mention.strong and not mention.denied and not mention.of_parent:
        own = thesaurus().concepts[mention.code].codes
        for code in thesaurus().codes_of(mention.code):
            yield code, 1.0 if code in own else INHERITED
