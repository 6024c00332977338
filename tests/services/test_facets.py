"""What the search box counts and narrows, and the discussions and documents that it finds by kind, day and case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bren_desktop.domain.actors import Actor, Role
from bren_desktop.domain.advice import Discussion
from bren_desktop.domain.cases import Case
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.records import FiledDocument
from bren_desktop.services import gathered
from bren_desktop.services.candidates import BY_PLACE
from bren_desktop.services.cases import CaseWork
from bren_desktop.services.context import Context, author
from bren_desktop.services.facets import FACETS
from bren_desktop.services.pool import Pool
from bren_desktop.services.rows import Found, Tier
from bren_desktop.services.search import Search
from bren_desktop.storage import narrowing
from bren_desktop.storage.store import EncryptedStore
from tests.standing import StandingClock

KINDS = (Kind.CASE, Kind.EXPERT, Kind.DOCUMENT, Kind.DISCUSSION)
CHAIR = Actor("p1", "Vera Voorbeeld", Role.VOORZITTER, "HGL", "JZ24")
LID = replace(CHAIR, person="p9", role=Role.LID)
REGIONS, TAGS = ("JZ24", "JZ25", "JZ26"), ("KP-SAM", "KP-OND", "KP-FOR")
DOMAINS = ("DM-WLZ", "DM-OND", "DM-FOR")
NUMBER = "BREN-HGL-2026-AA00{:02}"
HIDDEN = 3
"""The case that only the chair sees."""


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    """Over a store that tests only look into: twelve cases, five pareltjes, three letters and two discussions."""
    store = EncryptedStore.create(tmp_path_factory.mktemp("facets"), b"k" * 32, clock=StandingClock())
    context = Context(store, StandingClock())
    CaseWork(context).record_all(CHAIR, [_case(number) for number in range(12)])
    Pool(context).record_all(CHAIR, [_expert(number) for number in range(5)])
    with store.write(author(CHAIR)) as writer:
        for number in range(12):
            kept = {("nummer", ""): NUMBER.format(number)}
            hidden = {("toegewezen", "p2"): True} if number == HIDDEN else {}
            writer.write(Kind.CASE, store.entity_for(Kind.CASE, f"c{number}"), {**kept, **hidden})
        for below in _below(context):
            kind = Kind.DOCUMENT if isinstance(below, FiledDocument) else Kind.DISCUSSION
            writer.write(kind, store.new_entity(), flatten(below))
    yield Search(context)
    store.close()


def _case(number: int) -> Case:
    return Case(
        extern_id=f"c{number}",
        roepnaam="Noor",
        achternaam="Zeekraal" if number % 2 else "Duindoorn",
        regio=REGIONS[number % 3],
        knelpunten=TAGS[: number % 4],
        domeinen=DOMAINS[number % 4 :],
        datum_aanmelding=date(2024 + number % 3, 3, 1),
        omschrijving="Zij krijgt hulp in het weekend.",
    )


def _expert(number: int) -> Expert:
    return Expert(
        extern_id=f"e{number}",
        naam=f"Zee {number}",
        regio=REGIONS[number % 2],
        regios=REGIONS[number % 2 : 2],
        domeinen=DOMAINS[number % 3 :],
        beschikbaarheid=("BS-DIRECT", "BS-NIET")[number % 2],
        profiel="Geeft hulp.",
    )


def _below(context: Context) -> list[FiledDocument | Discussion]:
    cases = [context.store.entity_for(Kind.CASE, f"c{number}") for number in range(12)]
    letters = ((1, "Adviesbrief", date(2026, 3, 3)), (2, "Casuskaart", date(2026, 5, 4)))
    return [
        *(
            FiledDocument(casus=cases[number], soort=sort, datum=day, kenmerk=f"{NUMBER.format(number)}/B01")
            for number, sort, day in (*letters, (HIDDEN, "Adviesbrief", date(2026, 3, 3)))
        ),
        Discussion(casus=cases[1], datum=date(2026, 3, 3), gremium="GR-RET", uitkomst="Gaat naar een pleeggezin."),
        Discussion(casus=cases[HIDDEN], datum=date(2026, 3, 9), uitkomst="Wacht."),
    ]


def _all(search: Search, text: str, actor: Actor = CHAIR, chosen: Mapping[str, list[str]] | None = None) -> Found:
    return search.look(actor, text, KINDS, 1000, chosen or {})


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "soort": st.lists(st.sampled_from([*KINDS, "x"]), max_size=2),
        "regio": st.lists(st.sampled_from([*REGIONS, ""]), max_size=2),
        "knelpunten": st.lists(st.sampled_from(TAGS), max_size=2),
        "domeinen": st.lists(st.sampled_from(DOMAINS), max_size=2),
        "jaar": st.lists(st.sampled_from(["2024", "2026"]), max_size=1),
        "beschikbaarheid": st.lists(st.sampled_from(["BS-DIRECT"]), max_size=1),
    },
)


@settings(max_examples=20)
@given(st.sampled_from(["zee", "hulp", "noor", "bren-", "bespreking", "zeekraal weekend"]), CHOICES, st.booleans())
def test_a_count_is_the_number_of_hits_after_choosing(
    search: Search, text: str, chosen: dict[str, list[str]], whole: bool
) -> None:
    actor = CHAIR if whole else LID
    found = _all(search, text, actor, chosen)
    assert set(found.facets) == set(FACETS)
    for facet, counts in found.facets.items():
        assert all(counts.values())
        for code, count in counts.items():
            assert len(_all(search, text, actor, {**chosen, facet: [code]}).hits) == count


def test_a_case_that_is_hidden_is_counted_nowhere(search: Search) -> None:
    for text in ("noor", "bespreking", "adviesbrief", "bren-hgl"):
        mine, theirs = (_all(search, text, actor).facets["soort"] for actor in (CHAIR, LID))
        assert sum(mine.values()) > sum(theirs.values())
        assert not any(NUMBER.format(HIDDEN) in hit.title for hit in _all(search, text, LID).hits)


def test_tags_of_a_criminal_law_kind_narrow_no_case(search: Search) -> None:
    facets = _all(search, "noor").facets
    assert set(facets["knelpunten"]) == {"KP-SAM", "KP-OND"}
    assert set(facets["domeinen"]) == {"DM-WLZ", "DM-OND"}
    experts = _all(search, "hulp", chosen={"domeinen": ["DM-FOR"]})
    assert [hit.kind for hit in experts.hits] == [Kind.EXPERT] * experts.facets["domeinen"]["DM-FOR"] != []
    assert not any("forensisch" in hit.snippet for hit in _all(search, "forensisch").hits)


def test_what_was_cut_is_said(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not _all(search, "noor").more
    monkeypatch.setattr(gathered, "CANDIDATES", 5)
    found = _all(search, "noor")
    assert (found.more, dict(found.facets["soort"])) == (frozenset({"casus"}), {"casus": 5})
    monkeypatch.setattr(narrowing, "NEWEST", 2)
    assert Kind.DOCUMENT in _all(search, "casuskaart").more


@pytest.mark.parametrize("text", ["bespreking 3 maart", "3-3-2026", "besprek duindoorn", "bespreking zeekraal maart"])
def test_a_discussion_is_found_by_its_day_or_its_case(search: Search, text: str) -> None:
    hits = [hit for hit in _all(search, text, LID).hits if hit.kind == Kind.DISCUSSION]
    expected = [] if "duindoorn" in text else [f"Bespreking van 3 maart 2026 · {NUMBER.format(1)} · N. Z."]
    assert [hit.title for hit in hits] == expected
    assert all("pleeggezin" not in hit.snippet and hit.case for hit in hits)


def test_by_the_number_of_a_case_its_documents_and_discussions_are_found(search: Search) -> None:
    hits = _all(search, NUMBER.format(1).lower()).hits
    assert [hit.kind for hit in hits] == [Kind.CASE, Kind.DISCUSSION, Kind.DOCUMENT]
    assert not _all(search, NUMBER.format(HIDDEN), LID).hits


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("adviesbrief", [3, 1]),
        ("adviesbr zeekraal", [3, 1]),
        ("adviesbrief 26-AA0001", [1]),
        ("adviesbrief 2026-0003", [3]),
        (f"{NUMBER.format(3)} adviesbrief", [3]),
        ("casuskaart", [2]),
        ("casuskaart zeekraal", []),
        ("brieven maart", [3, 1]),
        ("documenten 2025", []),
    ],
)
def test_documents_are_found_by_their_kind(search: Search, text: str, numbers: list[int]) -> None:
    found = _all(search, text)
    documents = [hit for hit in found.hits if hit.kind == Kind.DOCUMENT]
    assert [int(hit.title.split("/")[0][-2:]) for hit in documents] == numbers
    assert all(hit.snippet.endswith("2026") for hit in documents)
    assert found.meant == ""


def test_what_is_called_so_stands_before_what_only_begins_so(search: Search) -> None:
    assert _all(search, "adviesbrief").best[Kind.DOCUMENT] == BY_PLACE[Tier.TITLE]
    assert _all(search, "advies").best[Kind.DOCUMENT] == BY_PLACE[Tier.TEXT]
