"""A letter and a team to lay out, without a store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bren_desktop.domain.letter_texts import Texts
from bren_desktop.domain.letters import Block, Letter, Marks
from bren_desktop.domain.papers.consultation import CONSULTATION
from bren_desktop.domain.records import Team

SENTENCE = "De jeugdige vertelt dat een vast ritme helpt en dat rustig uitleggen beter werkt dan straffen. "


@pytest.fixture
def team() -> Team:
    return Team(
        code="HGL",
        naam="Expertteam Haaglanden",
        afzender="Postbus 1, 1000 AA  VOORBEELD",
        adres="Postbus 1\n1000 AA Voorbeeld",
        telefoon="000 000 00 00",
        email="team@voorbeeld.example",
        voettekst="Wij werken volgens de Jeugdwet.",
    )


@pytest.fixture
def make_letter() -> Callable[..., Letter]:
    """Makes a letter in which every block holds `text`, with other fields as given."""

    def make(text: str = SENTENCE * 2, **other: object) -> Letter:
        blocks = tuple(
            Block(name, heading, name in CONSULTATION.mandatory, items=(text, text, text), marks=Marks.NUMBERS)
            if name == "vragen"
            else Block(name, heading, name in CONSULTATION.mandatory, text=text)
            for name, heading in Texts(CONSULTATION.key).headings.items()
        )
        fields: dict[str, object] = {
            "case": "c",
            "expert": "e",
            "kenmerk": "BREN-HGL-2026-AA0001/B01",
            "date": date(2026, 11, 22),
            "recipient": ("Kenniscentrum De Linde", "t.a.v. S. van Dijk", "Lindelaan 12", "1234 AB  VOORBEELD"),
            "at_home": False,
            "salutation": "Geachte S. van Dijk,",
            "blocks": blocks,
            "made_by": "Vera Voorbeeld",
            "role": "voorzitter",
            "team": "Expertteam Haaglanden",
            "contact": "000 000 00 00 · team@voorbeeld.example",
            "released_by": "Vera Voorbeeld",
        }
        return Letter(**{**fields, **other})  # type: ignore[arg-type]

    return make
