"""A small table says which keys of cases no published bundle holds yet: marking a thousand touches few pages."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE new_case_key (id BLOB NOT NULL, PRIMARY KEY (id), "
        "FOREIGN KEY(id) REFERENCES case_key (id) ON DELETE CASCADE) WITHOUT ROWID"
    )
    op.execute("INSERT INTO new_case_key SELECT id FROM case_key WHERE shared = 0")
    op.execute("DROP INDEX case_key_unshared")
    op.execute("ALTER TABLE case_key DROP COLUMN shared")
