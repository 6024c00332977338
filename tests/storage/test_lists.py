"""The case list and the pool: what rows show, filters, orders, counts and facets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date

import pytest

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Author
from bren_desktop.services.rows import CaseFilter, CaseRow, ExpertFilter, ExpertRow, Page
from bren_desktop.storage.lists import CASE_FIELDS
from bren_desktop.storage.store import EncryptedStore


def test_a_case_row_holds_initials_and_what_the_list_shows(store: EncryptedStore, add_case: Callable[..., str]) -> None:
    entity = add_case(
        nummer="B-1",
        extern_id="7",
        roepnaam="Sanne",
        tussenvoegsel="van den",
        achternaam="Berg",
        geboortedatum="2011-03-04",
        datum_aanmelding="2026-01-02",
        leeftijd=14,
        knelpunten=["KP-WLZ", "KP-SAM"],
        te_coderen=[{"id": "t1", "veld": "knelpunten", "tekst": "iets"}],
    )
    with store.read() as reader:
        [row] = reader.cases(CaseFilter(), Page())
        assert reader.case_row(entity) == row
    assert row == CaseRow(
        entity=entity,
        id="7",
        nummer="B-1",
        initials="S. v. d. B.",
        regio="",
        gemeente="",
        status="ST-CON",
        urgentie="",
        datum_aanmelding=date(2026, 1, 2),
        geboortedatum=date(2011, 3, 4),
        leeftijd=14,
        behandelaar="",
        knelpunten=("KP-SAM", "KP-WLZ"),
        changed_ms=1_750_000_000_000,
        conflicts=0,
        to_code=1,
    )


CASES: dict[str, dict[str, object]] = {
    "a": {"nummer": "1", "status": "ST-AAN", "urgentie": "U1", "regio": "JZ01", "knelpunten": ["KP-WLZ"]},
    "b": {"nummer": "2", "status": "ST-AAN", "urgentie": "U2", "regio": "JZ02", "behandelaar": "Noor"},
    "c": {"nummer": "3", "status": "ST-TRI", "regio": "JZ01", "knelpunten": ["KP-SAM"], "hulpvraag": "wonen"},
    "d": {"nummer": "4", "te_coderen": [{"id": "1", "veld": "x", "tekst": "y"}], "geboortedatum": "2012-05-01"},
}


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (CaseFilter(), "abcd"),
        (CaseFilter(statuses=("ST-AAN",)), "ab"),
        (CaseFilter(statuses=("ST-AAN", "ST-TRI"), regios=("JZ01",)), "ac"),
        (CaseFilter(urgenties=("U2",)), "b"),
        (CaseFilter(knelpunten=("KP-WLZ", "KP-SAM")), "ac"),
        (CaseFilter(behandelaar="Noor"), "b"),
        (CaseFilter(text="won"), "c"),
        (CaseFilter(text="won", regios=("JZ02",)), ""),
        (CaseFilter(text="***"), ""),
        (CaseFilter(needs_attention=True), "d"),
    ],
)
def test_filters_narrow_the_case_list(
    store: EncryptedStore, add_case: Callable[..., str], wanted: CaseFilter, names: str
) -> None:
    entities = {add_case(**values): name for name, values in CASES.items()}
    with store.read() as reader:
        rows = reader.cases(wanted, Page(order="nummer"))
        assert "".join(entities[row.entity] for row in rows) == names
        assert reader.count_cases(wanted) == len(names)


@pytest.mark.parametrize("order", CASE_FIELDS)
def test_every_column_of_the_case_list_orders_both_ways(
    store: EncryptedStore, add_case: Callable[..., str], order: str
) -> None:
    for values in CASES.values():
        add_case(**values)
    with store.read() as reader:
        up = reader.cases(CaseFilter(), Page(order=order))
        down = reader.cases(CaseFilter(), Page(order=f"-{order}"))
    assert list(reversed(down)) == list(up)


@pytest.mark.parametrize("order", ["surname", "nummer; DROP TABLE op", "--nummer", "rec"])
def test_an_order_that_is_no_column_is_refused(store: EncryptedStore, order: str) -> None:
    with store.read() as reader, pytest.raises(ValueError, match="order"):
        reader.cases(CaseFilter(), Page(order=order))


def test_the_newest_change_comes_first(store: EncryptedStore, author: Author, add_case: Callable[..., str]) -> None:
    first, second = add_case(nummer="1"), add_case(nummer="2")
    with store.read() as reader:
        assert [row.entity for row in reader.cases(CaseFilter(), Page())] == [second, first]


def test_namesakes_are_brothers_sisters_and_doubles(store: EncryptedStore, add_case: Callable[..., str]) -> None:
    sister = add_case(roepnaam="Eva", achternaam="Müller", geboortedatum="2010-01-01")
    double = add_case(roepnaam="Zoë", achternaam="MULLER", geboortedatum="2012-02-03")
    twin = add_case(roepnaam="Tim", achternaam="Muller", geboortedatum="2012-02-03")
    unborn = add_case(roepnaam="Zoë", achternaam="Muller")
    add_case(roepnaam="Zoë", achternaam="Mulder", geboortedatum="2012-02-03")
    with store.read() as reader:
        found = [row.entity for row in reader.namesakes("muller ", "2012-02-03", "zoe")]
        assert found == [double, twin, unborn, sister]
        assert reader.namesakes("", "2012-02-03", "Zoë") == []


EXPERTS: dict[str, dict[str, object]] = {
    "a": {
        "naam": "Ängela",
        "expertise": ["EX-1", "EX-2"],
        "regio": "JZ01",
        "raamovereenkomst": "ja",
        "profiel": "rust",
    },
    "b": {"naam": "bert", "expertise": ["EX-2"], "regios": ["JZ01", "JZ02"], "raamovereenkomst": "nee"},
    "c": {"naam": "Cor", "domeinen": ["D-1"], "soort": "SE-ERV", "profiel_gecontroleerd": "2026-01-01"},
}


@pytest.fixture
def pool(add_expert: Callable[..., str]) -> dict[str, str]:
    return {add_expert(**values): name for name, values in EXPERTS.items()}


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (ExpertFilter(), "abc"),
        (ExpertFilter(expertise=("EX-2",)), "ab"),
        (ExpertFilter(expertise=("EX-1", "EX-2"), regios=("JZ02",)), "b"),
        (ExpertFilter(domeinen=("D-1",)), "c"),
        (ExpertFilter(soorten=("SE-ERV",)), "c"),
        (ExpertFilter(raamovereenkomst=True), "a"),
        (ExpertFilter(raamovereenkomst=False), "b"),
        (ExpertFilter(stale_before=date(2025, 6, 1)), "ab"),
        (ExpertFilter(text="rus"), "a"),
    ],
)
def test_filters_narrow_the_pool(store: EncryptedStore, pool: dict[str, str], wanted: ExpertFilter, names: str) -> None:
    with store.read() as reader:
        assert "".join(pool[row.entity] for row in reader.experts(wanted, Page())) == names
        assert reader.count_experts(wanted) == len(names)


@pytest.mark.parametrize("order", [field.name for field in fields(ExpertRow)])
def test_every_column_of_the_pool_orders_both_ways(store: EncryptedStore, pool: dict[str, str], order: str) -> None:
    with store.read() as reader:
        up = reader.experts(ExpertFilter(), Page(order=order))
        down = reader.experts(ExpertFilter(), Page(order=f"-{order}"))
    assert len(up) == 3
    assert list(reversed(down)) == list(up)


def test_an_expert_row_holds_what_matching_needs(store: EncryptedStore, add_expert: Callable[..., str]) -> None:
    entity = add_expert(
        naam="Ina Vos",
        landelijk_inzetbaar=False,
        talen=["Nederlands", "Tigrinya"],
        leeftijd_van=0,
        leeftijd_tot=18,
        beschikbaar_vanaf="2026-05-01",
        profiel="Kent\nautisme",
    )
    with store.read() as reader:
        row = reader.expert_row(entity)
        assert reader.expert_row("nee") is None
    assert row is not None
    assert (row.landelijk_inzetbaar, row.leeftijd_van, row.leeftijd_tot) == (False, 0, 18)
    assert (row.talen, row.beschikbaar_vanaf, row.profiel) == (
        ("Nederlands", "Tigrinya"),
        date(2026, 5, 1),
        "Kent\nautisme",
    )


def test_a_facet_counts_what_the_other_facets_leave(store: EncryptedStore, pool: dict[str, str]) -> None:
    with store.read() as reader:
        counts = reader.facets(ExpertFilter(expertise=("EX-1",)))
    assert counts == {
        "expertise": {"EX-1": 1, "EX-2": 2},
        "domeinen": {},
        "regio": {"JZ01": 1},
        "soort": {"SE-PARELTJE": 1},
        "beschikbaarheid": {},
        "raamovereenkomst": {"ja": 1},
    }


def test_a_row_follows_every_change(store: EncryptedStore, author: Author, add_expert: Callable[..., str]) -> None:
    entity = add_expert(naam="Ina", expertise=["EX-1"])
    with store.write(author) as writer:
        writer.write(
            Kind.EXPERT, entity, {("expertise", "EX-1"): None, ("expertise", "EX-2"): True, ("naam", ""): "Ine"}
        )
    with store.read() as reader:
        [row] = reader.experts(ExpertFilter(expertise=("EX-2",)), Page())
        assert (row.naam, row.expertise) == ("Ine", ("EX-2",))
        assert reader.facets(ExpertFilter())["expertise"] == {"EX-2": 1}
