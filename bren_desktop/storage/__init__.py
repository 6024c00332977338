"""The encrypted store: SQLAlchemy Core on SQLCipher, projections, search index, migrations."""
