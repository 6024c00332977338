"""Copies, rebuilding, and nothing readable beside the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bren_desktop.domain.entities import Kind
from bren_desktop.errors import DamagedStoreError
from bren_desktop.oplog.operations import Author
from bren_desktop.services.ports import Clock
from bren_desktop.services.rows import ReadEntry
from bren_desktop.storage.store import EncryptedStore

MARKER = "Kwetsbaarwoord"
DERIVED = {
    **dict.fromkeys(("rec", "case_row", "expert_row", "tag", "child", "event"), "*"),
    **dict.fromkeys(("search_title_docsize", "search_body_docsize"), "id, sz"),
}


def test_a_copy_opens_under_the_same_key_and_holds_everything(
    store: EncryptedStore, add_case: Callable[..., str], tmp_path: Path, key: bytes, clock: Clock
) -> None:
    entity = add_case(nummer="1", hulpvraag=MARKER)
    target = tmp_path / "kopie" / "store.db"
    target.parent.mkdir()
    store.copy_to(target)
    assert [path.name for path in target.parent.iterdir()] == ["store.db"]
    assert MARKER.encode() not in target.read_bytes()
    copy = EncryptedStore.open(target.parent, key, clock=clock)
    assert copy.state_hash() == store.state_hash()
    assert copy.integrity() == []
    with copy.read() as reader:
        assert [hit.entity for hit in reader.search("kwets", [Kind.CASE], 5)] == [entity]
    copy.close()


def test_a_copy_that_differs_is_not_kept(
    store: EncryptedStore, add_case: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_case(nummer="1")
    answers = iter(("one", "other"))
    monkeypatch.setattr("bren_desktop.storage.check._content", lambda connection: next(answers))
    with pytest.raises(DamagedStoreError):
        store.copy_to(tmp_path / "kopie.db")
    assert not list(tmp_path.glob("kopie*"))


def content(store: EncryptedStore) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every derived table."""
    with store.read() as reader:
        sql = reader._sql  # type: ignore[attr-defined]
        queries = {table: f"SELECT {columns} FROM {table}" for table, columns in DERIVED.items()}  # noqa: S608
        return {table: sorted(map(tuple, sql.exec_driver_sql(query)), key=repr) for table, query in queries.items()}


def test_rebuilding_gives_the_same_rows(
    store: EncryptedStore, author: Author, add_case: Callable[..., str], add_expert: Callable[..., str]
) -> None:
    for number in range(30):
        add_case(nummer=str(number), roepnaam=f"Naam{number}", knelpunten=["KP-WLZ"], hulpvraag=f"vraag {number}")
        add_expert(naam=f"Expert {number}", expertise=["EX-1"], profiel="rust")
    changed = store.entity_for(Kind.CASE, "x")
    with store.write(author) as writer:
        writer.write(Kind.CONTACT, store.new_entity(), {("casus", ""): changed})
        writer.write(Kind.CASE, changed, {("hulpvraag", ""): "eerst"})
    with store.write(author) as writer:
        writer.write(Kind.CASE, changed, {("hulpvraag", ""): "later"})
    before, digest = content(store), store.state_hash()
    assert all(before.values())
    store.rebuild()
    assert content(store) == before
    assert store.state_hash() == digest
    with store.read() as reader:
        assert [hit.entity for hit in reader.search("later", [Kind.CASE], 5)] == [changed]
        assert reader.search("eerst", [Kind.CASE], 5) == []


def test_a_large_transaction_gives_the_same_as_small_ones(
    store: EncryptedStore, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bren_desktop.storage.fold._WAITING", 7)
    with store.write(author) as writer:
        for number in range(100):
            entity = store.entity_for(Kind.CASE, str(number % 40))
            assert writer.write(Kind.CASE, entity, {("hulpvraag", ""): f"tekst {number}", ("nummer", ""): str(number)})
    before = content(store)
    assert len(before["rec"]) == 40
    store.rebuild()
    assert content(store) == before
    assert store.integrity() == []


def test_nothing_readable_lies_beside_the_store(
    store: EncryptedStore,
    author: Author,
    add_case: Callable[..., str],
    profile: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    entity = add_case(roepnaam=MARKER, hulpvraag=f"{MARKER} " * 2000)
    with store.write(author) as writer:
        writer.put_draft(MARKER, MARKER)
        writer.put_attachment(MARKER.encode() * 100)
        writer.log_read([ReadEntry(1, MARKER, MARKER, "r", "AA", "openen", "casus", entity, MARKER)])
        files = {path.name: path.read_bytes() for path in profile.iterdir()}
    files |= {f"later {path.name}": path.read_bytes() for path in profile.iterdir()}
    store.close()
    files |= {f"closed {path.name}": path.read_bytes() for path in profile.iterdir()}
    assert {"store.db", "store.db-wal", "store.db-shm", "profile.lock"} <= set(files)
    for data in files.values():
        for marker in (MARKER, MARKER.casefold(), entity, "CREATE TABLE", "SQLite format"):
            assert marker.encode() not in data
            assert marker.encode("utf-16-le") not in data
    assert capfd.readouterr() == ("", "")


def test_the_error_of_a_wrong_key_prints_nothing(
    store: EncryptedStore, profile: Path, clock: Clock, capfd: pytest.CaptureFixture[str]
) -> None:
    store.close()
    with pytest.raises(DamagedStoreError):
        EncryptedStore.open(profile, bytes(32), clock=clock)
    assert capfd.readouterr() == ("", "")


def test_every_connection_keeps_the_safe_settings(store: EncryptedStore) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
        "temp_store": 2,
        "cell_size_check": 1,
    }
    with store.read() as first, store.read() as second:
        for reader in (first, second):
            sql = reader._sql  # type: ignore[attr-defined]
            assert {name: sql.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted
