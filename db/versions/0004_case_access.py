"""A small table says which case is open to whom: assigned persons, and emergency access begun on a day."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE case_access (person VARCHAR NOT NULL, casus VARCHAR NOT NULL, rec INTEGER NOT NULL, "
        "begun VARCHAR NOT NULL, PRIMARY KEY (person, casus, rec)) WITHOUT ROWID"
    )
    op.execute("CREATE INDEX case_access_rec ON case_access (rec)")
    op.execute("CREATE INDEX case_access_assigned ON case_access (casus) WHERE begun = ''")
