"""A thesaurus as SKOS in Turtle, for whoever reads it with other programs. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from bren_desktop.language.thesaurus import Concept, Thesaurus

_HEAD = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix begrip: <urn:bren:begrip:> .
@prefix veld: <urn:bren:veld:> .
"""


def turtle(thesaurus: Thesaurus) -> str:
    """The concepts in the order of the source; what SKOS has no word for stands under `veld:`."""
    concepts = thesaurus.concepts.values()
    return "\n".join((_HEAD, *(_concept(one, sorted(thesaurus.narrower[one.id])) for one in concepts)))


def _concept(one: Concept, narrower: Iterable[str]) -> str:
    lines = [f"skos:prefLabel {_said(one.label)}", *_properties(one, narrower), f"dct:source {_said(one.source)}"]
    return f"begrip:{one.id} a skos:Concept ;\n    " + " ;\n    ".join(lines) + " .\n"


def _properties(one: Concept, narrower: Iterable[str]) -> Iterator[str]:
    texts = ("skos:altLabel", one.also), ("skos:hiddenLabel", one.hidden), ("veld:hint", one.hints)
    ids = ("skos:broader", one.broader), ("skos:narrower", narrower), ("skos:related", one.related)
    for name, said in (*texts, ("skos:scopeNote", filter(None, (one.note,)))):
        yield from (f"{name} {_said(text)}" for text in said)
    for name, others in (*ids, ("veld:of_parent", one.of_parent or ()), ("veld:contra", one.contra)):
        yield from (f"{name} begrip:{other}" for other in others)
    yield from (f"skos:notation {json.dumps(code)}" for code in one.codes)


def _said(text: str) -> str:
    return f"{json.dumps(text, ensure_ascii=False)}@nl"
