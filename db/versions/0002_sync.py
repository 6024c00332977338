"""Spaces with their secrets, chains, keys of cases, attachments on the share, erased cases.

Operations are copied byte for byte. What is derived from them is made empty: the program makes it anew.
"""

from __future__ import annotations

import base64
from binascii import Error
from collections.abc import Iterator
from typing import Any

import msgpack
from alembic import op

revision = "0002"
down_revision = "0001"

_DERIVED = ("rec", "case_row", "expert_row", "tag", "child")
_TABLES = """
CREATE TABLE blob (
    blob BLOB NOT NULL,
    space INTEGER NOT NULL,
    subject BLOB NOT NULL,
    digest VARCHAR NOT NULL,
    "key" BLOB NOT NULL,
    nonce BLOB NOT NULL,
    shared INTEGER NOT NULL,
    PRIMARY KEY (blob, space, subject, digest, "key")
) WITHOUT ROWID

CREATE INDEX blob_digest ON blob (digest)

CREATE TABLE case_key (
    id BLOB NOT NULL,
    space INTEGER NOT NULL,
    subject BLOB NOT NULL,
    "key" BLOB NOT NULL,
    shared INTEGER NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID

CREATE INDEX case_key_subject ON case_key (subject)

CREATE INDEX case_key_unshared ON case_key (space) WHERE shared = 0

CREATE TABLE case_row (
    rec INTEGER NOT NULL,
    entity VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    nummer VARCHAR NOT NULL,
    initials VARCHAR NOT NULL,
    regio VARCHAR NOT NULL,
    gemeente VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    urgentie VARCHAR NOT NULL,
    datum_aanmelding VARCHAR,
    geboortedatum VARCHAR,
    leeftijd INTEGER,
    behandelaar VARCHAR NOT NULL,
    knelpunten TEXT NOT NULL,
    changed_ms INTEGER NOT NULL,
    conflicts INTEGER NOT NULL,
    to_code INTEGER NOT NULL,
    surname VARCHAR NOT NULL,
    first_name VARCHAR NOT NULL,
    PRIMARY KEY (rec)
)

CREATE INDEX case_row_behandelaar ON case_row (behandelaar)

CREATE INDEX case_row_changed_ms ON case_row (changed_ms)

CREATE INDEX case_row_datum_aanmelding ON case_row (datum_aanmelding)

CREATE INDEX case_row_geboortedatum ON case_row (geboortedatum)

CREATE INDEX case_row_gemeente ON case_row (gemeente)

CREATE INDEX case_row_initials ON case_row (initials)

CREATE INDEX case_row_nummer ON case_row (nummer)

CREATE INDEX case_row_regio ON case_row (regio)

CREATE INDEX case_row_status ON case_row (status)

CREATE INDEX case_row_surname ON case_row (surname)

CREATE INDEX case_row_urgentie ON case_row (urgentie)

CREATE TABLE child (
    parent VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    entity VARCHAR NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (parent, kind, entity)
) WITHOUT ROWID

CREATE INDEX child_entity ON child (entity)

CREATE TABLE epoch_key (
    space INTEGER NOT NULL,
    epoch BLOB NOT NULL,
    "key" BLOB NOT NULL,
    PRIMARY KEY (space, epoch)
) WITHOUT ROWID

CREATE TABLE erased (subject BLOB NOT NULL, PRIMARY KEY (subject)) WITHOUT ROWID

CREATE TABLE expert_row (
    rec INTEGER NOT NULL,
    entity VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    naam VARCHAR NOT NULL,
    functie VARCHAR NOT NULL,
    organisatie VARCHAR NOT NULL,
    soort VARCHAR NOT NULL,
    regio VARCHAR NOT NULL,
    regios TEXT NOT NULL,
    landelijk_inzetbaar INTEGER,
    expertise TEXT NOT NULL,
    domeinen TEXT NOT NULL,
    leeftijd_van INTEGER,
    leeftijd_tot INTEGER,
    beschikbaarheid VARCHAR NOT NULL,
    beschikbaar_vanaf VARCHAR,
    afwezig_tot VARCHAR,
    uren_per_maand INTEGER,
    raamovereenkomst VARCHAR NOT NULL,
    talen TEXT NOT NULL,
    profiel TEXT NOT NULL,
    profiel_gecontroleerd VARCHAR,
    conflicts INTEGER NOT NULL,
    agreed VARCHAR NOT NULL,
    sort_naam VARCHAR NOT NULL,
    sort_organisatie VARCHAR NOT NULL,
    PRIMARY KEY (rec)
)

CREATE INDEX expert_row_naam ON expert_row (sort_naam)

CREATE TABLE gap (
    device INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    subject BLOB NOT NULL,
    PRIMARY KEY (device, counter)
) WITHOUT ROWID

CREATE TABLE held (
    space VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    counter INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    device BLOB NOT NULL,
    size INTEGER NOT NULL,
    since_ms INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (space, name, counter)
)

CREATE TABLE link (
    device INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    digest BLOB NOT NULL,
    counter INTEGER NOT NULL,
    heads BLOB NOT NULL,
    role VARCHAR NOT NULL,
    PRIMARY KEY (device, seq)
) WITHOUT ROWID

CREATE TABLE op (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    device INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    entity VARCHAR NOT NULL,
    subject BLOB NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (device, counter)
)

CREATE INDEX op_entity ON op (entity, clock)

CREATE TABLE rec (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    entity VARCHAR NOT NULL,
    space INTEGER NOT NULL,
    subject BLOB NOT NULL,
    shown VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    conflicts INTEGER NOT NULL,
    digest BLOB NOT NULL,
    registers BLOB NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (kind, entity)
)

CREATE INDEX rec_changed ON rec (kind, changed)

CREATE INDEX rec_conflicts ON rec (kind, entity) WHERE conflicts > 0

CREATE INDEX rec_name ON rec (kind, name, entity)

CREATE INDEX rec_shown ON rec (kind, shown, entity)

CREATE INDEX rec_state ON rec (space, digest)

CREATE TABLE retired (seq INTEGER NOT NULL, PRIMARY KEY (seq))

CREATE TABLE space (
    num INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    device BLOB NOT NULL,
    name_key BLOB NOT NULL,
    clock INTEGER NOT NULL,
    standing VARCHAR NOT NULL,
    network BLOB NOT NULL,
    founding BLOB NOT NULL,
    sign_seed BLOB NOT NULL,
    box_seed BLOB NOT NULL,
    home INTEGER NOT NULL,
    loose INTEGER NOT NULL,
    UNIQUE (id)
)

CREATE TABLE tag (
    field VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    rec INTEGER NOT NULL,
    PRIMARY KEY (field, code, rec)
) WITHOUT ROWID

CREATE INDEX tag_rec ON tag (rec)

CREATE TABLE uncounted (
    device INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    dots BLOB NOT NULL,
    PRIMARY KEY (device, counter)
) WITHOUT ROWID

CREATE TABLE vector (
    num INTEGER NOT NULL,
    space INTEGER NOT NULL,
    device BLOB NOT NULL,
    counter INTEGER NOT NULL,
    highest INTEGER NOT NULL,
    PRIMARY KEY (num),
    UNIQUE (space, device)
)

CREATE TRIGGER op_is_never_changed BEFORE UPDATE ON op BEGIN SELECT RAISE(ABORT, 'append-only'); END

CREATE TRIGGER op_is_never_deleted BEFORE DELETE ON op
WHEN NOT EXISTS (SELECT 1 FROM retired WHERE seq = OLD.seq) BEGIN SELECT RAISE(ABORT, 'append-only'); END
"""
_COPIES = """
INSERT INTO space SELECT rowid, id, kind, '', device, name_key, clock, 'alone', x'', x'', x'', x'', 1, 0 FROM space_1

INSERT INTO vector SELECT v.num, s.num, v.device, v.counter, v.counter FROM vector_1 v JOIN space s ON s.id = v.space

DROP TABLE space_1

DROP TABLE vector_1
"""
_READ = "SELECT seq, device, counter, clock, entity, body FROM op_1 ORDER BY seq"
_APPEND = "INSERT INTO op (seq, device, counter, clock, entity, subject, body) VALUES (?, ?, ?, ?, ?, ?, ?)"


def upgrade() -> None:
    for name in _DERIVED:
        op.execute(f"DROP TABLE {name}")
    for name in ("space", "vector", "op"):
        op.execute(f"ALTER TABLE {name} RENAME TO {name}_1")
    op.execute("DROP INDEX op_entity")
    op.execute("DROP TRIGGER op_is_never_changed")
    op.execute("DROP TRIGGER op_is_never_deleted")
    for statement in _statements(_TABLES + _COPIES):
        op.execute(statement)
    connection = op.get_bind()
    subjects: dict[str, bytes] = {}
    for row in connection.exec_driver_sql(_READ):
        *numbers, entity, body = row
        subject = subjects.setdefault(entity, _subject(entity, body))
        connection.exec_driver_sql(_APPEND, (*numbers, entity, subject, body))
    op.execute("DROP TABLE op_1")


def _statements(text: str) -> Iterator[str]:
    return filter(None, map(str.strip, text.split("\n\n")))


def _subject(entity: str, body: bytes) -> bytes:
    """The case that the first operation of an entity is about: 16 bytes, or none."""
    fields: list[Any] = msgpack.unpackb(body)
    kind, changes = fields[5], fields[8]
    if kind == "casus":
        return _id(entity)
    if kind in ("pareltje", "organisatie", "persoon", "team"):
        return b""
    return next((_id(value) for field, key, value, _ in changes if (field, key) == ("casus", "")), b"")


def _id(text: Any) -> bytes:
    try:
        data = base64.b32decode(f"{text}======".upper()) if isinstance(text, str) else b""
    except Error:
        return b""
    return data if len(data) == 16 else b""
