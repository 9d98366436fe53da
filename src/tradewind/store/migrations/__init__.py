"""The Alembic tree: `env.py` runs a migration on the connection it is given, `versions/` has one file per
revision.

Called by `store.schema` only, and only when the database is not at the newest revision.
"""
