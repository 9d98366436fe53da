"""What code for Airflow's metadata database meets: it loads, and says at the call that there is no database.

Airflow: `airflow.utils.session`, `airflow.utils.db`.  Tasks of Tradewind (and of Airflow 3) never see the database.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, ParamSpec, TypeVar

from tradewind.errors import AirflowException

P = ParamSpec("P")
R = TypeVar("R")

NEW_SESSION: Any = None
"""Default of a `session` argument: "open one for me"."""


class NoDatabaseError(AirflowException):
    """Code of a DAG file asked for the metadata database."""

    fix = (
        "use ti.xcom_pull, Variable.get, BaseHook.get_connection or dag_run of the context; for everything else the "
        "REST API (/api/v2)"
    )


def _refuse(what: str) -> NoReturn:
    raise NoDatabaseError(
        f"{what} needs a session of the metadata database, which code of DAG files cannot have\n"
        f"  fix: {NoDatabaseError.fix}"
    )


def provide_session(func: Callable[P, R]) -> Callable[P, R]:
    """A function with a `session` parameter: it works when one is given, and raises `NoDatabaseError` when not.

    Raises `ValueError` when the function has no such parameter.
    """
    signature = inspect.signature(func)
    if "session" not in signature.parameters:
        raise ValueError(f"@provide_session is on {func.__qualname__}(), which has no parameter 'session'")

    @functools.wraps(func)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        if signature.bind_partial(*args, **kwargs).arguments.get("session") is None:
            _refuse(f"{func.__qualname__}()")
        return func(*args, **kwargs)

    return wrapper


@contextmanager
def create_session(scoped: bool = True) -> Iterator[Any]:
    """Raises `NoDatabaseError`."""
    _refuse("create_session()")
    yield  # makes this a generator, so that `with` raises and not the line that imports it
