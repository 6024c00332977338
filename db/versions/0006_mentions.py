"""The concepts that records mention, records still to be read, and more of each expert for matching.

All of it is derived: the table of experts is filled when the tables are made anew, the others after opening.
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE mention (concept VARCHAR NOT NULL, weight INTEGER NOT NULL, rec INTEGER NOT NULL, "
        "PRIMARY KEY (concept, weight, rec)) WITHOUT ROWID"
    )
    op.execute("CREATE INDEX mention_rec ON mention (rec)")
    op.execute("DROP TABLE expert_row")
    op.execute(
        "CREATE TABLE expert_row (rec INTEGER NOT NULL, entity VARCHAR NOT NULL, id VARCHAR NOT NULL, "
        "naam VARCHAR NOT NULL, functie VARCHAR NOT NULL, organisatie VARCHAR NOT NULL, soort VARCHAR NOT NULL, "
        "regio VARCHAR NOT NULL, regios TEXT NOT NULL, landelijk_inzetbaar INTEGER, expertise TEXT NOT NULL, "
        "domeinen TEXT NOT NULL, leeftijd_van INTEGER, leeftijd_tot INTEGER, beschikbaarheid VARCHAR NOT NULL, "
        "beschikbaar_vanaf VARCHAR, afwezig_tot VARCHAR, uren_per_maand INTEGER, raamovereenkomst VARCHAR NOT NULL, "
        "talen TEXT NOT NULL, profiel TEXT NOT NULL, titel VARCHAR NOT NULL, problematiek TEXT NOT NULL, "
        "mandaat TEXT NOT NULL, culturele_achtergrond VARCHAR NOT NULL, profiel_gecontroleerd VARCHAR, "
        "conflicts INTEGER NOT NULL, agreed VARCHAR NOT NULL, sort_naam VARCHAR NOT NULL, "
        "sort_organisatie VARCHAR NOT NULL, PRIMARY KEY (rec))"
    )
    op.execute("CREATE INDEX expert_row_naam ON expert_row (sort_naam)")
    op.execute("CREATE TABLE unread (rec INTEGER NOT NULL, changed INTEGER NOT NULL, PRIMARY KEY (rec))")
