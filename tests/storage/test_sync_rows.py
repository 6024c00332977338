"""What sync may rely on, method by method, through a real store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bren_desktop.crypto.parcels import case_key_id
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import ErasedCaseError
from bren_desktop.oplog.operations import Author, Change, DecodingError, Dot, Operation
from bren_desktop.services.rows import CaseFilter, Page
from bren_desktop.services.sync_ports import (
    CaseKey,
    Held,
    HeldSpace,
    Link,
    Parcel,
    SpaceKind,
    Standing,
    SyncRows,
    SyncStore,
)
from bren_desktop.storage.ids import id_bytes, id_text
from bren_desktop.storage.store import EncryptedStore
from tests.delivery import closed, delivered, opened

ALI = Author("p2", "Ali", "voorzitter")
DEVICE = b"colleague-device"
ENTITY, OTHER = id_text(bytes(16)), id_text(bytes([1] * 16))
DIGEST = bytes(32)
MUCH = 2**24


def as_port(store: EncryptedStore) -> SyncStore:
    """Let mypy check that the store satisfies its protocol."""
    return store


def team(store: EncryptedStore) -> HeldSpace:
    with store.look() as rows:
        return next(space for space in rows.spaces() if space.kind is SpaceKind.TEAM and space.home)


def network(store: EncryptedStore) -> HeldSpace:
    with store.look() as rows:
        return next(space for space in rows.spaces() if space.kind is SpaceKind.NETWORK)


def theirs(space: str, counter: int, entity: str, *changes: Change, kind: str = "casus") -> Operation:
    return Operation(Dot(DEVICE, counter), 5 + counter, space, kind, entity, ALI, changes)


def sealed_up_to(rows: SyncRows, space: HeldSpace, counter: int) -> None:
    """Note that our own operations up to `counter` lie in a segment."""
    seq = len(rows.links(space.id, space.device)) + 1
    rows.add_link(space.id, space.device, Link(seq, DIGEST, counter))


# spaces


def test_a_new_profile_stands_alone_in_two_spaces(store: EncryptedStore) -> None:
    with as_port(store).look() as rows:
        found = rows.spaces()
    assert [(space.kind, space.standing, space.home, space.name) for space in found] == [
        (SpaceKind.NETWORK, Standing.ALONE, True, ""),
        (SpaceKind.TEAM, Standing.ALONE, True, ""),
    ]


def test_a_space_is_kept_and_replaced(store: EncryptedStore) -> None:
    before = team(store)
    kept = replace(
        before,
        name="HGL",
        standing=Standing.MEMBER,
        network=bytes([1] * 16),
        founding=bytes([2] * 32),
        sign_seed=bytes([3] * 32),
        box_seed=bytes([4] * 32),
        device=bytes([5] * 16),
        home=False,
    )
    with store.sync() as rows:
        rows.put_space(kept)
        assert kept in rows.spaces()
    with store.look() as rows:
        assert [space for space in rows.spaces() if space.id == before.id] == [kept]


def test_the_last_home_is_home_and_external_ids_follow_it(store: EncryptedStore, author: Author) -> None:
    first, second = team(store), HeldSpace(OTHER, SpaceKind.TEAM, "HOL", bytes([6] * 16), bytes(32))
    in_first = store.entity_for(Kind.CASE, "7")
    with store.sync() as rows:
        rows.put_space(second)
        assert rows.entity_for(first.id, Kind.CASE, "7") == in_first
    in_second = store.entity_for(Kind.CASE, "7")
    assert in_second != in_first
    with store.write(author) as writer:
        writer.write(Kind.CASE, in_second, {("nummer", ""): "1"})
    with store.sync() as rows:
        assert rows.space_of(Kind.CASE, in_second) == second.id
        assert rows.space_of(Kind.CASE, in_first) is None
        assert rows.entities_in({second.id}, Kind.CASE) == [in_second]
        assert rows.entities_in({first.id}, Kind.CASE) == rows.entities_in({second.id}, Kind.EXPERT) == []
        assert rows.count_unsealed(second.id) == 1
        assert [space.home for space in rows.spaces() if space.kind is SpaceKind.TEAM] == [False, True]


def test_what_exists_stays_in_its_space_and_children_follow_their_case(store: EncryptedStore, author: Author) -> None:
    first, case, child = team(store), store.new_entity(), store.new_entity()
    with store.write(author) as writer:
        writer.write(Kind.CASE, case, {("nummer", ""): "1"})
    with store.sync() as rows:
        rows.put_space(HeldSpace(OTHER, SpaceKind.TEAM, "HOL", bytes([6] * 16), bytes(32)))
    with store.write(author) as writer:
        writer.write(Kind.CASE, case, {("nummer", ""): "2"})
        writer.write(Kind.CONTACT, child, {("casus", ""): case, ("tekst", ""): "gebeld"})
        writer.write(Kind.CONTACT, child, {("tekst", ""): "nog eens"})
    with store.look() as rows:
        assert {rows.space_of(Kind.CASE, case), rows.space_of(Kind.CONTACT, child)} == {first.id}
        assert {parcel.subject for parcel in rows.unsealed(first.id, MUCH)} == {id_bytes(case)}
    with store.read() as reader:
        assert [row.entity for row in reader.cases(CaseFilter(), Page())] == [case]


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        (Kind.EXPERT, False),
        (Kind.PERSON, False),
        (Kind.ORGANISATION, False),
        (Kind.TEAM, False),
        (Kind.CASE, True),
        (Kind.CONTACT, True),
        (Kind.CONSENT, True),
        (Kind.DOCUMENT, True),
        (Kind.CONSULT, True),
    ],
)
def test_every_kind_has_the_subject_of_its_case(store: EncryptedStore, author: Author, kind: Kind, about: bool) -> None:
    case = store.new_entity()
    entity = case if kind is Kind.CASE else store.new_entity()
    with store.write(author) as writer:
        writer.write(kind, entity, {("casus", ""): case})
    space = team(store) if about or kind is Kind.TEAM else network(store)
    with store.look() as rows:
        [parcel] = rows.unsealed(space.id, MUCH)
        assert opened(parcel, space, rows)[0].entity == entity
    assert parcel.subject == (id_bytes(case) if about else b"")
    assert parcel.body[0] == int(about)


def test_a_consult_without_a_case_is_about_none(store: EncryptedStore, author: Author) -> None:
    with store.write(author) as writer:
        writer.write(Kind.CONSULT, store.new_entity(), {("minuten", ""): 30})
    with store.look() as rows:
        assert [parcel.subject for parcel in rows.unsealed(team(store).id, MUCH)] == [b""]


def test_no_name_but_an_id_is_written(store: EncryptedStore, author: Author) -> None:
    for wrong in ("", "casus", ENTITY.upper(), ENTITY + "a", ENTITY[:-1] + "b"):
        with pytest.raises(ValueError, match="id"), store.write(author) as writer:
            writer.write(Kind.CASE, wrong, {("nummer", ""): "1"})


def test_a_dropped_space_leaves_nothing(store: EncryptedStore, author: Author) -> None:
    held, case, expert = team(store), store.new_entity(), store.new_entity()
    with store.write(author) as writer:
        writer.write(Kind.CASE, case, {("hulpvraag", ""): "weg ermee"})
        writer.write(Kind.EXPERT, expert, {("naam", ""): "Ina"})
        writer.put_draft(f"casus:{case}", "{}")
    with store.sync() as rows:
        rows.put_epoch_key(held.id, bytes(16), bytes(32))
        sealed_up_to(rows, held, 1)
        rows.hold(Held(held.id, "x", 0, "late", DEVICE, 1, 1))
        rows.drop_space(held.id)
        rows.drop_space(held.id)
        assert rows.changes.touched == {("casus", case)}
        assert rows.held() == []
    with store.look() as rows:
        assert [space.kind for space in rows.spaces()] == [SpaceKind.NETWORK]
        with pytest.raises(DecodingError):
            rows.chains(held.id)
    with store.read() as reader:
        assert reader.cases(CaseFilter(), Page()) == []
        assert reader.search("weg", list(Kind), 5) == []
        assert reader.history(case, 5) == []
        assert reader.drafts() == []
        assert reader.exists(Kind.EXPERT, expert)
    assert store.integrity() == []


# keys


def test_epoch_keys_are_kept_per_space_once(store: EncryptedStore) -> None:
    with store.sync() as rows:
        rows.put_epoch_key(team(store).id, bytes(16), b"a" * 32)
        rows.put_epoch_key(team(store).id, bytes(16), b"b" * 32)
        assert rows.epoch_keys(team(store).id) == {bytes(16): b"a" * 32}
        assert rows.epoch_keys(network(store).id) == {}


def test_a_case_has_one_key_of_ours_until_a_bundle_holds_it(store: EncryptedStore, author: Author) -> None:
    held, case = team(store), store.new_entity()
    for text in ("een", "twee"):
        with store.write(author) as writer:
            writer.write(Kind.CASE, case, {("hulpvraag", ""): text})
    with store.sync() as rows:
        [key] = rows.case_keys_to_share(held.id)
        assert key.subject == id_bytes(case)
        assert key.id == case_key_id(key.key, id_bytes(held.id), key.subject)
        assert rows.case_key(key.id) == key
        rows.put_case_keys(held.id, [key])
        assert rows.case_keys_to_share(held.id) == []
        assert rows.case_key(bytes(16)) is None
        assert rows.case_keys([bytes(16), key.id]) == {key.id: key}


def test_only_the_keys_that_a_bundle_holds_are_shared(store: EncryptedStore, author: Author) -> None:
    held = team(store)
    with store.write(author) as writer:
        for number in range(3):
            writer.write(Kind.CASE, store.new_entity(), {("hulpvraag", ""): str(number)})
    with store.sync() as rows:
        first, *rest = rows.case_keys_to_share(held.id)
        rows.mark_case_keys_shared([])
        rows.mark_case_keys_shared([first])
    with store.sync() as rows:
        assert rows.case_keys_to_share(held.id) == rest
        assert rows.shared_case_keys(held.id) == [first]
        rows.mark_case_keys_shared([first, *rest])
    with store.look() as rows:
        assert rows.case_keys_to_share(held.id) == []
        assert rows.shared_case_keys(held.id) == sorted([first, *rest], key=lambda key: key.id)


def test_the_key_of_a_colleague_is_used_for_the_same_case(store: EncryptedStore, author: Author) -> None:
    held = team(store)
    delivered(store, theirs(held.id, 1, ENTITY, Change("nummer", "", "B")))
    with store.write(author) as writer:
        writer.write(Kind.CASE, ENTITY, {("nummer", ""): "C"})
    with store.look() as rows:
        assert rows.case_keys_to_share(held.id) == []


# chains


def test_a_chain_grows_link_by_link(store: EncryptedStore) -> None:
    held = team(store)
    links = [Link(1, b"a" * 32, 0, (b"h" * 32,), "voorzitter"), Link(2, b"b" * 32, 1, (b"h" * 32, b"i" * 32), "lezer")]
    with store.sync() as rows:
        rows.add_link(held.id, DEVICE, links[0])
        assert rows.take(*_parcel(rows, theirs(held.id, 1, ENTITY, Change("nummer", "", "B"))))
        rows.add_link(held.id, DEVICE, links[1])
    with store.look() as rows:
        assert rows.links(held.id, DEVICE) == links
        assert rows.link(held.id, DEVICE, 1) == links[0]
        assert rows.link(held.id, DEVICE, 3) is None
        assert rows.chains(held.id) == {DEVICE: links[1]}
        assert rows.links(network(store).id, DEVICE) == []


def _parcel(rows: SyncRows, operation: Operation) -> tuple[Operation, Parcel, tuple[()]]:
    return operation, closed(rows, operation), ()


@pytest.mark.parametrize("wrong", [Link(2, DIGEST, 1), Link(1, DIGEST, 0), Link(1, DIGEST, 2)])
def test_a_link_that_does_not_go_on_is_no_link(store: EncryptedStore, wrong: Link) -> None:
    held = team(store)
    delivered(store, theirs(held.id, 1, ENTITY, Change("nummer", "", "B")))
    with pytest.raises(ValueError, match="go on"), store.sync() as rows:
        rows.add_link(held.id, DEVICE, wrong)


# our own operations


def test_our_own_leave_in_order_and_in_portions(store: EncryptedStore, author: Author) -> None:
    held = team(store)
    for number in range(5):
        with store.write(author) as writer:
            writer.write(Kind.CASE, store.new_entity(), {("nummer", ""): str(number)})
    with store.sync() as rows:
        everything = rows.unsealed(held.id, MUCH)
        assert [parcel.counter for parcel in everything] == [1, 2, 3, 4, 5]
        assert rows.unsealed(held.id, 1) == everything[:1]
        assert rows.unsealed(held.id, sum(len(parcel.body) for parcel in everything[:3])) == everything[:3]
        assert rows.count_unsealed(held.id) == 5
        sealed_up_to(rows, held, 2)
        assert rows.unsealed(held.id, MUCH) == everything[2:]
        assert rows.count_unsealed(held.id) == 3
        sealed_up_to(rows, held, 5)
        assert rows.unsealed(held.id, MUCH) == []


def test_an_operation_lies_in_the_store_as_it_travels(store: EncryptedStore, author: Author) -> None:
    held, case = team(store), store.new_entity()
    with store.write(author) as writer:
        writer.write(Kind.CASE, case, {("hulpvraag", ""): "rust"})
    with store.look() as rows:
        [parcel] = rows.unsealed(held.id, MUCH)
        operation = opened(parcel, held, rows)[0]
    with store.read() as reader:
        assert reader.history(case, 5) == [operation]
        bodies = reader._sql.exec_driver_sql("SELECT body, subject FROM op").fetchall()  # type: ignore[attr-defined]
    assert [tuple(row) for row in bodies] == [(parcel.body, parcel.subject)]


def test_a_colleagues_parcel_is_kept_as_it_came(store: EncryptedStore) -> None:
    held = team(store)
    with store.sync() as rows:
        _, parcel, _ = _parcel(rows, operation := theirs(held.id, 1, ENTITY, Change("nummer", "", "B")))
        rows.take(operation, parcel, ())
    with store.read() as reader:
        assert reader._sql.exec_driver_sql("SELECT body FROM op").scalar() == parcel.body  # type: ignore[attr-defined]
        assert reader.history(ENTITY, 5) == [operation]


def test_nothing_is_kept_of_a_block_that_fails(store: EncryptedStore) -> None:
    held, before = team(store), store.state_hash()

    def fail() -> None:
        with store.sync() as rows:
            rows.take(*_parcel(rows, theirs(held.id, 1, ENTITY, Change("nummer", "", "B"))))
            rows.add_link(held.id, DEVICE, Link(1, DIGEST, 1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.look() as rows:
        assert rows.chains(held.id) == {}
    assert store.state_hash() == before


# what cannot be right


@pytest.mark.parametrize(
    "wrong",
    [
        {"space": OTHER},
        {"kind": "pareltje"},
        {"dot": Dot(DEVICE, 2)},
        {"entity": "geen id"},
        {"entity": OTHER},
        {"kind": "team"},
    ],
)
def test_an_operation_that_is_not_what_its_parcel_says_is_refused(
    store: EncryptedStore, wrong: dict[str, object]
) -> None:
    held, before = team(store), store.state_hash()
    right = theirs(held.id, 1, ENTITY, Change("nummer", "", "B"))
    with pytest.raises(DecodingError), store.sync() as rows:
        rows.take(replace(right, **wrong), closed(rows, right), ())  # type: ignore[arg-type]
    assert store.state_hash() == before


def test_a_parcel_under_a_key_that_is_not_of_its_case_is_refused(store: EncryptedStore) -> None:
    held = team(store)
    right = theirs(held.id, 1, ENTITY, Change("nummer", "", "B"))
    other = theirs(held.id, 1, OTHER, Change("nummer", "", "B"))
    with store.sync() as rows:
        ours, of_other = closed(rows, right), closed(rows, other)
        wrong = [
            of_other._replace(subject=ours.subject),
            ours._replace(subject=b""),
            ours._replace(counter=2),
            ours._replace(body=b""),
            ours._replace(body=b"\x01" + bytes(60)),
            ours._replace(body=b"\x02"),
        ]
        for parcel in wrong:
            with pytest.raises(DecodingError):
                rows.take(right, parcel, ())
        assert rows.take(right, ours, ())


def test_a_record_stays_about_its_case(store: EncryptedStore) -> None:
    held, child = team(store), id_text(bytes([9] * 16))
    first = theirs(held.id, 1, child, Change("casus", "", ENTITY), kind="contactmoment")
    moved = theirs(held.id, 2, child, Change("casus", "", OTHER), kind="contactmoment")
    delivered(store, first)
    with pytest.raises(DecodingError):
        delivered(store, moved)


def test_a_record_stays_in_its_space(store: EncryptedStore) -> None:
    held = team(store)
    delivered(store, theirs(held.id, 1, ENTITY, Change("nummer", "", "B")))
    with store.sync() as rows:
        rows.put_space(HeldSpace(OTHER, SpaceKind.TEAM, "HOL", bytes([6] * 16), bytes(32)))
    with pytest.raises(DecodingError):
        delivered(store, theirs(OTHER, 1, ENTITY, Change("nummer", "", "C")))
    with pytest.raises(ValueError, match="another space"), store.sync() as rows:
        rows.write_in(OTHER, ALI, Kind.CASE, ENTITY, {("nummer", ""): "D"})


def test_numbers_are_skipped_one_by_one(store: EncryptedStore) -> None:
    held = team(store)
    with store.sync() as rows:
        rows.skip(held.id, DEVICE, 1)
        rows.skip(held.id, DEVICE, 1)
        with pytest.raises(DecodingError):
            rows.skip(held.id, DEVICE, 3)
        with pytest.raises(DecodingError):
            rows.skip(OTHER, DEVICE, 1)
        assert rows.take(*_parcel(rows, theirs(held.id, 2, ENTITY, Change("nummer", "", "B"))))
    assert store.integrity() == []


# what replaces what


def test_a_replacement_that_does_not_count_leaves_both_versions(store: EncryptedStore, author: Author) -> None:
    held = team(store)
    with store.write(author) as writer:
        writer.write(Kind.CASE, ENTITY, {("hulpvraag", ""): "onze"})
    ours = Dot(held.device, 1)
    with store.sync() as rows:
        operation = theirs(held.id, 1, ENTITY, Change("hulpvraag", "", "hun", (ours,)))
        rows.take(operation, closed(rows, operation), (), uncounted=[ours])
        assert rows.writer(ALI).conflicted(Kind.CASE) == [ENTITY]
    before = store.state_hash()
    store.rebuild()
    assert store.state_hash() == before
    assert store.integrity() == []
    with store.read() as reader:
        assert reader.history(ENTITY, 9)[1].changes[0].replaces == (ours,)


def test_nobody_replaces_what_they_have_yet_to_write(store: EncryptedStore) -> None:
    held = team(store)
    later = Dot(DEVICE, 2)
    delivered(
        store,
        theirs(held.id, 1, ENTITY, Change("hulpvraag", "", "een", (Dot(DEVICE, 1), later))),
        theirs(held.id, 2, ENTITY, Change("wensen", "", "twee")),
        theirs(held.id, 3, ENTITY, Change("hulpvraag", "", "drie")),
    )
    with store.read() as reader:
        register = reader.registers(Kind.CASE, ENTITY)["hulpvraag", ""]
        assert {version.value for version in register.versions} == {"een", "drie"}
    assert store.integrity() == []


def test_what_we_replaced_and_was_taken_back_counts_only_when_seen_at_sealing(
    store: EncryptedStore, author: Author
) -> None:
    held = team(store)
    taken = theirs(held.id, 1, ENTITY, Change("hulpvraag", "", "hun"))
    with store.sync() as rows:
        rows.take(*_parcel(rows, taken))
        rows.add_link(held.id, DEVICE, Link(1, DIGEST, 1))
    with store.write(author) as writer:
        writer.write(Kind.CASE, ENTITY, {("hulpvraag", ""): "onze"})
    for sealed in (False, True):
        with store.sync() as rows:
            assert rows.take_back(held.id, DEVICE, 0) == [taken]
            if sealed:
                sealed_up_to(rows, held, 1)
            assert rows.take(*_parcel(rows, taken))
            rows.add_link(held.id, DEVICE, Link(1, DIGEST, 1))
        with store.read() as reader:
            values = {version.value for version in reader.registers(Kind.CASE, ENTITY)["hulpvraag", ""].versions}
        assert values == ({"onze", "hun"} if sealed else {"onze"})
        assert store.integrity() == []


# taking back our own


def test_our_own_are_taken_back_and_issued_again_under_another_name(store: EncryptedStore, author: Author) -> None:
    held, case = team(store), store.new_entity()
    for text in ("een", "twee", "drie"):
        with store.write(author) as writer:
            writer.write(Kind.CASE, case, {("hulpvraag", ""): text})
    with store.sync() as rows:
        sealed_up_to(rows, held, 1)
    with store.sync() as rows:
        undone = rows.take_back(held.id, held.device, 1)
        assert [operation.dot.counter for operation in undone] == [2, 3]
        assert _wish(rows, case) == {"een"}
        rows.put_space(replace(held, device=b"device-of-today!"))
        rows.reissue([replace(operation, author=ALI) for operation in undone])
        assert _wish(rows, case) == {"drie"}
        parcels = rows.unsealed(held.id, MUCH)
        again = [opened(parcel, replace(held, device=b"device-of-today!"), rows)[0] for parcel in parcels]
    assert [operation.dot for operation in again] == [Dot(b"device-of-today!", 1), Dot(b"device-of-today!", 2)]
    assert [operation.changes[0].replaces for operation in again] == [
        (Dot(held.device, 1),),
        (Dot(b"device-of-today!", 1),),
    ]
    assert [operation.clock for operation in again] == [operation.clock for operation in undone]
    assert {operation.author for operation in again} == {ALI}
    assert store.integrity() == []


def _wish(rows: SyncRows, case: str) -> set[object]:
    register = rows.writer(ALI).registers(Kind.CASE, case)["hulpvraag", ""]
    return {version.value for version in register.versions}


def test_what_cannot_be_right_is_not_issued_again_and_takes_no_place(store: EncryptedStore) -> None:
    held = team(store)
    wrong = theirs(held.id, 1, ENTITY, Change("naam", "", "x"), kind="pareltje")
    right = theirs(held.id, 2, ENTITY, Change("hulpvraag", "", "een"))
    after = theirs(held.id, 3, ENTITY, Change("hulpvraag", "", "twee", (wrong.dot,)))
    ahead = replace(theirs(held.id, 4, OTHER, Change("nummer", "", "1")), clock=2**63 - 1)
    unnamed = replace(right, entity="geen id")
    with store.sync() as rows:
        rows.reissue([wrong, right, after, unnamed, ahead])
        assert _wish(rows, ENTITY) == {"een", "twee"}
        assert rows.count_unsealed(held.id) == 3
        assert rows.clock() < 2**62


def test_numbers_taken_back_before_sealing_are_used_again(store: EncryptedStore, author: Author) -> None:
    held = team(store)
    with store.write(author) as writer:
        writer.write(Kind.CASE, ENTITY, {("hulpvraag", ""): "een"})
    before = store.state_hash()
    with store.sync() as rows:
        rows.reissue(rows.take_back(held.id, held.device, 0))
        assert [parcel.counter for parcel in rows.unsealed(held.id, MUCH)] == [1]
    assert store.state_hash() == before
    assert store.integrity() == []


# erasing


@pytest.fixture
def erased(store: EncryptedStore, author: Author) -> str:
    """A case, with all that hangs below it, that was erased; another one is left."""
    case = store.new_entity()
    with store.write(author) as writer:
        for entity, text in ((case, "geheim"), (store.new_entity(), "blijft")):
            writer.write(Kind.CASE, entity, {("hulpvraag", ""): text})
            writer.write(Kind.CONTACT, store.new_entity(), {("casus", ""): entity, ("tekst", ""): text})
            pdf = writer.put_attachment(text.encode())
            writer.write(Kind.DOCUMENT, store.new_entity(), {("casus", ""): entity, ("pdf", ""): pdf})
    with store.sync() as rows:
        rows.erase(id_bytes(case))
        assert ("casus", case) in rows.changes.touched
    return case


def test_an_erased_case_is_gone_and_stays_gone(store: EncryptedStore, author: Author, erased: str) -> None:
    held = team(store)
    with store.read() as reader:
        assert reader.search("geheim", list(Kind), 5) == []
        assert reader.history(erased, 9) == []
        assert reader.is_erased(erased)
        assert [row.entity for row in reader.cases(CaseFilter(), Page())] != [erased]
        assert [len(reader.entities(kind)) for kind in (Kind.CASE, Kind.CONTACT, Kind.DOCUMENT)] == [1, 1, 1]
    for values in ({("nummer", ""): "1"},):
        with pytest.raises(ErasedCaseError), store.write(author) as writer:
            writer.write(Kind.CASE, erased, values)
    with pytest.raises(ErasedCaseError), store.write(author) as writer:
        writer.write(Kind.CONTACT, store.new_entity(), {("casus", ""): erased})
    with store.sync() as rows:
        assert rows.erased() == {id_bytes(erased)}
        key = CaseKey(id_bytes(erased), bytes(16), bytes(32))
        rows.put_case_keys(held.id, [key])
        assert rows.case_key(key.id) is None
        late = theirs(held.id, 1, erased, Change("nummer", "", "B"))
        assert rows.take(late, closed(rows, late), ())
        assert not rows.take(late, closed(rows, late), ())
        assert {found.subject for found in rows.case_keys_to_share(held.id)}.isdisjoint(rows.erased())
    assert store.integrity() == []


def test_numbers_that_an_erased_case_took_leave_empty(store: EncryptedStore, erased: str) -> None:
    held = team(store)
    with store.sync() as rows:
        parcels = rows.unsealed(held.id, MUCH)
        assert [parcel.counter for parcel in parcels] == [1, 2, 3, 4, 5, 6]
        assert [(parcel.subject, parcel.body) for parcel in parcels[:3]] == [(id_bytes(erased), b"")] * 3
        assert all(parcel.body for parcel in parcels[3:])
        sealed_up_to(rows, held, 2)
        assert [parcel.counter for parcel in rows.unsealed(held.id, 1)] == [3]


def test_attachments_go_with_the_case_that_alone_names_them(store: EncryptedStore, author: Author) -> None:
    case, other = store.new_entity(), store.new_entity()
    with store.write(author) as writer:
        shared, alone = writer.put_attachment(b"beide"), writer.put_attachment(b"alleen")
        for entity, pdf in ((case, shared), (other, shared), (case, alone)):
            writer.write(Kind.DOCUMENT, store.new_entity(), {("casus", ""): entity, ("pdf", ""): pdf})
    with store.sync() as rows:
        rows.erase(id_bytes(case))
        assert len(rows.blobs_to_share(team(store).id)) == 1
    with store.read() as reader:
        assert reader.attachment(shared) == b"beide"
        assert reader.attachment(alone) is None


def test_an_erasure_in_one_space_leaves_what_lies_in_another(store: EncryptedStore, author: Author) -> None:
    first, second = team(store), HeldSpace(OTHER, SpaceKind.TEAM, "HOL", bytes([6] * 16), bytes(32), home=False)
    case = store.new_entity()
    subject = id_bytes(case)
    with store.write(author) as writer:
        writer.write(Kind.CASE, case, {("hulpvraag", ""): "blijft"})
        writer.put_draft(f"casus:{case}", "{}")
    with store.sync() as rows:
        rows.put_space(second)
    for space in (second, network(store)):
        planted = CaseKey(subject, id_bytes(space.id), bytes(32))
        with store.sync() as rows:
            rows.erase(subject, space.id)
            rows.put_case_keys(space.id, [planted])
            rows.erase(subject, space.id)
            assert rows.erased() == frozenset()
            assert rows.lying(space.id, [subject]) == frozenset()
            assert rows.lying(first.id, [subject, bytes(16)]) == {subject}
    with store.read() as reader:
        assert len(reader.drafts()) == 1
        assert reader.entities(Kind.CASE) == [case]
    with store.sync() as rows:
        rows.erase(subject, first.id)
        assert rows.erased() == {subject}
        assert [parcel.body for parcel in rows.unsealed(first.id, MUCH)] == [b""]
    with store.read() as reader:
        assert (reader.entities(Kind.CASE), reader.drafts()) == ([], [])


def test_a_case_that_lies_nowhere_is_not_barred_by_a_space(store: EncryptedStore) -> None:
    with store.sync() as rows:
        rows.erase(bytes(16), team(store).id)
        assert rows.erased() == frozenset()
        rows.erase(bytes(16))
        assert rows.erased() == {bytes(16)}


# attachments


def test_an_attachment_travels_to_a_colleague(store: EncryptedStore, author: Author, second: EncryptedStore) -> None:
    held, case = team(store), store.new_entity()
    with store.write(author) as writer:
        pdf = writer.put_attachment(b"%PDF brief")
        writer.write(Kind.DOCUMENT, store.new_entity(), {("casus", ""): case, ("pdf", ""): pdf})
    with store.sync() as rows, second.sync() as theirs_rows:
        theirs_rows.put_space(replace(held, device=DEVICE))
        theirs_rows.put_case_keys(held.id, rows.case_keys_to_share(held.id))
        [(ref, file)] = rows.blobs_to_share(held.id)
        assert rows.blobs_to_share(held.id) == [(ref, file)]
        [parcel] = rows.unsealed(held.id, MUCH)
        operation, _, refs = opened(parcel, held, rows)
        assert refs == (ref,)
        theirs_rows.take(operation, parcel, refs)
        assert theirs_rows.blobs_wanted(held.id) == [ref]
        for wrong in (file[:-1], file + b"\0", b"", bytes(len(file))):
            with pytest.raises(DecodingError):
                theirs_rows.put_blob(held.id, ref, wrong)
        theirs_rows.put_blob(held.id, ref, file)
        assert theirs_rows.blobs_wanted(held.id) == []
        assert theirs_rows.blobs_to_share(held.id) == []
        rows.mark_blob_shared(ref.blob)
        assert rows.blobs_to_share(held.id) == []
    with second.read() as reader:
        assert reader.attachment(pdf) == b"%PDF brief"


def test_a_lie_about_an_attachment_stands_in_nobodys_way(
    store: EncryptedStore, author: Author, second: EncryptedStore
) -> None:
    held, case = team(store), store.new_entity()
    with store.write(author) as writer:
        pdf = writer.put_attachment(b"%PDF brief")
        writer.write(Kind.DOCUMENT, store.new_entity(), {("casus", ""): case, ("pdf", ""): pdf})
    with store.sync() as rows, second.sync() as theirs_rows:
        theirs_rows.put_space(replace(held, device=b"d" * 16))
        theirs_rows.put_case_keys(held.id, rows.case_keys_to_share(held.id))
        [(ref, file)] = rows.blobs_to_share(held.id)
        [parcel] = rows.unsealed(held.id, MUCH)
        lie = theirs(held.id, 1, case, Change("nummer", "", "B"))
        theirs_rows.take(lie, closed(theirs_rows, lie), [ref._replace(key=bytes(32)), ref._replace(blob=bytes(32))])
        theirs_rows.take(opened(parcel, held, rows)[0], parcel, [ref])
        assert ref in theirs_rows.blobs_wanted(held.id)
        theirs_rows.put_blob(held.id, ref, file)
        theirs_rows.writer(ALI).write(Kind.DOCUMENT, store.new_entity(), {("casus", ""): case, ("pdf", ""): pdf})
        [(ours, _)] = theirs_rows.blobs_to_share(held.id)
        assert (ours.digest, ours.blob != bytes(32)) == (ref.digest, True)


# the rest


def test_what_is_held_is_replaced_and_released(store: EncryptedStore) -> None:
    first = Held("s", "log/a", 0, "gap", DEVICE, 10, 1)
    second = Held("s", "log/a", 3, "no-right", DEVICE, 10, 1, b"bytes")
    with store.sync() as rows:
        rows.hold(second)
        rows.hold(first)
        rows.hold(first._replace(reason="late"))
    with store.sync() as rows:
        assert rows.held() == [first._replace(reason="late"), second]
        rows.release("s", "log/a")
        assert rows.held() == [second]
        rows.release("s", "log/a", 3)
        assert rows.held() == []


def test_settings_of_sync_are_kept(store: EncryptedStore) -> None:
    with store.sync() as rows:
        rows.set_local("a", "b")
        rows.set_local("a", "c")
        assert rows.local("a") == "c"
    with store.look() as rows:
        assert rows.local("a") == "c"
        assert rows.local("b") is None


def test_states_are_told_per_space_and_together(store: EncryptedStore, author: Author) -> None:
    held, before = team(store), store.state_hashes()
    with store.write(author) as writer:
        writer.write(Kind.CASE, ENTITY, {("nummer", ""): "1"})
    after = store.state_hashes()
    with store.look() as rows:
        assert rows.state(held.id).hex() == after[held.id]
    assert {space for space in after if after[space] != before[space]} == {held.id}
    assert len(store.state_hash()) == 64


def test_versions_are_written_beside_each_other(store: EncryptedStore, add_case: Callable[..., str]) -> None:
    held, case = team(store), add_case(hulpvraag="een")
    with store.sync() as rows:
        rows.write_in(held.id, ALI, Kind.CASE, case, {("hulpvraag", ""): "twee", ("wensen", ""): "rust"})
        assert _wish(rows, case) == {"een", "twee"}
        rows.write_in(held.id, ALI, Kind.CASE, case, {("hulpvraag", ""): "twee"})
        assert rows.count_unsealed(held.id) == 2


def test_a_cache_sees_what_came_went_and_came_again(store: EncryptedStore, add_expert: Callable[..., str]) -> None:
    space, stays, changes = network(store), add_expert(naam="Ina"), id_text(bytes(16))
    taken = theirs(space.id, 1, changes, Change("naam", "", "Ada"), kind="pareltje")

    def seen(version: int) -> tuple[int, list[str]]:
        with store.read() as reader:
            return reader.version(), list(reader.changed_since(Kind.EXPERT, version))

    first, _ = seen(0)
    assert seen(first) == (first, [])
    delivered(store, taken)
    second, found = seen(first)
    assert (found, second > first) == ([changes], True)
    with store.sync() as rows:
        rows.take_back(space.id, DEVICE, 0)
    third, found = seen(second)
    assert (found, third > second) == ([stays], True)
    delivered(store, replace(taken, changes=(Change("naam", "", "Bea"),)))
    fourth, found = seen(third)
    assert (changes in found, fourth > third) == (True, True)


# conflicts are counted


def test_versions_below_a_case_count_for_the_case(store: EncryptedStore, author: Author) -> None:
    held, case, child = team(store), store.new_entity(), store.new_entity()
    with store.write(author) as writer:
        writer.write(Kind.CASE, case, {("nummer", ""): "1"})
        writer.write(Kind.CONTACT, child, {("casus", ""): case, ("tekst", ""): "onze"})
    about = Change("casus", "", case, (Dot(held.device, 2),))
    delivered(store, theirs(held.id, 1, child, about, Change("tekst", "", "hun"), kind="contactmoment"))
    assert _counts(store, case) == (1, [], [child])
    delivered(store, theirs(held.id, 2, case, Change("nummer", "", "2")))
    assert _counts(store, case) == (2, [case], [child])
    with store.write(author) as writer:
        writer.write(Kind.CONTACT, child, {("tekst", ""): "samen"})
        assert writer.count_cases(CaseFilter(needs_attention=True)) == 1
    assert _counts(store, case) == (1, [case], [])
    store.rebuild()
    assert _counts(store, case) == (1, [case], [])
    with store.write(author) as writer:
        writer.write(Kind.CASE, case, {("nummer", ""): "3"})
        assert writer.count_cases(CaseFilter(needs_attention=True)) == 0
    assert _counts(store, case) == (0, [], [])


def _counts(store: EncryptedStore, case: str) -> tuple[int, list[str], list[str]]:
    with store.read() as reader:
        row = reader.case_row(case)
        assert row is not None
        return row.conflicts, list(reader.conflicted(Kind.CASE)), list(reader.conflicted(Kind.CONTACT))


def test_versions_of_an_expert_are_counted(store: EncryptedStore, add_expert: Callable[..., str]) -> None:
    expert = add_expert(naam="Ina")
    delivered(store, theirs(network(store).id, 1, expert, Change("naam", "", "Ida"), kind="pareltje"))
    with store.read() as reader:
        row = reader.expert_row(expert)
        assert row is not None
        assert row.conflicts == 1
        assert reader.conflicted(Kind.EXPERT) == [expert]
