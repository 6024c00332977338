"""The first tables."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

_TABLES = """
CREATE TABLE attachment (digest VARCHAR NOT NULL, data BLOB NOT NULL, PRIMARY KEY (digest))

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

CREATE TABLE draft (
    "key" VARCHAR NOT NULL,
    body TEXT NOT NULL,
    saved_ms INTEGER NOT NULL,
    PRIMARY KEY ("key")
)

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
    agreed VARCHAR NOT NULL,
    sort_naam VARCHAR NOT NULL,
    sort_organisatie VARCHAR NOT NULL,
    PRIMARY KEY (rec)
)

CREATE INDEX expert_row_naam ON expert_row (sort_naam)

CREATE TABLE op (
    seq INTEGER NOT NULL,
    device INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    entity VARCHAR NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (device, counter)
)

CREATE INDEX op_entity ON op (entity, clock)

CREATE TABLE read_log (
    seq INTEGER NOT NULL,
    entity VARCHAR NOT NULL,
    content BLOB,
    digest BLOB NOT NULL,
    chain BLOB NOT NULL,
    PRIMARY KEY (seq)
)

CREATE INDEX read_log_entity ON read_log (entity)

CREATE TABLE rec (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    entity VARCHAR NOT NULL,
    shown VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    registers BLOB NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (kind, entity)
)

CREATE INDEX rec_changed ON rec (kind, changed)

CREATE INDEX rec_name ON rec (kind, name, entity)

CREATE INDEX rec_shown ON rec (kind, shown, entity)

CREATE TABLE series (name VARCHAR NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (name))

CREATE TABLE setting ("key" VARCHAR NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("key"))

CREATE TABLE space (
    id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    device BLOB NOT NULL,
    name_key BLOB NOT NULL,
    clock INTEGER NOT NULL,
    PRIMARY KEY (id)
)

CREATE TABLE tag (
    field VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    rec INTEGER NOT NULL,
    PRIMARY KEY (field, code, rec)
) WITHOUT ROWID

CREATE INDEX tag_rec ON tag (rec)

CREATE TABLE vector (
    num INTEGER NOT NULL,
    space VARCHAR NOT NULL,
    device BLOB NOT NULL,
    counter INTEGER NOT NULL,
    PRIMARY KEY (num),
    UNIQUE (device)
)

CREATE VIRTUAL TABLE search_title USING fts5(
    text, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'
)

CREATE VIRTUAL TABLE search_body USING fts5(
    text, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 2', prefix='2 3'
)

INSERT INTO search_body (search_body, rank) VALUES ('hashsize', 16777216)

INSERT INTO search_body (search_body, rank) VALUES ('automerge', 0)

CREATE TRIGGER op_is_never_changed BEFORE UPDATE ON op BEGIN SELECT RAISE(ABORT, 'append-only'); END

CREATE TRIGGER op_is_never_deleted BEFORE DELETE ON op BEGIN SELECT RAISE(ABORT, 'append-only'); END

CREATE TRIGGER read_log_is_never_deleted BEFORE DELETE ON read_log BEGIN SELECT RAISE(ABORT, 'append-only'); END

"""


def upgrade() -> None:
    for statement in filter(None, map(str.strip, _TABLES.split("\n\n"))):
        op.execute(statement)
