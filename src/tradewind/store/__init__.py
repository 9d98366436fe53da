"""Remembers: SQLAlchemy tables, guarded updates, queries and Alembic migrations.

`Store` is the way in.  It is found lazily (PEP 562), so that a caller of one small module, such as
`store.uuid7`, does not load the database libraries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tradewind.store.facade import Store as Store

__all__ = ["Store"]


def __getattr__(name: str) -> object:
    if name == "Store":
        from tradewind.store.facade import Store

        globals()["Store"] = Store
        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
