"""Full disks, killed processes, damaged pages, folders without rights: a clear error, and nothing lost."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlcipher3.dbapi2
from sqlalchemy.exc import IntegrityError

from bren_desktop.domain.entities import Kind
from bren_desktop.errors import DamagedStoreError, DiskFullError, NewerStoreError, NoWriteAccessError, StoreInUseError
from bren_desktop.oplog.operations import Author
from bren_desktop.services.ports import Clock
from bren_desktop.services.rows import CaseFilter, Page, ReadEntry
from bren_desktop.storage.store import EncryptedStore

HERE = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from types import SimpleNamespace
from bren_desktop.domain.entities import Kind
from bren_desktop.oplog.operations import Author
from bren_desktop.storage.store import EncryptedStore

class Clock:
    def now_ms(self):
        return 1

store = EncryptedStore.open(Path(sys.argv[1]), bytes(range(32)), clock=Clock())
for number in range(100_000):
    with store.write(Author("p", "n", "secretaris")) as writer:
        for part in "ab":
            values = {("nummer", ""): f"{part}{number}", ("hulpvraag", ""): "tekst " * 300}
            writer.write(Kind.CASE, store.new_entity(), values)
        writer.put_draft("intake", str(number))
    print(number, flush=True)
"""


def killed(profile: Path, after: int) -> int:
    """Start a program that writes, kill it after some acknowledged writes; the last number it acknowledged."""
    command = [sys.executable, "-c", WRITER, str(profile)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE) as process:
        assert process.stdout is not None
        for _ in range(after):
            process.stdout.readline()
        process.kill()
        rest = process.stdout.read().split("\n")
    complete = [int(line) for line in rest[:-1] if line]
    return max([after - 1, *complete])


def acknowledged_is_there(profile: Path, key: bytes, clock: Clock, last: int) -> None:
    store = EncryptedStore.open(profile, key, clock=clock)
    with store.read() as reader:
        for number in range(last + 1):
            assert reader.find(Kind.CASE, f"a{number}")
        draft = reader.draft("intake")
        assert draft is not None
        assert int(draft.body) >= last
        assert reader.count_cases(CaseFilter()) == 2 * (int(draft.body) + 1)
    assert store.integrity() == []
    store.close()


def kill_and_look(profile: Path, key: bytes, clock: Clock, chance: random.Random) -> None:
    shutil.rmtree(profile, ignore_errors=True)
    profile.mkdir()
    EncryptedStore.create(profile, key, clock=clock).close()
    acknowledged_is_there(profile, key, clock, killed(profile, chance.randrange(1, 30)))


@pytest.mark.apart
@pytest.mark.parametrize("seed", range(5))
def test_what_was_acknowledged_survives_a_kill(profile: Path, key: bytes, clock: Clock, seed: int) -> None:
    kill_and_look(profile, key, clock, random.Random(seed))


@pytest.mark.torture
def test_what_was_acknowledged_survives_a_hundred_kills(profile: Path, key: bytes, clock: Clock) -> None:
    chance = random.Random(1)
    for _ in range(100):
        kill_and_look(profile, key, clock, chance)


def test_a_killed_program_gives_the_profile_free(
    store: EncryptedStore, profile: Path, key: bytes, clock: Clock
) -> None:
    store.close()
    holder = f"""
    from bren_desktop.storage.lock import ProfileLock
    from pathlib import Path
    lock = ProfileLock(Path({str(profile)!r}) / "profile.lock")
    print("held", flush=True)
    input()
    """
    command = [sys.executable, "-c", textwrap.dedent(holder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=HERE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        with pytest.raises(StoreInUseError):
            EncryptedStore.open(profile, key, clock=clock)
        process.kill()
    EncryptedStore.open(profile, key, clock=clock).close()


def limit_pages(store: EncryptedStore, extra: int) -> None:
    """Let the file grow by `extra` pages and no further, as on a full disk."""
    with store.read() as reader:
        sql = reader._sql  # type: ignore[attr-defined]
        pages = sql.exec_driver_sql("PRAGMA page_count").scalar()
        sql.exec_driver_sql(f"PRAGMA max_page_count = {pages + extra}")


def test_a_full_disk_loses_nothing_that_was_saved(
    store: EncryptedStore, author: Author, add_case: Callable[..., str]
) -> None:
    kept = add_case(nummer="1")
    limit_pages(store, 3)
    with pytest.raises(DiskFullError):
        add_case(nummer="2", hulpvraag="x" * 150_000)
    with store.read() as reader:
        assert [row.entity for row in reader.cases(CaseFilter(), Page())] == [kept]
    limit_pages(store, 1000)
    add_case(nummer="3", hulpvraag="x" * 150_000)
    assert store.integrity() == []


if sys.platform != "win32":

    @pytest.mark.apart
    def test_a_disk_that_takes_no_more_bytes_is_called_full(profile: Path, key: bytes, clock: Clock) -> None:
        EncryptedStore.create(profile, key, clock=clock).close()
        limited = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n" + WRITER
        command = [sys.executable, "-c", limited, str(profile)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE)
        assert "DiskFullError" in done.stderr.splitlines()[-1]
        acknowledged_is_there(profile, key, clock, int(done.stdout.split()[-1]))


@pytest.mark.parametrize(("free", "told"), [(0, DiskFullError), (10**9, DamagedStoreError)])
def test_a_store_that_cannot_be_opened_for_want_of_room_is_not_called_damaged(
    profile: Path, key: bytes, clock: Clock, monkeypatch: pytest.MonkeyPatch, free: int, told: type[Exception]
) -> None:
    EncryptedStore.create(profile, key, clock=clock).close()

    def connect(path: Path, key: bytes) -> None:
        error = sqlcipher3.dbapi2.OperationalError("disk I/O error")
        error.sqlite_errorcode = 10
        raise error

    monkeypatch.setattr("bren_desktop.storage.store.connect", connect)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    with pytest.raises(told):
        EncryptedStore.open(profile, key, clock=clock)


def test_creating_on_a_full_disk_leaves_no_half_store(
    profile: Path, key: bytes, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bren_desktop.storage.engine._PRAGMAS", ("journal_mode = wal", "max_page_count = 5"))
    with pytest.raises(DiskFullError):
        EncryptedStore.create(profile, key, clock=clock)
    assert [path.name for path in profile.iterdir()] == ["profile.lock"]
    monkeypatch.undo()
    EncryptedStore.create(profile, key, clock=clock).close()


def damage(path: Path, chance: random.Random, places: int) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(places):
        content[chance.randrange(4096, len(content))] ^= 0xFF
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("seed", range(5))
def test_damaged_pages_are_found_and_said(
    store: EncryptedStore, add_case: Callable[..., str], profile: Path, key: bytes, clock: Clock, seed: int
) -> None:
    for number in range(20):
        add_case(nummer=str(number), hulpvraag="tekst " * 400)
    store.close()
    damage(profile / "store.db", random.Random(seed), 3)
    before = (profile / "store.db").read_bytes()
    try:
        again = EncryptedStore.open(profile, key, clock=clock)
    except DamagedStoreError:
        return
    problems = again.integrity()
    again.close()
    assert problems
    assert (profile / "store.db").read_bytes() == before


def test_a_damaged_header_is_called_damaged(store: EncryptedStore, profile: Path, key: bytes, clock: Clock) -> None:
    store.close()
    with (profile / "store.db").open("r+b") as file:
        file.write(b"\x00" * 4096)
    with pytest.raises(DamagedStoreError):
        EncryptedStore.open(profile, key, clock=clock)


def test_a_truncated_store_is_called_damaged(
    store: EncryptedStore, add_case: Callable[..., str], profile: Path, key: bytes, clock: Clock
) -> None:
    add_case(hulpvraag="tekst " * 20_000)
    store.close()
    size = (profile / "store.db").stat().st_size
    os.truncate(profile / "store.db", size // 2)
    try:
        again = EncryptedStore.open(profile, key, clock=clock)
    except DamagedStoreError:
        return
    assert again.integrity()
    again.close()


def test_a_newer_store_is_refused_and_left_alone(
    store: EncryptedStore, author: Author, profile: Path, key: bytes, clock: Clock
) -> None:
    with store.write(author) as writer:
        writer._sql.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    before = (profile / "store.db").read_bytes()
    with pytest.raises(NewerStoreError):
        EncryptedStore.open(profile, key, clock=clock)
    assert (profile / "store.db").read_bytes() == before


def test_a_refusal_of_the_system_is_said(
    profile: Path, key: bytes, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "refused")

    monkeypatch.setattr("bren_desktop.storage.lock.os.open", refuse)
    with pytest.raises(NoWriteAccessError):
        EncryptedStore.create(profile, key, clock=clock)


@pytest.mark.parametrize("statement", ["DELETE FROM op", "UPDATE op SET clock = 0", "DELETE FROM read_log"])
def test_history_cannot_be_rewritten(
    store: EncryptedStore, author: Author, add_case: Callable[..., str], statement: str
) -> None:
    add_case(nummer="1")
    with store.write(author) as writer:
        writer.log_read([ReadEntry(1, "p", "n", "r", "AA", "openen", "casus", "c")])
    with pytest.raises(IntegrityError, match="append-only"), store.write(author) as writer:
        writer._sql.exec_driver_sql(statement)


def test_a_read_log_that_was_tampered_with_is_found(store: EncryptedStore, author: Author) -> None:
    entry = ReadEntry(1, "p", "n", "r", "AA", "openen", "casus", "c")
    with store.write(author) as writer:
        writer.log_read([entry, replace(entry, at_ms=2), replace(entry, at_ms=3)])
        writer._sql.exec_driver_sql("UPDATE read_log SET content = NULL WHERE seq = 2")
    assert store.integrity() == []
    with store.write(author) as writer:
        writer._sql.exec_driver_sql("UPDATE read_log SET content = (SELECT content FROM read_log LIMIT 1)")
    assert len(store.integrity()) == 1


def test_registers_that_differ_from_their_operations_are_found(
    store: EncryptedStore, author: Author, add_case: Callable[..., str]
) -> None:
    entity = add_case(nummer="1")
    add_case(nummer="2")
    with store.write(author) as writer:
        stolen = "UPDATE rec SET registers = (SELECT registers FROM rec WHERE entity <> ?) WHERE entity = ?"
        writer._sql.exec_driver_sql(stolen, (entity, entity))
    assert len(store.integrity()) == 1
    store.rebuild()
    assert store.integrity() == []
