"""Who writes is no need: opening words that only say so are passed over."""

from __future__ import annotations

import pytest

from bren_desktop.language.sender import without_sender


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kinderarts. Weer flauwgevallen.", "Weer flauwgevallen."),
        ("Wijkteam: geen school meer.", "geen school meer."),
        ("GI.\nPlek stopt.", "\nPlek stopt."),
        ("Mentor belt. Foto rondgestuurd.", "Foto rondgestuurd."),
        ("Mail van de Wmo-consulent aan het team.\nHij wordt achttien.", "Hij wordt achttien."),
        ("Anorexia. Kliniek zit vol.", "Anorexia. Kliniek zit vol."),
        ("IQ 143. Verveelt zich.", "IQ 143. Verveelt zich."),
        ("Geen arts wil haar zien.", "Geen arts wil haar zien."),
        ("Melding van mishandeling. Vader ontkent.", "Melding van mishandeling. Vader ontkent."),
        ("", ""),
    ],
)
def test_opening_words_that_only_name_who_writes_are_left_out(text: str, left: str) -> None:
    assert without_sender(text).strip() == left.strip()
