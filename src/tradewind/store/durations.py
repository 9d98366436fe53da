"""How long something took, as an expression of SQL.  Used by what reads lists, and by the indexes for them.

The index on it serves a query only when both say the same, letter by letter: so there is one place that says it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class seconds_between(FunctionElement[float]):  # noqa: N801 - an SQL function
    """`seconds_between(start, end)`: for filters and order; NULL when one of them is.

    On SQLite, which counts in days, to a tenth of a millisecond.
    """

    type = Float()
    name = "seconds_between"
    inherit_cache = True


@compiles(seconds_between, "postgresql")
def _seconds_postgresql(element: seconds_between, compiler: SQLCompiler, **kw: Any) -> str:
    start, end = element.clauses
    passed = f"{compiler.process(end, **kw)} - {compiler.process(start, **kw)}"
    # a double, as the values that it is compared with: a numeric would be converted, and no index serve it
    return f"CAST(extract(epoch from ({passed})) AS DOUBLE PRECISION)"


@compiles(seconds_between, "mysql")
@compiles(seconds_between, "mariadb")
def _seconds_mysql(element: seconds_between, compiler: SQLCompiler, **kw: Any) -> str:
    start, end = element.clauses
    return f"(timestampdiff(microsecond, {compiler.process(start, **kw)}, {compiler.process(end, **kw)}) / 1e6)"


@compiles(seconds_between)
def _seconds_sqlite(element: seconds_between, compiler: SQLCompiler, **kw: Any) -> str:
    start, end = element.clauses
    return (
        f"round((julianday({compiler.process(end, **kw)}) - julianday({compiler.process(start, **kw)})) * 86400.0, 4)"
    )
