"""A colleague's operations: folded by the same function as our own, in any order, and refused where they lie."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.domain.experts import Expert
from bren_desktop.domain.records import ContactMoment
from bren_desktop.oplog.operations import Author, Change, DecodingError, Dot, Operation
from bren_desktop.oplog.registers import top_values
from bren_desktop.services.ports import Clock
from bren_desktop.services.rows import CaseFilter, ExpertFilter, Page
from bren_desktop.storage.ids import id_text
from bren_desktop.storage.store import EncryptedStore
from tests.delivery import exchanged

COLLEAGUE = Author("p2", "Ali", "voorzitter")
DEVICE = b"colleague-device"
ENTITY, OTHER = id_text(bytes(16)), id_text(bytes([1] * 16))


@pytest.fixture
def space(store: EncryptedStore, author: Author, add_case: Callable[..., str]) -> str:
    """The id of the team's space."""
    entity = add_case(nummer="eerst")
    with store.read() as reader:
        return reader.history(entity, 1)[0].space


@pytest.fixture
def take(store: EncryptedStore, deliver: Callable[..., list[bool]]) -> Callable[..., list[bool]]:
    """Take in a colleague's operations; which of them were new."""
    return partial(deliver, store)


def made(space: str, counter: int, entity: str, *changes: Change, kind: str = "casus", clock: int = 5) -> Operation:
    return Operation(Dot(DEVICE, counter), clock, space, kind, entity, COLLEAGUE, changes)


def test_a_colleagues_change_shows_in_every_list_and_in_search(
    store: EncryptedStore, space: str, take: Callable[..., list[bool]]
) -> None:
    changes = (Change("nummer", "", "B-9"), Change("hulpvraag", "", "rust"), Change("knelpunten", "KP-WLZ", True))
    assert take(made(space, 1, ENTITY, *changes)) == [True]
    with store.read() as reader:
        assert [row.nummer for row in reader.cases(CaseFilter(knelpunten=("KP-WLZ",)), Page())] == ["B-9"]
        assert [hit.entity for hit in reader.search("rus", [Kind.CASE], 5)] == [ENTITY]
        assert reader.history(ENTITY, 5)[0].author == COLLEAGUE
    assert store.integrity() == []


def test_an_operation_that_came_before_is_ignored(
    store: EncryptedStore, space: str, take: Callable[..., list[bool]]
) -> None:
    first = made(space, 1, ENTITY, Change("nummer", "", "B-9"))
    assert take(first, first) == [True, False]
    before = store.state_hash()
    assert take(first) == [False]
    assert store.state_hash() == before
    with store.read() as reader:
        assert len(reader.history(ENTITY, 5)) == 1


def test_two_versions_are_kept_counted_and_settled(
    store: EncryptedStore, author: Author, space: str, take: Callable[..., list[bool]]
) -> None:
    entity = ENTITY
    with store.write(author) as writer:
        writer.write(Kind.CASE, entity, {("hulpvraag", ""): "onze tekst"})
    take(made(space, 1, entity, Change("hulpvraag", "", "hun tekst")))
    with store.read() as reader:
        row = reader.case_row(entity)
        assert row is not None
        assert row.conflicts == 1
        assert reader.count_cases(CaseFilter(needs_attention=True)) == 1
    with store.write(author) as writer:
        assert writer.write(Kind.CASE, entity, {("hulpvraag", ""): "onze tekst"})
        settled = writer.case_row(entity)
    assert settled is not None
    assert settled.conflicts == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"space": "another"},
        {"kind": "pareltje"},
        {"dot": Dot(DEVICE, 2)},
    ],
)
def test_what_cannot_be_right_is_refused_and_leaves_nothing(
    store: EncryptedStore, space: str, take: Callable[..., list[bool]], wrong: dict[str, object]
) -> None:
    before = store.state_hash()
    with pytest.raises(DecodingError):
        take(replace(made(space, 1, ENTITY, Change("nummer", "", "B-9")), **wrong))  # type: ignore[arg-type]
    assert store.state_hash() == before


HOSTILE = [
    None,
    7,
    -1,
    2**63 - 1,
    1.5,
    True,
    "",
    "2026-13-45",
    "x" * 100_000,
    b"\x00",
    ["a"],
    {"a": {"b": 1}},
    "\x00\u202e",
]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("place", ["", "k\n|;"], ids=["single", "keyed"])
def test_no_value_breaks_lists_or_search(
    store: EncryptedStore, space: str, take: Callable[..., list[bool]], value: object, place: str
) -> None:
    fields = (
        "nummer",
        "extern_id",
        "roepnaam",
        "geboortedatum",
        "leeftijd",
        "knelpunten",
        "geschiedenis",
        "nieuw_veld",
    )
    take(made(space, 1, ENTITY, *(Change(field, place, value) for field in fields)))
    with store.read() as reader:
        assert len(reader.cases(CaseFilter(), Page())) == 2
        reader.search("x", [Kind.CASE], 5)
    before = store.state_hash()
    store.rebuild()
    assert store.state_hash() == before
    assert store.integrity() == []


def test_a_kind_of_a_newer_version_is_kept_and_not_shown(
    store: EncryptedStore, space: str, take: Callable[..., list[bool]]
) -> None:
    take(
        made(space, 1, OTHER, Change("f", "", "v"), kind="nieuwsoort"),
        made(space, 2, ENTITY, Change("nummer", "", "B")),
    )
    with store.read() as reader:
        assert [operation.kind for operation in reader.history(OTHER, 5)] == ["nieuwsoort"]
        assert reader.count_cases(CaseFilter()) == 2
    assert store.integrity() == []


def test_a_clock_from_the_future_does_not_move_ours(
    store: EncryptedStore, space: str, take: Callable[..., list[bool]], add_case: Callable[..., str]
) -> None:
    take(made(space, 1, ENTITY, Change("nummer", "", "B"), clock=2**63 - 1))
    mine = add_case(nummer="later")
    with store.read() as reader:
        assert reader.history(mine, 1)[0].clock < 2**62


def test_a_replaced_value_is_not_awaited_for_ever(
    store: EncryptedStore, author: Author, space: str, take: Callable[..., list[bool]]
) -> None:
    entity = ENTITY
    for text in ("een", "twee"):
        with store.write(author) as writer:
            writer.write(Kind.CASE, entity, {("hulpvraag", ""): text})
    with store.read() as reader:
        oldest = reader.history(entity, 5)[-1].dot
    take(made(space, 1, entity, Change("hulpvraag", "", "drie", (oldest,))))
    with store.read() as reader:
        assert reader.registers(Kind.CASE, entity)["hulpvraag", ""].awaited == frozenset()


@pytest.fixture
def twins(tmp_path: Path, key: bytes, clock: Clock) -> Iterator[tuple[EncryptedStore, EncryptedStore]]:
    """Two laptops in the same two spaces."""
    stores = []
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
        stores.append(EncryptedStore.create(tmp_path / name, key, clock=clock))
    with stores[0].look() as first, stores[1].sync() as second:
        for own in second.spaces():
            second.drop_space(own.id)
        for space in first.spaces():
            second.put_space(replace(space, device=bytes(reversed(space.device))))
    yield stores[0], stores[1]
    for store in stores:
        store.close()


@pytest.mark.parametrize("seed", range(5))
def test_laptops_that_exchange_everything_agree(
    twins: tuple[EncryptedStore, EncryptedStore], author: Author, seed: int
) -> None:
    chance = random.Random(seed)
    for round_number in range(6):
        for store in twins:
            work(store, author, chance, round_number)
        if chance.random() < 0.5:
            exchange(*twins)
    exchange(*twins)
    assert twins[0].state_hash() == twins[1].state_hash()
    with twins[0].read() as left, twins[1].read() as right:
        assert left.cases(CaseFilter(), Page(order="nummer")) == right.cases(CaseFilter(), Page(order="nummer"))
        assert left.experts(ExpertFilter(), Page(order="id")) == right.experts(ExpertFilter(), Page(order="id"))
        assert left.facets(ExpertFilter()) == right.facets(ExpertFilter())
    for store in twins:
        assert store.integrity() == []


def work(store: EncryptedStore, author: Author, chance: random.Random, number: int) -> None:
    """What one laptop does between two exchanges: imports that meet, edits that collide."""
    with store.write(author) as writer:
        expert = store.entity_for(Kind.EXPERT, f"e{chance.randrange(3)}")
        writer.write(Kind.EXPERT, expert, flatten(Expert(naam=f"N{number}", expertise=(f"EX-{chance.randrange(3)}",))))
        case = store.entity_for(Kind.CASE, f"c{chance.randrange(3)}")
        tag = ("knelpunten", f"KP-{chance.randrange(2)}")
        writer.write(Kind.CASE, case, {("nummer", ""): case, tag: chance.choice([True, None])})
        contact = ContactMoment(casus=case, tekst=str(chance.random()))
        writer.write(Kind.CONTACT, store.new_entity(), flatten(contact))


def exchange(one: EncryptedStore, other: EncryptedStore) -> None:
    """Each takes what the other wrote, in the order in which it was written."""
    exchanged(one, other)
    exchanged(other, one)


def test_values_that_merge_into_what_no_model_accepts_still_show(
    store: EncryptedStore, author: Author, take: Callable[..., list[bool]], add_expert: Callable[..., str]
) -> None:
    entity = add_expert(naam="Ina", leeftijd_van=5, leeftijd_tot=10)
    with store.read() as reader:
        network = reader.history(entity, 1)[0].space
    take(made(network, 1, entity, Change("leeftijd_van", "", 15), kind="pareltje", clock=2**62))
    with store.read() as reader:
        row = reader.expert_row(entity)
        assert row is not None
        assert (row.leeftijd_van, row.leeftijd_tot) in {(15, 10), (5, 10)}
        assert top_values(reader.registers(Kind.EXPERT, entity))["leeftijd_tot", ""] == 10
