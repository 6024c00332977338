"""A letter as PDF, read back: what it says, where it stands, and that nothing breaks or fills a third page."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PageObject, PdfReader
from reportlab.lib.units import mm

from bren_desktop.documents.letter import letter_pdf
from bren_desktop.domain.letter_texts import Texts
from bren_desktop.domain.letters import Block, Letter, Marks
from bren_desktop.domain.papers.consultation import CONSULTATION
from bren_desktop.domain.records import Team

HEADINGS = Texts(CONSULTATION.key).headings
MakeLetter = Callable[..., Letter]
HOSTILE = (
    "<18 jaar & ouder",
    '<img src="//x/y.png"/>',
    "<font color=red>rood</b>",
    "&lt;&#0; <!-- ]]>",
    "=1+1",
    "😀 🙂 👩‍👧",
    "שלום עולם",
    "مرحبا بالعالم",
    "中文 \U0010ffff \ue000",
    "a" * 480,
    "e\u0301 \u200bonzichtbaar\u202e \x07 \ufffe",
    "%s {0} {naam} \\n \\",
)
TEAM_TEXTS = ("naam", "afzender", "adres", "telefoon", "email", "voettekst")
PAGE_HEIGHT = 297


def read(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data), strict=True)


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(data).pages).split())


def where(data: bytes, word: str) -> tuple[float, float]:
    """Where a piece of text starts on the first page, in millimetres from the top left corner."""
    found: list[tuple[float, float]] = []

    def visit(text: str, _user: Any, matrix: Any, _font: Any, _size: Any) -> None:
        if word in text:
            found.append((matrix[4] / mm, PAGE_HEIGHT - matrix[5] / mm))

    read(data).pages[0].extract_text(visitor_text=visit)
    return found[0]


def test_every_block_stands_in_the_letter_under_its_heading(make_letter: MakeLetter, team: Team) -> None:
    text = text_of(letter_pdf(make_letter(), team, None))
    assert all(heading in text for heading in HEADINGS.values())
    for words in ("Betreft: consultatievraag, kenmerk BREN-HGL-2026-AA0001/B01", "22 november 2026", "Vertrouwelijk"):
        assert words in text
    assert "pagina 1 van 2" in text
    assert "pagina 2 van 2" in text
    assert "Elektronisch vrijgegeven door Vera Voorbeeld" in text
    assert "CONCEPT" not in text


def test_a_concept_shows_the_watermark_and_every_gap(make_letter: MakeLetter, team: Team) -> None:
    gaps = tuple(Block(name, heading, gap=heading) for name, heading in HEADINGS.items())
    data = letter_pdf(make_letter(blocks=gaps, recipient=(), released_by=""), team, None)
    text = text_of(data)
    assert text.count("CONCEPT") == len(read(data).pages)
    assert all(f"[Nog invullen: {HEADINGS[block.name]}]" in text for block in gaps)
    assert "[Nog invullen: Adres]" in text


def test_the_pdf_tells_what_it_is_and_carries_its_fonts(make_letter: MakeLetter, team: Team) -> None:
    reader = read(letter_pdf(make_letter(HOSTILE[5] + HOSTILE[6]), team, None))
    assert reader.metadata is not None
    assert reader.metadata.title == "Consultatievraag BREN-HGL-2026-AA0001/B01"
    assert reader.metadata.author == "Expertteam Haaglanden"
    assert reader.metadata.subject == "Consultatievraag"
    assert str(reader.root_object["/Lang"]) == "nl-NL"
    titles = [str(item["/Title"]) for item in reader.outline if isinstance(item, dict)]
    assert titles == [block.heading for block in make_letter().blocks]
    embedded = [font for page in reader.pages for font in _fonts(page)]
    assert len(embedded) > 2
    assert all("/FontFile2" in str(font) for font in embedded)


def _fonts(page: PageObject) -> list[object]:
    """The descriptor of every font that a page names."""
    found: Any = page
    return [font.get_object()["/FontDescriptor"].get_object() for font in found["/Resources"]["/Font"].values()]


def test_the_address_stands_in_the_window_and_nothing_else_does(make_letter: MakeLetter, team: Team) -> None:
    data = letter_pdf(make_letter(), team, None)
    for line in ("Kenniscentrum De Linde", "t.a.v. S. van Dijk", "Lindelaan 12", "1234 AB"):
        x, y = where(data, line)
        assert x == pytest.approx(25, abs=0.5)
        assert 50 < y < 85
    for other in ("Ons kenmerk", "Vera Voorbeeld", "Datum"):
        assert where(data, other)[0] >= 125
    assert where(data, "Betreft")[1] > 95


def test_the_window_can_be_at_the_right(make_letter: MakeLetter, team: Team) -> None:
    data = letter_pdf(make_letter(), team.model_copy(update={"venster_rechts": True}), None)
    assert where(data, "Lindelaan 12")[0] == pytest.approx(120, abs=0.5)
    assert where(data, "Ons kenmerk")[0] <= 30


def test_postcode_and_place_keep_two_spaces_apart(make_letter: MakeLetter, team: Team) -> None:
    data = letter_pdf(make_letter(), team, None)
    space = where(data, "VOORBEELD")[0] - where(data, "1234 AB")[0]
    single = 17.4
    assert space > single


def test_long_lines_go_on_below_and_nothing_is_cut(make_letter: MakeLetter, team: Team) -> None:
    recipient = ("Stichting Jeugdbescherming en Jeugdreclassering Haaglanden", "Postbus 1", "1234 AB  VOORBEELD")
    enclosures = tuple(f"Verslag van onderzoek {number}" for number in range(6))
    text = text_of(letter_pdf(make_letter(recipient=recipient, enclosures=enclosures), team, None))
    assert f"{recipient[0]} Postbus 1" in text
    assert "Verslag van onderzoek 0 Verslag van onderzoek 1 Verslag van onderzoek 2 en nog 3" in text


def test_what_is_to_be_filled_in_stays_with_its_point(make_letter: MakeLetter, team: Team) -> None:
    points = tuple(f"Punt {number} {'en nog iets ' * 12}" for number in range(14))
    block = Block("punten", "Punten", True, items=points, marks=Marks.NUMBERS, under="Gevolgd\nWaarom")
    pages = [page.extract_text() for page in read(letter_pdf(make_letter(blocks=(block,)), team, None)).pages]
    assert len(pages) == 2
    assert all(page.count("Punt ") == page.count("Gevolgd") == page.count("Waarom") for page in pages)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_printed_as_it_stands(make_letter: MakeLetter, team: Team, hostile: str) -> None:
    letter = make_letter(
        hostile,
        **dict.fromkeys(("kenmerk", "salutation", "made_by", "role", "team", "contact", "your_reference"), hostile),
        recipient=(hostile,) * 6,
        enclosures=(hostile, hostile),
    )
    everywhere = Team.model_validate(dict.fromkeys(TEAM_TEXTS, hostile))
    data = letter_pdf(letter, everywhere, None)
    text = text_of(data)
    assert len(read(data).pages) <= 2
    for piece in hostile.split():
        if piece.isascii() and piece.isprintable() and len(piece) < 30:
            assert piece in text


def test_a_character_without_a_glyph_leaves_a_visible_trace(make_letter: MakeLetter, team: Team) -> None:
    assert "□□" in text_of(letter_pdf(make_letter("voor 中文 na"), team, None))


def test_emoji_and_other_scripts_can_be_read_back(make_letter: MakeLetter, team: Team) -> None:
    text = text_of(letter_pdf(make_letter("blij 🙂 שלום Жук"), team, None))
    assert "🙂" in text
    assert "Жук" in text


@example(lengths=[0, 0, 0, 1, 7, 21, 22, 3, 3, 3, 31, 3, 3, 3, 3, 47, 51, 53], gap="", questions=3)
@example(lengths=[60] * 18, gap="", questions=3)
@settings(
    max_examples=15,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    lengths=st.lists(st.integers(0, 60), min_size=18, max_size=18),
    gap=st.sampled_from(["\n", " ", ""]),
    questions=st.integers(0, 3),
)
def test_never_a_third_page(make_letter: MakeLetter, team: Team, lengths: list[int], gap: str, questions: int) -> None:
    sentence = "Dit is een zin van gewone lengte over wat er gebeurt en wat helpt." + gap
    blocks = tuple(
        dataclasses.replace(block, text=sentence * length, items=(sentence * length,) * questions if length % 2 else ())
        for block, length in zip(make_letter().blocks, lengths, strict=True)
    )
    data = letter_pdf(make_letter(blocks=blocks), team, None)
    text = text_of(data)
    assert len(read(data).pages) <= 2
    assert all(block.heading in text for block in blocks if block.text or block.items)


def test_what_does_not_fit_is_cut_at_a_sentence_with_a_mark_and_optional_parts_first(
    make_letter: MakeLetter, team: Team
) -> None:
    long = "Deze zin staat hier om ruimte te vullen. " * 30
    letter = make_letter()
    blocks = tuple(
        block if block.mandatory else dataclasses.replace(block, text=long, items=()) for block in letter.blocks
    )
    text = text_of(letter_pdf(make_letter(blocks=blocks), team, None))
    assert "vullen. … [ingekort]" in text
    assert text.count("beter werkt dan straffen. … [ingekort]") == 0


def test_a_list_that_does_not_fit_loses_whole_sentences(make_letter: MakeLetter, team: Team) -> None:
    agreed = "Begeleiding in de avonduren en het weekend: € 12.500,00. De gemeente Voorbeeldstad staat garant."
    letter = make_letter()
    long = dataclasses.replace(letter.blocks[0], text="Deze zin vult de bladzijde. " * 400)
    money = dataclasses.replace(letter.blocks[-1], text="", items=(agreed,) * 8, mandatory=False)
    text = text_of(letter_pdf(make_letter(blocks=(long, *letter.blocks[1:-1], money)), team, None))
    assert "het weekend: € 12.500,00. … [ingekort]" in text
    assert "staat garant" not in text


def test_a_small_letter_gets_one_page_and_the_largest_type(make_letter: MakeLetter, team: Team) -> None:
    reader = read(letter_pdf(make_letter(blocks=make_letter("Kort.").blocks[:8]), team, None))
    sizes = {round(size, 1) for size in _sizes(reader)}
    assert len(reader.pages) == 1
    assert 10.5 in sizes


def _sizes(reader: PdfReader) -> list[float]:
    sizes: list[float] = []
    for page in reader.pages:
        page.extract_text(visitor_text=lambda _t, _u, _m, _f, size: sizes.append(size))
    return sizes


def picture(form: str, size: tuple[int, int]) -> bytes:
    target = BytesIO()
    Image.new("RGB", size, "navy").save(target, form)
    return target.getvalue()


def test_a_logo_is_drawn(make_letter: MakeLetter, team: Team) -> None:
    data = letter_pdf(make_letter(), team, picture("PNG", (300, 100)))
    assert len(read(data).pages[0].images) == 1


@pytest.mark.parametrize(
    "logo",
    [b"", b"<svg onload='x'/>", picture("PNG", (300, 100))[:60], picture("GIF", (9, 9)), picture("PNG", (5000, 1000))],
)
def test_what_is_no_sound_logo_is_left_out(make_letter: MakeLetter, team: Team, logo: bytes) -> None:
    data = letter_pdf(make_letter(), team, logo)
    assert len(read(data).pages[0].images) == 0
    assert "Expertteam Haaglanden" in text_of(data)
