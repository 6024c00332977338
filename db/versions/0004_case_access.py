"""A small table says which case is open to whom: assigned persons, and emergency access begun on a day.

The list of cases is made anew with a column that says whether anybody is assigned; it is filled with all derived.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

_TEXTS = ("entity", "id", "nummer", "initials", "regio", "gemeente", "status", "urgentie")
_ORDERS = (
    *("assigned", "behandelaar", "changed_ms", "datum_aanmelding", "geboortedatum", "gemeente", "initials", "nummer"),
    *("regio", "status", "surname", "urgentie"),
)


def upgrade() -> None:
    op.execute(
        "CREATE TABLE case_access (person VARCHAR NOT NULL, casus VARCHAR NOT NULL, rec INTEGER NOT NULL, "
        "begun VARCHAR NOT NULL, PRIMARY KEY (person, casus, rec)) WITHOUT ROWID"
    )
    op.execute("CREATE INDEX case_access_rec ON case_access (rec)")
    op.execute("DROP TABLE case_row")
    texts = ", ".join(f"{name} VARCHAR NOT NULL" for name in _TEXTS)
    op.execute(
        f"CREATE TABLE case_row (rec INTEGER NOT NULL, {texts}, datum_aanmelding VARCHAR, geboortedatum VARCHAR, "
        "leeftijd INTEGER, behandelaar VARCHAR NOT NULL, knelpunten TEXT NOT NULL, changed_ms INTEGER NOT NULL, "
        "conflicts INTEGER NOT NULL, to_code INTEGER NOT NULL, surname VARCHAR NOT NULL, first_name VARCHAR NOT NULL, "
        "assigned INTEGER NOT NULL, PRIMARY KEY (rec))"
    )
    for name in _ORDERS:
        op.execute(f"CREATE INDEX case_row_{name} ON case_row ({name})")
