"""Runs revisions on the connection that `store.schema` opened; loaded by Alembic as a script, so it needs no
ini file.
"""

from __future__ import annotations

from alembic import context

from tradewind.store.schema import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    version_table=context.config.attributes["version_table"],
    transactional_ddl=True,
    # SQLite cannot alter most things in place: Alembic copies the table
    render_as_batch=connection.dialect.name == "sqlite",
)
# the caller holds the transaction and the lock: all revisions become visible together, or none
context.run_migrations()
