"""Alembic's environment: it upgrades the open connection it is handed. There is no address and no key to configure."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
