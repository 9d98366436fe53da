"""Remembers: SQLAlchemy tables, guarded updates, queries and Alembic migrations."""
