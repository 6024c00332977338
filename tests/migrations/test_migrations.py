"""The tables: migrations, the snapshot and the program agree, and an older file is upgraded after a copy was made."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import Engine

from bren_desktop import bundled
from bren_desktop.crypto import parcels
from bren_desktop.crypto.parcels import Address
from bren_desktop.domain.clocks.events import What
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import DamagedStoreError, NewerStoreError
from bren_desktop.oplog.contents import read_content
from bren_desktop.oplog.operations import Author, Operation, decode
from bren_desktop.services.rows import TrackFilter
from bren_desktop.services.sync_ports import CaseKey, HeldSpace, Parcel, SpaceKind
from bren_desktop.storage import migrate, rehearsal, revisions, schema
from bren_desktop.storage.engine import connect, make_engine, transaction
from bren_desktop.storage.ids import id_bytes
from bren_desktop.storage.store import EncryptedStore
from tests.standing import StandingClock

KEY = bytes(range(32))
AUTHOR = Author("p", "n", "secretaris")
BEFORE = schema.HEAD
NEXT = """
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    op.execute("CREATE TABLE extra (id INTEGER PRIMARY KEY)")
    {more}
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = make_engine(lambda: connect(tmp_path / "store.db", KEY))
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def snapshot(project: Path) -> ModuleType:
    """`db/snapshot.py`, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("bren_db_snapshot", project / "db/snapshot.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_migrations_lead_to_the_tables_that_the_program_makes(engine: Engine, snapshot: ModuleType) -> None:
    with transaction(engine, "BEGIN IMMEDIATE") as connection:
        migrate.upgrade(connection, schema.HEAD)
    with transaction(engine, "BEGIN") as connection:
        assert snapshot.tables(connection) == snapshot.created()
        assert revisions.current(connection) == schema.HEAD


def test_the_snapshot_shows_the_tables_as_they_are(snapshot: ModuleType) -> None:
    assert snapshot.TARGET.read_text("utf-8") == snapshot.created(), "run: python db/snapshot.py"


def test_the_program_knows_every_revision_in_order() -> None:
    files = sorted(path.name for path in (bundled.folder("db") / "versions").glob("[0-9]*.py"))
    assert [name.partition("_")[0] for name in files] == list(schema.REVISIONS)


FROZEN = sorted((Path(__file__).parent / "fixtures").glob("store-*.db"))
"""Profiles as the program of each older revision made them; read for ever."""


def test_every_older_revision_has_a_frozen_profile() -> None:
    assert [path.stem.removeprefix("store-") for path in FROZEN] == list(schema.REVISIONS[:-1])


@pytest.fixture(params=FROZEN, ids=lambda path: path.stem)
def frozen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EncryptedStore]:
    """An older profile, opened by the program of today."""
    shutil.copyfile(request.param, tmp_path / "store.db")
    store = EncryptedStore.open(tmp_path, KEY, clock=StandingClock())
    yield store
    store.close()


def test_an_older_profile_opens_and_works(frozen: EncryptedStore, tmp_path: Path) -> None:
    assert frozen.integrity() == []
    case = frozen.entity_for(Kind.CASE, "7")
    with frozen.read() as reader:
        row = reader.case_row(case)
        assert row is not None
        assert (row.nummer, row.conflicts, row.knelpunten) == ("BREN-HGL-2026-AA0001", 1, ("KP-SAM",))
        assert [hit.entity for hit in reader.search("zoe", [Kind.CASE], 5)] == [case]
        assert len(reader.history(case, 9)) == 5
        assert len(reader.children(Kind.DOCUMENT, case)) == 1
        assert [entry.action for entry in reader.read_log(case, 9)] == ["openen"]
        assert reader.draft(f"case:{case}")
        (tracked,) = reader.tracked(TrackFilter((), date.max, date.min))
        assert {What.CONTACT, What.DOCUMENT} <= {each.what for each in tracked.events}
    with frozen.write(AUTHOR) as writer:
        assert writer.write(Kind.CASE, case, {("hulpvraag", ""): "Samen gekozen"})
        assert writer.next_number("2026") == 2
    before = frozen.state_hash()
    frozen.rebuild()
    assert frozen.state_hash() == before
    assert frozen.integrity() == []


def test_operations_are_copied_byte_for_byte(frozen: EncryptedStore, tmp_path: Path) -> None:
    copied = sorted(tmp_path.glob("store.db.before-*"))
    read = "SELECT seq, device, counter, clock, entity, body FROM op ORDER BY seq"
    older = connect(copied[0], KEY)
    with frozen.read() as reader:
        rows = reader._sql.exec_driver_sql(read).fetchall()  # type: ignore[attr-defined]
    assert [tuple(row) for row in rows] == older.execute(read).fetchall()
    older.close()


def test_what_was_written_before_there_was_sync_travels_sealed(frozen: EncryptedStore) -> None:
    case = frozen.entity_for(Kind.CASE, "7")
    with frozen.sync() as rows:
        team = next(space for space in rows.spaces() if space.kind is SpaceKind.TEAM)
        leaving = rows.unsealed(team.id, 2**20)
        keys = {key.id: key for key in rows.case_keys_to_share(team.id)}
        operations = [opened(parcel, team, keys) for parcel in leaving]
        files = rows.blobs_to_share(team.id)
    assert [operation.dot.counter for operation in operations] == list(range(1, 7))
    assert {key.subject for key in keys.values()} == {id_bytes(case)}
    about = {operation.kind: parcel.subject for operation, parcel in zip(operations, leaving, strict=True)}
    assert about == {
        "casus": id_bytes(case),
        "team": b"",
        "document": id_bytes(case),
        "contactmoment": id_bytes(case),
        "consult": b"",
    }
    assert len(files) == 2


def test_keys_that_no_bundle_held_are_still_to_be_published(tmp_path: Path) -> None:
    shutil.copyfile(next(path for path in FROZEN if path.stem == "store-0002"), tmp_path / "store.db")
    store = EncryptedStore.open(tmp_path, KEY, clock=StandingClock())
    with store.look() as rows:
        team = next(space for space in rows.spaces() if space.kind is SpaceKind.TEAM)
        assert [key.subject for key in rows.case_keys_to_share(team.id)] == [id_bytes(store.entity_for(Kind.CASE, "7"))]
        assert [key.subject for key in rows.shared_case_keys(team.id)] == [bytes(range(16))]
    store.close()


def opened(parcel: Parcel, space: HeldSpace, keys: Mapping[bytes, CaseKey]) -> Operation:
    """The operation in a parcel of our own."""
    address = Address(id_bytes(space.id), space.device, parcel.counter, parcel.subject)
    key_id = parcels.key_id(parcel.body)
    return decode(read_content(parcels.content(parcel.body, address, keys[key_id].key if key_id else b""))[0])


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A profile whose store is one revision older than the program; the folder of its migrations is beside it."""
    scripts = tmp_path / "db"
    shutil.copytree(bundled.folder("db"), scripts, ignore=shutil.ignore_patterns("__pycache__"))
    profile = tmp_path / "profiel"
    profile.mkdir()
    store = EncryptedStore.create(profile, KEY, clock=StandingClock())
    with store.write(AUTHOR) as writer:
        writer.write(Kind.CASE, store.new_entity(), {("nummer", ""): "bewaard"})
    store.close()
    monkeypatch.setattr(bundled, "folder", lambda name: tmp_path / name)
    (scripts / "versions/9999_next.py").write_text(NEXT.format(head=schema.HEAD, more=""), "utf-8")
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "9999"))
    monkeypatch.setattr(schema, "HEAD", "9999")
    return profile


def test_an_older_file_is_copied_and_upgraded(older: Path) -> None:
    store = EncryptedStore.open(older, KEY, clock=StandingClock())
    with store.read() as reader:
        assert reader.find(Kind.CASE, "bewaard")
        assert reader._sql.exec_driver_sql("SELECT count(*) FROM extra").scalar() == 0  # type: ignore[attr-defined]
    store.close()
    copy = connect(older / f"store.db.before-{BEFORE}", KEY)
    assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [(BEFORE,)]
    assert copy.execute("SELECT count(*) FROM op").fetchall() == [(1,)]
    copy.close()
    EncryptedStore.open(older, KEY, clock=StandingClock()).close()


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(older: Path) -> None:
    broken = NEXT.format(head=BEFORE, more='op.execute("CREATE TABLE extra (id INTEGER)")')
    (older.parent / "db/versions/9999_next.py").write_text(broken, "utf-8")
    with pytest.raises(Exception, match="already exists"):
        EncryptedStore.open(older, KEY, clock=StandingClock())
    untouched = connect(older / "store.db", KEY)
    assert untouched.execute("SELECT version_num FROM alembic_version").fetchall() == [(BEFORE,)]
    assert untouched.execute("SELECT count(*) FROM sqlite_master WHERE name = 'extra'").fetchall() == [(0,)]
    untouched.close()


def test_a_database_of_another_program_is_no_store(engine: Engine) -> None:
    with transaction(engine, "BEGIN") as connection, pytest.raises(DamagedStoreError):
        revisions.current(connection)
    with pytest.raises(NewerStoreError):
        revisions.is_older("0000")


def test_opening_a_current_store_never_loads_alembic(tmp_path: Path, project: Path) -> None:
    EncryptedStore.create(tmp_path, KEY, clock=StandingClock()).close()
    program = """
import sys
from pathlib import Path
from bren_desktop.storage.ids import id_bytes
from bren_desktop.storage.store import EncryptedStore
EncryptedStore.open(Path(sys.argv[1]), bytes(range(32)), clock=None).close()
print(sorted({"alembic", "sqlalchemy.orm"} & set(sys.modules)))
"""
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=project)
    assert done.stdout.strip() == "[]"


def test_an_upgrade_is_rehearsed_without_a_profile(tmp_path: Path) -> None:
    assert rehearsal.succeeds()
    assert not rehearsal.succeeds(tmp_path / "absent")
