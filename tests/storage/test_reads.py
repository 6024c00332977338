"""The read log as it travels: our events once and in order, those of colleagues once, and none of what is erased."""

from __future__ import annotations

import pytest

from bren_desktop.crypto import parcels
from bren_desktop.crypto.parcels import Address
from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.contents import read_content
from bren_desktop.oplog.operations import Author, DecodingError
from bren_desktop.services.readings import pack_reading, read_reading
from bren_desktop.services.rows import ReadEntry
from bren_desktop.services.sync_ports import HeldSpace, SpaceKind, SyncRows
from bren_desktop.storage.ids import id_bytes, id_text
from bren_desktop.storage.reads import DOMAIN
from bren_desktop.storage.store import EncryptedStore


def event(case: str, detail: str = "", origin: str = "") -> ReadEntry:
    return ReadEntry(1_795_345_200_000, "p1", "Noor", "secretaris", "AA", "lezen", "casus", case, detail, origin)


@pytest.fixture
def case(store: EncryptedStore, author: Author) -> str:
    entity = store.new_entity()
    with store.write(author) as writer:
        writer.write(Kind.CASE, entity, {("wensen", ""): "x"})
    return entity


def log(store: EncryptedStore, author: Author, *entries: ReadEntry) -> None:
    with store.write(author) as writer:
        writer.log_read(entries)


def team(rows: SyncRows) -> HeldSpace:
    return next(space for space in rows.spaces() if space.kind is SpaceKind.TEAM)


def details(store: EncryptedStore, most: int = 100) -> list[tuple[int, str]]:
    """What is unsent: number and detail of each."""
    with store.sync() as rows:
        space = team(rows)
        found = []
        for read in rows.unsent_reads(space.id, most):
            key = rows.case_key(parcels.key_id(read.body))
            assert key is not None
            address = Address(id_bytes(space.id), space.device, read.counter, read.subject, DOMAIN)
            encoded, _ = read_content(parcels.content(read.body, address, key.key))
            found.append((read.counter, read_reading(encoded, id_text(read.subject), "").detail))
        return found


def count(store: EncryptedStore, number: int) -> None:
    with store.sync() as rows:
        rows.count_reads(team(rows).id, number)


def test_our_events_about_cases_go_once_and_in_order(store: EncryptedStore, author: Author, case: str) -> None:
    others = (event(""), event(store.new_entity()), event(case, "d", origin="x"))
    log(store, author, event(case, "a"), *others, event(case, "b"), event(case, "c"), event(""))
    assert details(store) == [(1, "a"), (2, "b"), (3, "c")]
    assert details(store, 2) == [(1, "a"), (2, "b")]
    count(store, 2)
    assert details(store) == [(3, "c")]
    count(store, 1)
    count(store, 0)
    assert details(store) == []
    log(store, author, event(case, "e"))
    assert details(store) == [(4, "e")]


def test_a_network_has_no_events_about_cases(store: EncryptedStore, author: Author, case: str) -> None:
    log(store, author, event(case))
    with store.look() as rows:
        network = next(space for space in rows.spaces() if space.kind is SpaceKind.NETWORK)
        assert rows.unsent_reads(network.id, 10) == []


def test_a_colleagues_event_comes_in_once(store: EncryptedStore, case: str) -> None:
    with store.sync() as rows:
        space, device = team(rows).id, b"d" * 16
        for numbers in ((1, 1, 3), (3, 2, 4), (4,)):
            rows.take_reads(space, device, [(number, event(case, str(number), "d")) for number in numbers])
        rows.take_reads(space, b"e" * 16, [(1, event(case, "x", "e"))])
    with store.read() as reader:
        assert [entry.detail for entry in reader.read_log(case, 10)] == ["x", "4", "3", "1"]
    assert not store.integrity()


def test_an_erased_case_takes_its_events_along(store: EncryptedStore, author: Author, case: str) -> None:
    log(store, author, event(case, "eigen"))
    with store.sync() as rows:
        rows.take_reads(team(rows).id, b"d" * 16, [(1, event(case, "van een collega", "d"))])
        rows.erase(id_bytes(case))
    assert details(store) == []
    with store.read() as reader:
        assert reader.read_log(case, 10) == []
    assert not store.integrity()


def test_an_event_reads_back_as_it_was() -> None:
    case, origin = "a" * 26, "b" * 26
    entry = event(case, "B01", origin)
    assert read_reading(pack_reading(entry), case, origin) == entry


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xc1",
        b"\x90",
        b"\x93\x01\x02\x03",
        b"\x97\xa1x" + b"\xa1x" * 6,
        b"\x97\x01\x01" + b"\xa1x" * 5,
        b"\x97\xff" + b"\xa1x" * 6,
        b"\x97\xcf" + b"\xff" * 8 + b"\xa1x" * 6,
        b"\x97\x01\xda\x02\x00" + b"x" * 512 + b"\xa1x" * 5,
        b"\x97\x01" + b"\xa1x" * 6 + b"x",
    ],
)
def test_what_is_no_event_is_none(data: bytes) -> None:
    with pytest.raises(DecodingError):
        read_reading(data, "a" * 26, "")
