"""The search box: prefixes, accents, order, and text that tries to be more than words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Author
from bren_desktop.services.rows import CaseFilter, ExpertFilter, Hit, Nowhere, Page
from bren_desktop.storage.search import words
from bren_desktop.storage.snippets import END, LONGEST, START
from bren_desktop.storage.store import EncryptedStore

BOTH = (Kind.CASE, Kind.EXPERT)


@pytest.fixture
def found(store: EncryptedStore) -> Callable[..., list[Hit]]:
    def search(text: str, *kinds: Kind, limit: int = 20) -> list[Hit]:
        with store.read() as reader:
            return list(reader.search(text, kinds or BOTH, limit))

    return search


@pytest.mark.parametrize(
    "text",
    [
        "zoe",
        "ZOË",
        "zo",
        "z",
        "Zoë brink",
        "brink zo",
        "BREN-HGL-2026-AA0001",
        "aa0001",
        "wlz",
        "enschede",
        "rustig plek",
    ],
)
def test_a_case_is_found_by_any_beginning_of_its_words(
    found: Callable[..., list[Hit]], add_case: Callable[..., str], text: str
) -> None:
    entity = add_case(
        nummer="BREN-HGL-2026-AA0001",
        roepnaam="Zoë",
        achternaam="Brink",
        gemeente="Enschede",
        hulpvraag="Een plek waar het rustig is.",
        knelpunten=["KP-WLZ"],
    )
    add_case(nummer="X", roepnaam="Anna", hulpvraag="Iets heel anders")
    assert [hit.entity for hit in found(text)] == [entity]


@pytest.mark.parametrize("text", ["", "   ", "rustig xyz", "*", '"', "()", "-", "ustig"])
def test_nothing_is_found_where_a_word_is_missing(
    found: Callable[..., list[Hit]], add_case: Callable[..., str], text: str
) -> None:
    add_case(hulpvraag="Een plek waar het rustig is.")
    assert found(text) == []


def test_words_may_lie_in_the_name_and_in_the_text(
    found: Callable[..., list[Hit]], add_case: Callable[..., str]
) -> None:
    entity = add_case(roepnaam="Sanne", omschrijving="Er is sprake van trauma.")
    assert [hit.entity for hit in found("sanne traum")] == [entity]


def test_titles_come_before_texts_and_whole_words_before_beginnings(
    found: Callable[..., list[Hit]], add_case: Callable[..., str]
) -> None:
    whole = add_case(achternaam="Kroon")
    begun = add_case(achternaam="Kroonenberg")
    text = add_case(hulpvraag="Zij woont in Kroonstad.")
    assert [hit.entity for hit in found("kroon")] == [whole, begun, text]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(st.sampled_from(["zo", "zoë", "de", "dezer", "niet", "rust", "rustig", "x", "b"])).map(" ".join))
def test_what_was_nowhere_is_not_missed_while_somebody_types_on(
    store: EncryptedStore, add_case: Callable[..., str], text: str
) -> None:
    with store.read() as reader:
        is_filled = reader.exists(Kind.CASE, store.entity_for(Kind.CASE, "1"))
    if not is_filled:
        add_case(extern_id="1", roepnaam="Zoë", achternaam="Brink", hulpvraag="Niet rustig in dezer dagen.")
        add_case(extern_id="2", roepnaam="Xia", achternaam="Dezer", hulpvraag="Een plek.")
    nowhere: Nowhere = {}
    with store.read() as reader:
        for end in range(len(text) + 1):
            typed = text[:end]
            assert reader.holding(Kind.CASE, typed, 9, nowhere) == reader.holding(Kind.CASE, typed, 9)


def test_many_cases_do_not_hide_an_expert(
    found: Callable[..., list[Hit]], add_case: Callable[..., str], add_expert: Callable[..., str]
) -> None:
    for _ in range(8):
        add_case(hulpvraag="trauma")
    expert = add_expert(naam="Jan Vos", profiel="trauma")
    assert expert in [hit.entity for hit in found("trauma", limit=4)]
    assert {hit.kind for hit in found("trauma", Kind.CASE)} == {"casus"}
    assert [hit.title for hit in found("trauma", Kind.EXPERT)] == ["Jan Vos"]


def test_an_expert_is_found_by_name_organisation_and_label(
    found: Callable[..., list[Hit]], add_expert: Callable[..., str]
) -> None:
    entity = add_expert(naam="Inès Vos", organisatie="De Kring", regio="JZ01", mandaat="kan plaatsen regelen")
    for text in ("ines", "kring", "groningen", "plaatsen"):
        assert [hit.entity for hit in found(text)] == [entity]


def test_a_changed_text_is_found_by_its_new_words_only(
    store: EncryptedStore, author: Author, found: Callable[..., list[Hit]], add_case: Callable[..., str]
) -> None:
    entity = add_case(roepnaam="Anna", hulpvraag="oudewoorden")
    with store.write(author) as writer:
        writer.write(Kind.CASE, entity, {("hulpvraag", ""): "nieuwewoorden", ("roepnaam", ""): "Berta"})
    assert found("oudewoorden") == []
    assert found("anna") == []
    assert [hit.entity for hit in found("nieuwe")] == [hit.entity for hit in found("bert")] == [entity]


def test_a_heading_holds_initials_and_no_name(found: Callable[..., list[Hit]], add_case: Callable[..., str]) -> None:
    add_case(nummer="B-1", roepnaam="Sanne", tussenvoegsel="van", achternaam="Duinen", extern_id="7")
    [hit] = found("sanne")
    assert (hit.id, hit.title, hit.snippet) == ("7", "B-1 · S. v. D.", "")


def test_a_snippet_marks_the_word_and_stays_short(
    found: Callable[..., list[Hit]], add_case: Callable[..., str]
) -> None:
    add_case(omschrijving="Veel tekst vooraf. " * 40 + "Daarna een crêche in Zwolle. " + "En nog veel meer. " * 40)
    [hit] = found("crech")
    assert f"{START}crêche{END}" in hit.snippet
    assert len(hit.snippet) <= LONGEST
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")


def test_a_snippet_shows_nothing_of_a_criminal_law_kind_and_no_names(
    found: Callable[..., list[Hit]], add_case: Callable[..., str]
) -> None:
    add_case(
        strafrechtelijk="verdenking van diefstal", betrokkenen=[{"id": "1", "naam": "Oma Truus"}], hulpvraag="Wonen"
    )
    assert [hit.snippet for hit in (*found("diefstal"), *found("truus"))] == ["Wonen", "Wonen"]


def test_a_snippet_leaves_out_the_names_of_the_young_person_and_those_around(
    found: Callable[..., list[Hit]], add_case: Callable[..., str]
) -> None:
    family = [{"id": "1", "naam": "Karin de Vries"}]
    told = "Milan uit den Boom gaat uit huis: angst. Milans moeder, Karin, belt met school."
    young = {"roepnaam": "Milan", "tussenvoegsel": "uit den", "achternaam": "Boom"}
    add_case(nummer="B-1", **young, betrokkenen=family, hulpvraag=told)
    [hit] = found("angst")
    assert hit.snippet == f"[…] gaat uit huis: {START}angst{END}. […] moeder, […], belt met school."
    assert [(each.title, "Milan" in each.snippet) for each in found("milan")] == [("B-1 · M. u. d. B.", False)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            '"',
            '""',
            "a*",
            "NEAR(a b)",
            "a NEAR b",
            "AND",
            "OR NOT",
            "text:plek",
            "^plek",
            "{plek}",
            "-plek",
            "a+b",
            "'",
        ),
        *(
            "😀 plek",
            "שלום",
            "مرحبا plek",
            "plek\x00plek",
            "x" * 200_000,
            "plek " * 40_000,
            "ﬀ ǅ İ ß",
            "\u202eplek",
            "\\",
            "%_",
        ),
    ],
)
def test_no_text_is_query_syntax(store: EncryptedStore, add_case: Callable[..., str], text: str) -> None:
    add_case(hulpvraag="Een plek")
    with store.read() as reader:
        reader.search(text, BOTH, 10)
        reader.cases(CaseFilter(text=text), Page())
        reader.count_cases(CaseFilter(text=text))
        reader.experts(ExpertFilter(text=text), Page())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(max_size=60))
def test_any_text_can_be_searched(store: EncryptedStore, text: str) -> None:
    with store.read() as reader:
        assert reader.search(text, BOTH, 5) == []


def test_every_letter_that_a_word_may_hold_is_one_to_the_index(store: EncryptedStore) -> None:
    letters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    kept = [char for char in letters if words(char) == (unicodedata.normalize("NFC", char),)]
    assert len(kept) > 90_000
    with store.read() as reader:
        for start in range(0, len(kept), 40):
            reader.search("".join(kept[start : start + 40]), [Kind.CASE], 1)


def test_a_snippet_of_any_text_is_short_and_printable(
    found: Callable[..., list[Hit]], add_case: Callable[..., str]
) -> None:
    add_case(hulpvraag="\u202eplek " + "😀" * 500)
    add_case(hulpvraag="plek" * 100)
    for hit in found("plek"):
        assert len(hit.snippet) <= LONGEST
        assert hit.snippet.count(START) == hit.snippet.count(END) == 1


def test_the_beginning_of_a_number_finds_just_those_cases_highest_first(
    store: EncryptedStore, add_case: Callable[..., str], add_expert: Callable[..., str]
) -> None:
    for number in ("BREN-HGL-2026-AA0001", "BREN-HGL-2026-AA0012", "BREN-HGL-2025-AA0011"):
        add_case(nummer=number, omschrijving="Zie ook BREN-HGL-2026-AA0999.")
    add_expert(naam="Bren Hgl 2026")
    with store.read() as reader:
        found = reader.search(" bren-hgl-2026-aa00", [Kind.CASE, Kind.EXPERT], 9)
        other = reader.search("bren-hgl-2026-aa0999", [Kind.CASE, Kind.EXPERT], 9)
    assert [hit.title for hit in found] == ["BREN-HGL-2026-AA0012", "BREN-HGL-2026-AA0001"]
    assert len(other) == 3
