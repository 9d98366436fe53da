"""A condition that no index may serve.  Called by statements of the store where another condition selects the rows.

SQLite keeps no statistics here and takes every index for equally good: given the ids of ten runs and a state, it may
read all task instances of a million that have the state.  `residual(column)` is `+column` to it, which has no index;
the other databases know how often a value occurs, and get the column as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class residual(FunctionElement[Any]):  # noqa: N801 - reads as SQL
    """`residual(column)`: its value, for a condition on rows that other conditions select."""

    name = "residual"
    inherit_cache = True

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(residual)
def _plain(element: residual, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(next(iter(element.clauses)), **kw)


@compiles(residual, "sqlite")
def _sqlite(element: residual, compiler: SQLCompiler, **kw: Any) -> str:
    return "+" + compiler.process(next(iter(element.clauses)), **kw)


class gathered(residual):  # noqa: N801 - reads as SQL
    """`gathered(column)`: its value, for the order of rows that were found without regard to it, on any database."""

    name = "gathered"
    inherit_cache = True


@compiles(gathered)
def _gathered(element: gathered, compiler: SQLCompiler, **kw: Any) -> str:
    column = compiler.process(next(iter(element.clauses)), **kw)
    return f"coalesce({column}, {column})"  # which no database takes for the column


@compiles(gathered, "sqlite")
def _gathered_sqlite(element: gathered, compiler: SQLCompiler, **kw: Any) -> str:
    return "+" + compiler.process(next(iter(element.clauses)), **kw)


def along(
    column: Column[Any], states: Sequence[str | None] | None, unusual: Collection[str], index: str
) -> ColumnElement[bool] | None:
    """The condition on a state for a walk along the order of a list of all history, or None when it is to be as it is.

    What succeeded is nearly everything: it is met along any order, where an index on the state would have it all
    sorted.  What is in an `unusual` state has an index of its own, partial by the condition `index`.
    """
    if not states or len(states) > 1:
        return None
    if states[0] == "success":
        return residual(column) == states[0]
    return and_(column == states[0], text(f"{column.table.name}.{index}")) if states[0] in unusual else None
