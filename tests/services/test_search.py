"""The search box: names first, concepts behind words, typing errors forgiven, and nothing for who may not see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.vocabulary import vocabulary
from bren_desktop.language.thesaurus import parsed
from bren_desktop.services import candidates
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context, author
from bren_desktop.services.knowing import Knowing
from bren_desktop.services.knowledge import Knowledge
from bren_desktop.services.pool import Pool
from bren_desktop.services.search import Search
from bren_desktop.services.understanding import Understanding
from bren_desktop.storage.store import EncryptedStore
from tests.standing import StandingClock

Find = Callable[[str], list[str]]
CASES = (
    Case(
        extern_id="eet",
        achternaam="Zeekraal",
        omschrijving="Zij weigert te eten en valt af.",
        wensen="Spreekt Oekraïens.",
    ),
    Case(extern_id="thuis", achternaam="Duindoorn", omschrijving="Hij zit al maanden thuis."),
    Case(extern_id="ontkend", achternaam="Helm", omschrijving="Geen suïcidaliteit. Geen anorexia."),
)
EXPERTS = (
    Expert(extern_id="k-eet", naam="Marjolein Terp", titel="mevr.", talen=["Turks"], profiel="Behandelt anorexia."),
    Expert(extern_id="school", naam="Inès Hrytsenko", regio="JZ25", profiel="Leidt thuiszitters terug naar school."),
)

IDS = {*(one.extern_id for one in CASES), *(one.extern_id for one in EXPERTS)}
CHAIR = Actor("p1", "Vera Voorbeeld", Role.VOORZITTER, "HGL", "JZ24")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A store that tests only look into."""
    store = EncryptedStore.create(tmp_path_factory.mktemp("search"), b"k" * 32, clock=StandingClock())
    yield _filled(Context(store, StandingClock()))
    store.close()


@pytest.fixture
def filled(context: Context) -> Context:
    """A store of its own, to change."""
    return _filled(context)


def _filled(context: Context) -> Context:
    CaseWork(context).record_all(CHAIR, CASES)
    Pool(context).record_all(CHAIR, EXPERTS)
    assert Understanding(context).catch_up(CHAIR, 2) == 3
    assert Understanding(context).catch_up(CHAIR, 9) == 0
    return context


@pytest.fixture
def find(shared: Context) -> Find:
    return lambda text: _ids(shared, text)


def _ids(context: Context, text: str, actor: Actor = CHAIR) -> list[str]:
    return [hit.id for hit in Search(context).find(actor, text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("terp", {"k-eet"}),
        ("marjolijn", {"k-eet"}),
        ("hritsenko", {"school"}),
        ("eetstoornis", {"k-eet", "eet"}),
        ("thuiszitter", {"school", "thuis"}),
        ("thuiszit", {"school", "thuis"}),
        ("schoolverzuim", {"school", "thuis"}),
        ("anorexsia", {"k-eet", "eet"}),
        ("turkije", {"k-eet"}),
        ("turkse psychologe", {"k-eet"}),
        ("oekraine", {"eet"}),
        ("achterhoek", {"school"}),
        ("thuiszitters doetinchem", {"school"}),
    ],
)
def test_what_is_looked_for_is_found(find: Find, text: str, first: set[str]) -> None:
    assert set(find(text)[: len(first)]) == first


def test_what_a_text_denies_it_is_not_about(find: Find) -> None:
    assert "ontkend" not in find("anorexia")[:2]
    assert "ontkend" not in find("zelfmoord")


@pytest.mark.parametrize(
    "text", ["", "  ", "*", '"', "NEAR(zzqx yyqx)", "'; DROP TABLE rec; --", "x" * 10_000, "\x00", "\ud800"]
)
def test_nothing_that_is_typed_is_a_query_language(find: Find, text: str) -> None:
    assert find(text) == []


def test_fifty_pages_of_a_report_are_no_harm(find: Find) -> None:
    assert find("Zij weigert te eten en valt af, en hij zit thuis. " * 3000)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_text_is_answered(find: Find, text: str) -> None:
    assert set(find(text)) <= IDS


def test_the_code_of_a_region_finds_what_its_name_finds(find: Find) -> None:
    by_name, by_code = (find(f"thuiszitters {region}") for region in (vocabulary("jeugdregios").label("JZ25"), "jz25"))
    assert by_code == by_name
    assert find("JZ25") == ["school"]


def test_typing_on_finds_what_asking_at_once_finds(filled: Context) -> None:
    typed, text = Search(filled), "meisje anorexia thuiszitter haaglanden"
    for end in range(1, len(text) + 1):
        assert list(typed.find(CHAIR, text[:end])) == list(Search(filled).find(CHAIR, text[:end]))
    Pool(filled).record(CHAIR, Expert(extern_id="nieuw", naam="Nora Nieuw", profiel="Behandelt anorexia nervosa."))
    Understanding(filled).catch_up(CHAIR, 9)
    assert "nieuw" in [hit.id for hit in typed.find(CHAIR, f"{text} ")]


def test_who_meets_both_stands_first_also_where_many_meet_each(
    filled: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a common part only the strongest are read; who stands out by another is looked at for it."""
    women = [Expert(extern_id=f"v{n}", naam=f"V {n}", titel="mevr.", profiel="Judo.") for n in range(5)]
    eating = [Expert(extern_id=f"e{n}", naam=f"E {n}", titel="dhr.", profiel="Behandelt anorexia.") for n in range(5)]
    Pool(filled).record_all(CHAIR, [*eating[:4], *women])
    Understanding(filled).catch_up(CHAIR, 99)
    monkeypatch.setattr(candidates, "CANDIDATES", 4)
    monkeypatch.setattr(candidates, "ASKED_FOR", 5)
    assert _ids(filled, "anorexia vrouw")[0] == "k-eet"


def test_a_changed_case_is_found_by_what_it_says_now(filled: Context) -> None:
    CaseWork(filled).set_field(CHAIR, filled.store.entity_for(Kind.CASE, "eet"), "omschrijving", "Zij hoort stemmen.")
    assert "eet" not in _ids(filled, "eetstoornis")
    Understanding(filled).catch_up(CHAIR, 9)
    assert "eet" in _ids(filled, "psychose")


def test_another_thesaurus_reads_again_what_was_read_before(filled: Context) -> None:
    text = '[zeeziek]\nprefLabel = "zeeziekte"\naltLabel = ["maanden thuis"]\nsource = "proef"'
    assert _ids(filled, "zeeziekte") == []
    updated = Context(filled.store, filled.clock, Knowing(Knowledge(parsed(text))))
    assert Understanding(updated).catch_up(CHAIR, 2) == 3
    assert Understanding(updated).catch_up(CHAIR, 9) == 0
    assert _ids(updated, "zeeziekte") == ["thuis"]


def test_who_may_not_see_a_case_does_not_find_it_by_what_it_is_about(filled: Context) -> None:
    with filled.store.write(author(CHAIR)) as writer:
        writer.write(Kind.CASE, filled.store.entity_for(Kind.CASE, "eet"), {("toegewezen", CHAIR.person): True})
    lid = replace(CHAIR, person="p9", role=Role.LID)
    Understanding(filled).catch_up(lid, 9)
    assert _ids(filled, "eetstoornis", lid) == ["k-eet"]
    assert "eet" in _ids(filled, "eetstoornis")
    for blind in (lid, replace(lid, role=Role.PROJECTLEIDER)):
        assert Search(filled).look(blind, "zeekraall").meant == ""
        assert Search(filled).look(blind, "marjolijn").meant == "marjolein"
    assert Search(filled).look(CHAIR, "zeekraall").meant == "zeekraal"


@pytest.mark.parametrize(
    ("text", "said"),
    [("anorexia", "\x02weigert te eten\x03"), ("schoolverzuim", "\x02zit al maanden thuis\x03")],
)
def test_a_hit_by_its_meaning_shows_the_words_that_made_it(shared: Context, text: str, said: str) -> None:
    hits = Search(shared).find(CHAIR, text)
    assert any(said in hit.snippet for hit in hits if hit.kind == Kind.CASE)
    assert not any("\x02" in hit.snippet for hit in hits if hit.id == "ontkend" and "anorexia" not in text)


@pytest.mark.parametrize(
    ("text", "meant"), [("anorexsia", "anorexia"), ("anorexia", ""), ("terp", ""), ("zeekra", ""), ("Xqzwq, terp", "")]
)
def test_a_mended_typing_error_is_told(shared: Context, text: str, meant: str) -> None:
    assert Search(shared).look(CHAIR, text).meant == meant


def test_a_document_is_found_by_its_reference_and_by_the_number_of_its_case(filled: Context) -> None:
    case = filled.store.entity_for(Kind.CASE, "eet")
    with filled.store.write(author(CHAIR)) as writer:
        writer.write(Kind.CASE, case, {("nummer", ""): "BREN-HGL-2026-0001"})
        filed = {"casus": case, "kenmerk": "BREN-HGL-2026-0001-B01", "soort": "adviesbrief", "inhoud": "Zeekraal"}
        letter = filled.store.entity_for(Kind.DOCUMENT, "brief")
        writer.write(Kind.DOCUMENT, letter, {(name, ""): value for name, value in filed.items()})
    kinds = (Kind.CASE, Kind.EXPERT, Kind.DOCUMENT)
    search = Search(filled)
    assert [hit.kind for hit in search.look(CHAIR, "bren-hgl-2026-0001", kinds).hits] == [Kind.CASE, Kind.DOCUMENT]
    (hit,) = search.look(CHAIR, "BREN-HGL-2026-0001-B", kinds).hits
    assert (hit.entity, hit.title, hit.snippet) == (letter, "BREN-HGL-2026-0001-B01 · adviesbrief", "")
    lid = replace(CHAIR, person="p9", role=Role.LID)
    with filled.store.write(author(CHAIR)) as writer:
        writer.write(Kind.CASE, case, {("toegewezen", CHAIR.person): True})
    assert not search.look(lid, "BREN-HGL-2026-0001-B", kinds).hits


def test_many_alike_keep_their_order(filled: Context) -> None:
    Pool(filled).record_all(CHAIR, [Expert(extern_id=f"g{n}", naam=f"G {n}", profiel="Rouw.") for n in range(60)])
    Understanding(filled).catch_up(CHAIR, 99)
    first = _ids(filled, "rouw")
    assert first == _ids(filled, "rouw") == [f"g{n}" for n in range(59, 39, -1)]


@pytest.mark.parametrize("text", ["eating disorder", "La niña no quiere comer", "не хочет есть", "Zeekraal"])
def test_another_language_or_only_a_name_is_no_harm(find: Find, text: str) -> None:
    assert set(find(text)) <= IDS
