"""Running text as words with their place, sentence and clause."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from bren_desktop.language.stems import fold

_WORD = re.compile(r"\d+[+-](?:\s?/\s?\d+[+-])?(?!\w)|[^\W_]+(?:[-’'][^\W_]+)*\+?")
_PIECE = re.compile(rf"(?P<word>{_WORD.pattern})|(?P<stop>[.!?;\n]+)|(?P<comma>[,:])")
_SIGNS = re.compile(r"[.!?;\n,:]+")
_OPENS_CLAUSE = frozenset("omdat want terwijl zodat doordat nadat totdat tenzij hoewel waardoor waarna".split())
LONGEST_WORD = 60
"""Of what is longer, only this much is looked at: no Dutch word of the field comes near."""


class Token(NamedTuple):
    """One word: as written, folded, where it stands, and the numbers of its sentence and clause."""

    text: str
    word: str
    start: int
    end: int
    sentence: int
    clause: int


def tokens(text: str) -> list[Token]:
    """The words of `text` in order. Hyphenated words stay whole; a slash parts them, except in `18-/18+`.

    A clause ends at a comma or colon, and where a word such as `omdat` begins another.
    """
    found: list[Token] = []
    sentence = clause = 0
    for piece in _PIECE.finditer(text):
        if piece.lastgroup == "word":
            written = piece[0][:LONGEST_WORD]
            word = fold(written)
            clause += word in _OPENS_CLAUSE
            found.append(Token(written, word, piece.start(), piece.end(), sentence, clause))
            continue
        clause += 1
        sentence += piece.lastgroup == "stop"
    return found


def folded(text: str) -> str:
    """The words of `text` folded, with a space between them."""
    if len(text) <= LONGEST_WORD and text.isascii() and text.replace(" ", "").isalnum():
        return " ".join(text.lower().split())
    return " ".join([fold(written[:LONGEST_WORD]) for written in _WORD.findall(text)])


def letters(text: str) -> str:
    """The letters and digits of `text` folded, and nothing between them but a new line where a sign ends a clause."""
    lines = _SIGNS.sub("\n", text)
    bare = lines.lower() if lines.isascii() else unicodedata.normalize("NFKD", lines.casefold())
    return "\n".join(["".join(filter(str.isalnum, line)) for line in bare.split("\n")])
