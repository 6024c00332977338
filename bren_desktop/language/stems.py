"""Folding and light stemming of Dutch words: enough to bring inflections together, too light to merge other words.

A full stemmer was weighed and left out (docs/decisions/0006-matching.md): it makes `geweld` and `geweldig` one word.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SHORTEST = 4
_VOWELS = "aeiouy"
_HARDENED = {"v": "f", "z": "s"}
_SOFTENED = {hard: soft for soft, hard in _HARDENED.items()}
_IRREGULAR = {
    form: regular
    for regular, forms in {
        "zit": "zat zaten gezeten",
        "snijdt": "sneed sneden gesneden",
        "slaat": "slaan sloeg sloegen geslagen",
        "drinkt": "dronk gedronken",
        "eet": "at aten gegeten",
        "gaat": "gaan ging gingen gegaan",
        "wil": "wilde wilden wou",
        "kan": "kon konden kunnen",
        "hoort": "hoorde hoorden gehoord",
        "woont": "woonde woonden gewoond",
        "loopt": "liep liepen",
        "vecht": "vocht vochten",
        "weigert": "weigerde weigerden geweigerd",
        "blowt": "blowde geblowd",
        "krast": "kraste krassen gekrast",
        "bedreigt": "bedreigde bedreigd",
        "slaapt": "sliep sliepen geslapen",
        "bijt": "beet beten gebeten",
        "liegt": "loog logen gelogen",
        "gooit": "gooide gooiden gegooid gooien",
        "denkt": "dacht dachten",
        "doet": "doen deed deden",
        "komt": "kwam kwamen",
        "schopt": "geschopt",
        "spijbelt": "spijbelde gespijbeld",
        "gebruikt": "gebruikte gebruikten",
        "niks": "niets",
        "jongeman": "jongen jongens",
        "oude": "oudere ouderen",
        "k-eet": "keet",
        "schuldenlast": "schulden",
    }.items()
    for form in forms.split()
}


@lru_cache(maxsize=32_768)
def fold(word: str) -> str:
    """`word` in lower case, without accents, hyphens and apostrophes: `J-GGZ` and `jggz` are one."""
    if word.isascii() and word.isalnum():
        return word.lower()
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in bare if char.isalnum() or char == "+" or (char == "-" and bare[0].isdigit()))


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """The stem of a folded word; words under four letters and words with digits stay as they are."""
    word = _IRREGULAR.get(word, word)
    if len(word) < _SHORTEST or not word.isalpha():
        return word
    singular = _bare_plural(word)
    endings = ("en", "e") if singular == word else ("e",)
    return _shorten(_bare_verb(_bare_ending(singular, endings)))


def beginning(word: str) -> str:
    """How every inflection of `word` begins, as far as one knows: its stem where that is a beginning of the word."""
    root = stem(fold(word))
    return root if len(root) > _SHORTEST and fold(word).startswith(root) else word


def spelled(key: str) -> frozenset[str]:
    """Letters and digits one of which stands in every folded word that has `key` in its stem."""
    ends = {key, key[:-1] + _SOFTENED.get(key[-1], key[-1])}
    if len(key) > 1 and key[-2] in _VOWELS and key[-1] not in _VOWELS:
        ends |= {end[:-1] + end[-2:] for end in ends}
    if key.endswith("heid"):
        ends.add(key[:-3] + "ed")
    ends |= {form for form in _IRREGULAR if any(end in stem(form) for end in ends)}
    return frozenset("".join(filter(str.isalnum, end)) for end in ends)


def _bare_plural(word: str) -> str:
    if word.endswith("heden"):
        return word[:-5] + "heid"
    if word.endswith("s") and len(word) > _SHORTEST and word[-2] not in "siu'":
        return word[:-1]
    return word


def _bare_ending(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and any(char in _VOWELS for char in root):
            return _hardened(root)
    return word


def _hardened(root: str) -> str:
    if root[-1] == root[-2] and root[-1] not in _VOWELS:
        return root[:-1]
    return root[:-1] + _HARDENED.get(root[-1], root[-1])


def _bare_verb(word: str) -> str:
    if word.endswith("t") and len(word) > _SHORTEST and word[-2] not in _VOWELS + "hs":
        return word[:-1]
    return word


def _shorten(word: str) -> str:
    if len(word) >= _SHORTEST and word[-2] == word[-3] and word[-2] in _VOWELS and word[-1] not in _VOWELS:
        return word[:-2] + word[-1]
    return word
