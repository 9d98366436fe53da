"""A condition that no index may serve.  Called by statements of the store where another condition selects the rows.

SQLite keeps no statistics here and takes every index for equally good: given the ids of ten runs and a state, it may
read all task instances of a million that have the state.  `residual(column)` is `+column` to it, which has no index;
the other databases know how often a value occurs, and get the column as it is.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement
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
