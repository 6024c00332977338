"""Who writes: opening words such as `Jeugdarts.` or `Mail van de Wmo-consulent:` say nothing of what is asked."""

from __future__ import annotations

import re

_WHO = (
    "arts|voogd|team|werker|begeleider|begeleidster|consulent|behandelaar|onderzoeker|ambtenaar|mentor|leerkracht|"
    "coördinator|verpleegkundige|school|jurist|regisseur|beschermer|therapeut|psycholoog|psychiater|pedagoog|"
    "wetenschapper|coach|directeur|secretaris|voorzitter|adviseur|medewerker|instelling|gi|cjg|ib|ha|raad"
)
_WORD = r"[\w’'/+-]"
_KIND = "brief|mail|e-mail|memo|rapport|rapportage|melding|verslag|bericht|overdracht|notitie|dossier|advies"
_FROM = rf"(?:{_KIND})\b[^.:!?\n]{{0,60}}?"
_SENDER = re.compile(
    rf"\s*(?:{_FROM}{_WORD}*(?:{_WHO})\b[^.:!?\n]{{0,30}}|(?:{_WORD}+\s+){{0,2}}{_WORD}*(?:{_WHO})"
    rf"(?:\s+(?:schrijft|belt|mailt|meldt))?)(?:[.:\n]|$)",
    re.IGNORECASE,
)


def without_sender(text: str) -> str:
    """`text` without opening words that only name who writes it."""
    opening = _SENDER.match(text)
    return text[opening.end() :] if opening else text
