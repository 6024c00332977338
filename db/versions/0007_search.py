"""What search asks of the store: domains of cases, mentions by number, and longer beginnings of words.

All of it is derived: mentions are filled after opening, the rest when the tables are made anew.
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

_ORDERS = (
    *("changed_ms", "nummer", "initials", "regio", "gemeente", "status", "urgentie", "datum_aanmelding"),
    *("geboortedatum", "behandelaar", "surname", "assigned"),
)


def upgrade() -> None:
    op.execute("DROP TABLE case_row")
    op.execute(
        "CREATE TABLE case_row (rec INTEGER NOT NULL, entity VARCHAR NOT NULL, id VARCHAR NOT NULL, "
        "nummer VARCHAR NOT NULL, initials VARCHAR NOT NULL, regio VARCHAR NOT NULL, gemeente VARCHAR NOT NULL, "
        "status VARCHAR NOT NULL, urgentie VARCHAR NOT NULL, datum_aanmelding VARCHAR, geboortedatum VARCHAR, "
        "leeftijd INTEGER, behandelaar VARCHAR NOT NULL, knelpunten TEXT NOT NULL, domeinen TEXT NOT NULL, "
        "changed_ms INTEGER NOT NULL, conflicts INTEGER NOT NULL, to_code INTEGER NOT NULL, surname VARCHAR NOT NULL, "
        "first_name VARCHAR NOT NULL, assigned INTEGER NOT NULL, PRIMARY KEY (rec))"
    )
    for column in _ORDERS:
        op.execute(f"CREATE INDEX case_row_{column} ON case_row ({column})")
    op.execute("DROP TABLE mention")
    op.execute(
        "CREATE TABLE mention (topic INTEGER NOT NULL, weight INTEGER NOT NULL, rec INTEGER NOT NULL, "
        "PRIMARY KEY (topic, weight, rec)) WITHOUT ROWID"
    )
    op.execute("CREATE INDEX mention_rec ON mention (rec)")
    op.execute("DROP TABLE search_body")
    op.execute(
        "CREATE VIRTUAL TABLE search_body USING fts5(text, content='', contentless_delete=1, detail=none, "
        "tokenize='unicode61 remove_diacritics 2', prefix='2 3 4 5')"
    )
    op.execute("INSERT INTO search_body (search_body, rank) VALUES ('hashsize', 16777216)")
    op.execute("INSERT INTO search_body (search_body, rank) VALUES ('automerge', 0)")
