"""What the numbers in a text say: an IQ is a sign of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bren_desktop.language.context import of_parent
from bren_desktop.language.reading import Mention
from bren_desktop.language.tokens import tokens

LVB, EMB = "lvb", "emb"
_IQ = re.compile(r"\b(?P<term>[TVP]?IQ)\b[^\d.!?\n]{0,20}(?P<score>\d{2,3})(?!\d)", re.IGNORECASE)


def iq_mentions(text: str) -> Iterator[Mention]:
    """An IQ under 85 speaks of LVB, one under 50 of a graver disability; of the child or of a parent."""
    for found in _IQ.finditer(text):
        score = int(found["score"])
        if score < 85:
            words = tokens(text)
            places = [place for place, word in enumerate(words) if word.start <= found.start("term") < word.end]
            about = of_parent(words, places)
            yield Mention(EMB if score < 50 else LVB, "IQ", " ".join(found[0].split()), True, False, about)
