"""What the texts of a case suggest while they are typed: knelpunten, missing provisions and the concepts themselves.

Nothing sets itself: people take a suggestion over or strike it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bren_desktop.domain.cases import Case
from bren_desktop.domain.fields import Sensitivity, notes
from bren_desktop.domain.vocabulary import CONCEPTS
from bren_desktop.language.reading import Mention
from bren_desktop.services.asking import HOW_MUCH_A_FIELD_SAYS
from bren_desktop.services.knowledge import INHERITED, Knowledge

MOST: Mapping[str, int] = {"knelpunten": 4, "ontbrekend_aanbod": 4, CONCEPTS: 12}
"""The fields for which something is suggested, and how much of it at most."""
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


def suggestions(
    knowledge: Knowledge, texts: Mapping[str, str], taken: Collection[str] = (), struck: Collection[str] = ()
) -> Mapping[str, tuple[Suggestion, ...]]:
    """What `texts`, by field, suggest for each field of tags, the clearest first.

    What was `taken` or `struck` is not suggested again; a concept that was struck suggests nothing.
    """
    found: dict[str, tuple[float, str]] = {}
    for name, share in READ.items():
        text = texts.get(name, "")
        for mention in knowledge.mentions(text):
            for code, part in _said(knowledge, mention, struck):
                if share * part > found.get(code, (0.0, ""))[0]:
                    found[code] = share * part, mention.words
    left = found.keys() - {*taken, *struck}
    ordered = sorted(left, key=lambda code: (-found[code][0], code))
    return {
        name: tuple(Suggestion(code, found[code][1]) for code in ordered if code in knowledge.listed(name))[:most]
        for name, most in MOST.items()
    }


def _said(knowledge: Knowledge, mention: Mention, struck: Collection[str]) -> Iterator[tuple[str, float]]:
    """The concepts that are plainly said of the young person, their codes, and how clear each is."""
    if mention.denied or not mention.strong:
        return
    yield from ((concept, 1.0) for concept in knowledge.meant(mention) if concept not in struck)
    if not mention.of_parent and mention.code not in struck:
        own = knowledge.thesaurus.concepts[mention.code].codes
        for code in knowledge.thesaurus.codes_of(mention.code):
            yield code, 1.0 if code in own else INHERITED
