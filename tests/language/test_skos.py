"""The thesaurus as Turtle: every triple of it is well formed, and it says what the source says."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping

from bren_desktop.language.skos import turtle
from bren_desktop.language.thesaurus import parsed, shipped

_TEXT = r'"(?:[^"\\\n]|\\.)*"(?:@nl)?'
_LINE = re.compile(rf"    (?P<name>(?:skos|dct|veld):\w+) (?P<value>begrip:[a-z0-9-]+|{_TEXT}) (?P<end>[;.])")
HOSTILE = """
[een]
prefLabel = 'zegt "nee" \\ niets'
codes = ["KP-ASS"]
of_parent = ["twee"]
source = "proef . ;"
[twee]
prefLabel = "twee"
broader = ["een"]
source = "proef"
"""


def _read(text: str) -> Mapping[str, Mapping[str, list[str]]]:
    """The concepts in Turtle as this program writes it; anything else fails."""
    head, *blocks = text.split("\n\n")
    assert all(re.fullmatch(r"@prefix \w+: <[^<>\s]+> \.", line) for line in head.splitlines())
    found: dict[str, dict[str, list[str]]] = {}
    for block in blocks:
        first, *lines = block.strip().splitlines()
        subject = re.fullmatch(r"begrip:([a-z0-9-]+) a skos:Concept ;", first)
        assert subject
        told = found.setdefault(subject[1], defaultdict(list))
        for number, line in enumerate(lines, 1):
            said = _LINE.fullmatch(line)
            assert said
            assert (said["end"] == ".") == (number == len(lines))
            value = said["value"]
            told[said["name"]].append(
                json.loads(value.removesuffix("@nl")) if value[0] == '"' else value.partition(":")[2]
            )
    return found


def test_the_thesaurus_of_the_program_comes_back_whole() -> None:
    known = shipped()
    found = _read(turtle(known))
    assert list(found) == list(known.concepts)
    for id, concept in known.concepts.items():
        assert found[id]["skos:prefLabel"] == [concept.label]
        assert found[id]["skos:altLabel"] == list(concept.also)
        assert found[id]["skos:broader"] == list(concept.broader)
        assert found[id]["skos:narrower"] == sorted(known.narrower[id])
        assert found[id]["skos:notation"] == list(concept.codes)


def test_a_label_is_never_syntax() -> None:
    found = _read(turtle(parsed(HOSTILE)))
    assert found["een"]["skos:prefLabel"] == ['zegt "nee" \\ niets']
    assert found["een"]["dct:source"] == ["proef . ;"]
    assert found["een"]["veld:of_parent"] == found["een"]["skos:narrower"] == ["twee"]
