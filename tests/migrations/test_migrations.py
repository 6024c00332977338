"""The tables: migrations, the snapshot and the program agree, and an older file is upgraded after a copy was made."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import Engine

from bren_desktop import bundled
from bren_desktop.domain.entities import Kind
from bren_desktop.errors import DamagedStoreError, NewerStoreError
from bren_desktop.oplog.operations import Author
from bren_desktop.storage import migrate, rehearsal, revisions, schema
from bren_desktop.storage.engine import connect, make_engine, transaction
from bren_desktop.storage.spaces import found
from bren_desktop.storage.store import EncryptedStore

KEY = bytes(range(32))
AUTHOR = Author("p", "n", "secretaris")
NEXT = """
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("CREATE TABLE extra (id INTEGER PRIMARY KEY)")
    {more}
"""


class StandingClock:
    def now_ms(self) -> int:
        return 1


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


@pytest.mark.parametrize("revision", schema.REVISIONS)
def test_a_file_of_any_revision_opens(engine: Engine, tmp_path: Path, revision: str) -> None:
    with transaction(engine, "BEGIN IMMEDIATE") as connection:
        migrate.upgrade(connection, revision)
        found(connection)
    engine.dispose()
    store = EncryptedStore.open(tmp_path, KEY, clock=StandingClock())
    with store.write(AUTHOR) as writer:
        assert writer.write(Kind.CASE, store.new_entity(), {("nummer", ""): "1"})
    assert store.integrity() == []
    store.close()


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
    monkeypatch.setattr(schema, "REVISIONS", ("0001", "0002"))
    monkeypatch.setattr(schema, "HEAD", "0002")
    (scripts / "versions/0002_next.py").write_text(NEXT.format(more=""), "utf-8")
    return profile


def test_an_older_file_is_copied_and_upgraded(older: Path) -> None:
    store = EncryptedStore.open(older, KEY, clock=StandingClock())
    with store.read() as reader:
        assert reader.find(Kind.CASE, "bewaard")
        assert reader._sql.exec_driver_sql("SELECT count(*) FROM extra").scalar() == 0  # type: ignore[attr-defined]
    store.close()
    copy = connect(older / "store.db.before-0001", KEY)
    assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    assert copy.execute("SELECT count(*) FROM op").fetchall() == [(1,)]
    copy.close()
    EncryptedStore.open(older, KEY, clock=StandingClock()).close()


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(older: Path) -> None:
    broken = NEXT.format(more='op.execute("CREATE TABLE extra (id INTEGER)")')
    (older.parent / "db/versions/0002_next.py").write_text(broken, "utf-8")
    with pytest.raises(Exception, match="already exists"):
        EncryptedStore.open(older, KEY, clock=StandingClock())
    untouched = connect(older / "store.db", KEY)
    assert untouched.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
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
