"""The tables of the store (docs/store.md says why). `db/versions/` brings older files to this shape."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import (
    BLOB,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from bren_desktop.storage.engine import DIALECT

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""Every revision this program can read or upgrade, oldest first."""
HEAD = REVISIONS[-1]

metadata = MetaData()

space = Table(
    "space",
    metadata,
    Column("num", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("device", BLOB, nullable=False),
    Column("name_key", BLOB, nullable=False),
    Column("clock", Integer, nullable=False),
    Column("standing", String, nullable=False),
    Column("network", BLOB, nullable=False),
    Column("founding", BLOB, nullable=False),
    Column("sign_seed", BLOB, nullable=False),
    Column("box_seed", BLOB, nullable=False),
    Column("home", Integer, nullable=False),
    Column("loose", Integer, nullable=False),
    sqlite_autoincrement=True,
)
vector = Table(
    "vector",
    metadata,
    Column("num", Integer, primary_key=True),
    Column("space", Integer, nullable=False),
    Column("device", BLOB, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("highest", Integer, nullable=False),
    UniqueConstraint("space", "device"),
)
link = Table(
    "link",
    metadata,
    Column("device", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("digest", BLOB, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("heads", BLOB, nullable=False),
    Column("role", String, nullable=False),
    sqlite_with_rowid=False,
)
op = Table(
    "op",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("device", Integer, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("clock", Integer, nullable=False),
    Column("entity", String, nullable=False),
    Column("subject", BLOB, nullable=False),
    Column("body", BLOB, nullable=False),
    UniqueConstraint("device", "counter"),
    sqlite_autoincrement=True,
)
Index("op_entity", op.c.entity, op.c.clock)
uncounted = Table(
    "uncounted",
    metadata,
    Column("device", Integer, primary_key=True, autoincrement=False),
    Column("counter", Integer, primary_key=True, autoincrement=False),
    Column("dots", BLOB, nullable=False),
    sqlite_with_rowid=False,
)
gap = Table(
    "gap",
    metadata,
    Column("device", Integer, primary_key=True, autoincrement=False),
    Column("counter", Integer, primary_key=True, autoincrement=False),
    Column("subject", BLOB, nullable=False),
    sqlite_with_rowid=False,
)
retired = Table(
    "retired",
    metadata,
    Column("seq", Integer, primary_key=True),
)
case_key = Table(
    "case_key",
    metadata,
    Column("id", BLOB, primary_key=True),
    Column("space", Integer, nullable=False),
    Column("subject", BLOB, nullable=False),
    Column("key", BLOB, nullable=False),
    sqlite_with_rowid=False,
)
Index("case_key_subject", case_key.c.subject)
new_case_key = Table(
    "new_case_key",
    metadata,
    Column("id", BLOB, ForeignKey("case_key.id", ondelete="CASCADE"), primary_key=True),
    sqlite_with_rowid=False,
)
epoch_key = Table(
    "epoch_key",
    metadata,
    Column("space", Integer, primary_key=True, autoincrement=False),
    Column("epoch", BLOB, primary_key=True),
    Column("key", BLOB, nullable=False),
    sqlite_with_rowid=False,
)
blob = Table(
    "blob",
    metadata,
    Column("blob", BLOB, primary_key=True),
    Column("space", Integer, primary_key=True, autoincrement=False),
    Column("subject", BLOB, primary_key=True),
    Column("digest", String, primary_key=True),
    Column("key", BLOB, primary_key=True),
    Column("nonce", BLOB, nullable=False),
    Column("shared", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("blob_digest", blob.c.digest)
held = Table(
    "held",
    metadata,
    Column("space", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("counter", Integer, primary_key=True, autoincrement=False),
    Column("reason", String, nullable=False),
    Column("device", BLOB, nullable=False),
    Column("size", Integer, nullable=False),
    Column("since_ms", Integer, nullable=False),
    Column("data", BLOB, nullable=False),
)
erased = Table(
    "erased",
    metadata,
    Column("subject", BLOB, primary_key=True),
    sqlite_with_rowid=False,
)
rec = Table(
    "rec",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("entity", String, nullable=False),
    Column("space", Integer, nullable=False),
    Column("subject", BLOB, nullable=False),
    Column("shown", String, nullable=False),
    Column("name", String, nullable=False),
    Column("created", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("digest", BLOB, nullable=False),
    Column("registers", BLOB, nullable=False),
    UniqueConstraint("kind", "entity"),
)
Index("rec_shown", rec.c.kind, rec.c.shown, rec.c.entity)
Index("rec_changed", rec.c.kind, rec.c.changed)
Index("rec_name", rec.c.kind, rec.c.name, rec.c.entity)
Index("rec_state", rec.c.space, rec.c.digest)
Index("rec_conflicts", rec.c.kind, rec.c.entity, sqlite_where=rec.c.conflicts > literal_column("0"))
case_row = Table(
    "case_row",
    metadata,
    Column("rec", Integer, primary_key=True),
    Column("entity", String, nullable=False),
    Column("id", String, nullable=False),
    Column("nummer", String, nullable=False),
    Column("initials", String, nullable=False),
    Column("regio", String, nullable=False),
    Column("gemeente", String, nullable=False),
    Column("status", String, nullable=False),
    Column("urgentie", String, nullable=False),
    Column("datum_aanmelding", String),
    Column("geboortedatum", String),
    Column("leeftijd", Integer),
    Column("behandelaar", String, nullable=False),
    Column("knelpunten", Text, nullable=False),
    Column("domeinen", Text, nullable=False),
    Column("changed_ms", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("to_code", Integer, nullable=False),
    Column("surname", String, nullable=False),
    Column("first_name", String, nullable=False),
    Column("assigned", Integer, nullable=False),
)
_CASE_ORDERS = (
    *("changed_ms", "nummer", "initials", "regio", "gemeente", "status", "urgentie", "datum_aanmelding"),
    *("geboortedatum", "behandelaar", "surname", "assigned"),
)
for _name in _CASE_ORDERS:
    Index(f"case_row_{_name}", case_row.c[_name])
expert_row = Table(
    "expert_row",
    metadata,
    Column("rec", Integer, primary_key=True),
    Column("entity", String, nullable=False),
    Column("id", String, nullable=False),
    Column("naam", String, nullable=False),
    Column("functie", String, nullable=False),
    Column("organisatie", String, nullable=False),
    Column("soort", String, nullable=False),
    Column("regio", String, nullable=False),
    Column("regios", Text, nullable=False),
    Column("landelijk_inzetbaar", Integer),
    Column("expertise", Text, nullable=False),
    Column("domeinen", Text, nullable=False),
    Column("leeftijd_van", Integer),
    Column("leeftijd_tot", Integer),
    Column("beschikbaarheid", String, nullable=False),
    Column("beschikbaar_vanaf", String),
    Column("afwezig_tot", String),
    Column("uren_per_maand", Integer),
    Column("raamovereenkomst", String, nullable=False),
    Column("talen", Text, nullable=False),
    Column("profiel", Text, nullable=False),
    Column("titel", String, nullable=False),
    Column("problematiek", Text, nullable=False),
    Column("mandaat", Text, nullable=False),
    Column("culturele_achtergrond", String, nullable=False),
    Column("profiel_gecontroleerd", String),
    Column("conflicts", Integer, nullable=False),
    Column("agreed", String, nullable=False),
    Column("sort_naam", String, nullable=False),
    Column("sort_organisatie", String, nullable=False),
)
Index("expert_row_naam", expert_row.c.sort_naam)
tag = Table(
    "tag",
    metadata,
    Column("field", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("rec", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
Index("tag_rec", tag.c.rec)
child = Table(
    "child",
    metadata,
    Column("parent", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("entity", String, primary_key=True),
    Column("created", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("child_entity", child.c.entity)
case_access = Table(
    "case_access",
    metadata,
    Column("person", String, primary_key=True),
    Column("casus", String, primary_key=True),
    Column("rec", Integer, primary_key=True),
    Column("begun", String, nullable=False),
    sqlite_with_rowid=False,
)
Index("case_access_rec", case_access.c.rec)
event = Table(
    "event",
    metadata,
    Column("casus", String, primary_key=True),
    Column("rec", Integer, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("entity", String, nullable=False),
    Column("created", Integer, nullable=False),
    Column("changed_ms", Integer, nullable=False),
    Column("what", String, nullable=False),
    Column("day", String, nullable=False),
    Column("ref", String, nullable=False),
    Column("part", String, nullable=False),
    Column("value", String, nullable=False),
    sqlite_with_rowid=False,
)
Index("event_rec", event.c.rec)
Index("event_what", event.c.what, event.c.day)
draft = Table(
    "draft",
    metadata,
    Column("key", String, primary_key=True),
    Column("body", Text, nullable=False),
    Column("saved_ms", Integer, nullable=False),
)
setting = Table(
    "setting",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)
series = Table(
    "series",
    metadata,
    Column("name", String, primary_key=True),
    Column("last", Integer, nullable=False),
)
attachment = Table(
    "attachment",
    metadata,
    Column("digest", String, primary_key=True),
    Column("data", BLOB, nullable=False),
)
read_log = Table(
    "read_log",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("entity", String, nullable=False),
    Column("content", BLOB),
    Column("digest", BLOB, nullable=False),
    Column("chain", BLOB, nullable=False),
)
Index("read_log_entity", read_log.c.entity)

mention = Table(
    "mention",
    metadata,
    Column("topic", Integer, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("rec", Integer, nullable=False),
    PrimaryKeyConstraint("topic", "weight", "rec"),
    sqlite_with_rowid=False,
)
Index("mention_rec", mention.c.rec)
unread = Table(
    "unread",
    metadata,
    Column("rec", Integer, primary_key=True, autoincrement=False),
    Column("changed", Integer, nullable=False),
)

revision = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

_FTS = "content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 2'"
DDL = (
    f"CREATE VIRTUAL TABLE search_title USING fts5(text, {_FTS}, prefix='1 2 3')",
    f"CREATE VIRTUAL TABLE search_body USING fts5(text, {_FTS}, prefix='2 3 4 5')",
    "INSERT INTO search_body (search_body, rank) VALUES ('hashsize', 16777216)",
    "INSERT INTO search_body (search_body, rank) VALUES ('automerge', 0)",
    "CREATE TRIGGER op_is_never_changed BEFORE UPDATE ON op BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    (
        "CREATE TRIGGER op_is_never_deleted BEFORE DELETE ON op "
        "WHEN NOT EXISTS (SELECT 1 FROM retired WHERE seq = OLD.seq) BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    ),
    "CREATE TRIGGER read_log_is_never_deleted BEFORE DELETE ON read_log BEGIN SELECT RAISE(ABORT, 'append-only'); END",
)
"""What SQLAlchemy has no words for.

The larger hash lets an import merge its index less often; without automerge no save pays for the big segments that an
import left (sixteen small ones are still merged into one).
"""
INDEXES = ("search_title", "search_body")
DERIVED = (rec, case_row, expert_row, tag, child, case_access, event, mention, unread)
"""With the search indexes: what `rebuild` empties and makes anew."""


def create(connection: Connection) -> None:
    """All tables of the newest revision, in an empty file."""
    for statement in (*_statements(), *DDL):
        connection.exec_driver_sql(statement)
    connection.execute(revision.insert().values(version_num=HEAD))


@cache
def _statements() -> Sequence[str]:
    """The tables and their indexes in SQL: SQLAlchemy needs longer to write it than SQLite to do it."""
    tables = metadata.sorted_tables
    indexes = [index for table in tables for index in table.indexes]
    made: list[DDLElement] = [*map(CreateTable, tables), *map(CreateIndex, indexes)]
    return [str(element.compile(dialect=DIALECT)) for element in made]
