"""After an erasure no byte of the case is left in the file: every page is decrypted and searched."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Author
from bren_desktop.services.ports import Clock
from bren_desktop.services.rows import ReadEntry
from bren_desktop.services.sync_ports import SpaceKind, SyncRows
from bren_desktop.storage.ids import id_bytes
from bren_desktop.storage.store import EncryptedStore
from tests.storage.pages import decrypted

MARKER = "zqxmerkteken"
WORDS = [f"woord{number}" for number in range(400)]


@pytest.fixture
def marked(store: EncryptedStore, author: Author) -> str:
    """A case with a marker in every field, child, draft, log line and mention, edited often among many others."""
    chance = random.Random(7)
    cases = [store.new_entity() for _ in range(60)]
    marked = cases[25]
    for _ in range(6):
        with store.write(author) as writer:
            for case in chance.sample(cases, 30):
                text = " ".join(chance.choices(WORDS, k=90))
                writer.write(Kind.CASE, case, {("omschrijving", ""): text, ("nummer", ""): case[:5]})
            text = " ".join(chance.choices([MARKER, *WORDS], k=120))
            writer.write(Kind.CASE, marked, {("omschrijving", ""): f"{MARKER} {text}", ("roepnaam", ""): MARKER})
            writer.write(Kind.CONTACT, store.new_entity(), {("casus", ""): marked, ("tekst", ""): f"{MARKER} {text}"})
            pdf = writer.put_attachment(f"{MARKER} {text}".encode())
            writer.write(Kind.DOCUMENT, store.new_entity(), {("casus", ""): marked, ("pdf", ""): pdf})
            writer.put_draft(f"casus:{marked}", f'{{"a": "{MARKER}"}}')
            writer.log_read([ReadEntry(1, "p", "Noor", "lezer", "AA", "openen", "casus", marked, MARKER)])
    with store.write(author) as writer:
        for unread in writer.unread(99):
            writer.keep_mentions(unread, {MARKER: 1.0} if unread.entity == marked else {"iets": 0.5})
    return marked


def _found(profile: Path, key: bytes) -> int:
    return decrypted(profile / "store.db", key).count(MARKER.encode())


@pytest.mark.parametrize("how", ["erase", "drop"])
def test_no_page_holds_what_was_destroyed(
    store: EncryptedStore, profile: Path, key: bytes, marked: str, how: str
) -> None:
    assert _found(profile, key) > 20
    (profile / "store.db.before-0001").write_bytes(b"an older copy")
    with store.sync() as rows:
        _destroy(rows, marked, how)
    assert _found(profile, key) == 0
    assert not (profile / "store.db.before-0001").exists()
    assert store.integrity() == []
    with store.read() as reader:
        assert reader.read_log(marked, 9) == []
        assert reader.drafts() == []
        keys = "SELECT count(*) FROM case_key WHERE subject = ?"
        sql = reader._sql  # type: ignore[attr-defined]
        assert sql.exec_driver_sql(keys, (id_bytes(marked),)).scalar() == 0


def _destroy(rows: SyncRows, case: str, how: str) -> None:
    if how == "erase":
        rows.erase(id_bytes(case))
    else:
        rows.drop_space(next(space.id for space in rows.spaces() if space.kind is SpaceKind.TEAM))


@pytest.mark.parametrize("later", ["write", "sync"])
def test_who_reads_meanwhile_holds_up_nothing_and_the_journal_goes_after_the_next_write(
    store: EncryptedStore, author: Author, profile: Path, key: bytes, marked: str, later: str
) -> None:
    journal = profile / "store.db-wal"
    with store.read() as reader:
        assert marked in reader.entities(Kind.CASE)
        with store.sync() as rows:
            _destroy(rows, marked, "erase")
        assert journal.stat().st_size
    if later == "write":
        with store.write(author) as writer:
            writer.put_draft("later", "{}")
    else:
        with store.sync() as rows:
            rows.set_local("later", "1")
    assert journal.stat().st_size == 0
    assert _found(profile, key) == 0


def test_a_journal_that_outlived_its_program_goes_when_the_store_is_opened(
    store: EncryptedStore, profile: Path, key: bytes, clock: Clock, marked: str, tmp_path: Path
) -> None:
    killed = tmp_path / "killed"
    with store.read() as reader:
        assert marked in reader.entities(Kind.CASE)
        with store.sync() as rows:
            _destroy(rows, marked, "erase")
        shutil.copytree(profile, killed, ignore=shutil.ignore_patterns("*.lock", "*-shm"))
    assert _found(killed, key) > 0
    again = EncryptedStore.open(killed, key, clock=clock)
    assert (killed / "store.db-wal").stat().st_size == 0
    assert _found(killed, key) == 0
    again.close()


def test_a_copy_that_was_busy_goes_when_the_store_is_opened_again(
    store: EncryptedStore, profile: Path, reopen: Callable[[], EncryptedStore]
) -> None:
    copy = profile / "store.db.before-0001"
    copy.write_bytes(b"an older copy")
    reopen().close()
    assert copy.exists()
    again = reopen()
    copy.unlink()
    copy.mkdir()
    with again.sync() as rows:
        rows.erase(bytes(16))
    again.close()
    copy.rmdir()
    copy.write_bytes(b"an older copy")
    reopen().close()
    assert not copy.exists()


def test_what_an_erasure_undone_would_have_taken_is_all_there(
    store: EncryptedStore, marked: str, add_case: Callable[..., str]
) -> None:
    before = store.state_hash()

    def fail() -> None:
        with store.sync() as rows:
            rows.erase(id_bytes(marked))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.state_hash() == before
    assert store.integrity() == []


@pytest.mark.parametrize("statement", ["DELETE FROM op", "UPDATE op SET body = x'00'", "DELETE FROM read_log"])
def test_the_log_is_append_only_outside_of_an_erasure(
    store: EncryptedStore, author: Author, marked: str, statement: str
) -> None:
    with pytest.raises(Exception, match="append-only"), store.write(author) as writer:
        writer._sql.exec_driver_sql(statement)
