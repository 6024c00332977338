"""A table tells what the clocks of a case count from, by record; it is filled when the tables are made anew."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE event (casus VARCHAR NOT NULL, rec INTEGER NOT NULL, n INTEGER NOT NULL, "
        "entity VARCHAR NOT NULL, created INTEGER NOT NULL, changed_ms INTEGER NOT NULL, what VARCHAR NOT NULL, "
        "day VARCHAR NOT NULL, ref VARCHAR NOT NULL, part VARCHAR NOT NULL, value VARCHAR NOT NULL, "
        "PRIMARY KEY (casus, rec, n)) WITHOUT ROWID"
    )
    op.execute("CREATE INDEX event_rec ON event (rec)")
    op.execute("CREATE INDEX event_what ON event (what, day)")
