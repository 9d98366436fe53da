"""The context of a running task: its type, the known keys, and how user code gets at it.

The runtime fills a `Context` and installs it with `use`; Airflow: `Context`, `get_current_context`,
`get_parsing_context`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from tradewind.errors import AirflowException

_KEYS = """
    asset_state_store conf conn dag dag_run data_interval_end data_interval_start ds ds_nodash exception
    execution_date expanded_ti_count inlet_events inlets logical_date macros map_index_template next_ds
    next_ds_nodash next_execution_date outlet_events outlets params partition_date partition_key
    prev_data_interval_end_success prev_data_interval_start_success prev_ds prev_ds_nodash prev_end_date_success
    prev_execution_date prev_execution_date_success prev_start_date_success reason run_id start_date task
    task_instance task_instance_key_str task_reschedule_count task_state_store templates_dict test_mode ti
    tomorrow_ds tomorrow_ds_nodash triggering_asset_events triggering_dataset_events try_number ts ts_nodash
    ts_nodash_with_tz var yesterday_ds yesterday_ds_nodash
"""
KNOWN_CONTEXT_KEYS: frozenset[str] = frozenset(_KEYS.split())
"""Names that a task's function may have as parameters to receive the value from the context (Airflow 2 and 3)."""


class Context(dict[str, Any]):
    """The values a task may use: a dict, some of whose values are made at first use.

    Everything a dict does works, `**context` included, which makes all values.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy: dict[str, Callable[[], Any]] = {}

    def add_lazy(self, key: str, make: Callable[[], Any]) -> None:
        """Let `make()` give the value of `key` when somebody asks for it."""
        self._lazy[key] = make

    def __missing__(self, key: str) -> Any:
        make = self._lazy.pop(key, None)
        if make is None:
            raise KeyError(key)
        value = self[key] = make()
        return value

    def __setitem__(self, key: str, value: Any) -> None:
        self._lazy.pop(key, None)
        super().__setitem__(key, value)

    def __delitem__(self, key: str) -> None:
        if self._lazy.pop(key, None) is None:
            super().__delitem__(key)

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or key in self._lazy

    def __iter__(self) -> Iterator[str]:
        yield from list(super().__iter__())
        yield from list(self._lazy)

    def __len__(self) -> int:
        return super().__len__() + len(self._lazy)

    def get(self, key: str, default: Any = None) -> Any:
        """The value, made if need be, or `default`."""
        try:
            return self[key]
        except KeyError:
            return default

    def keys(self) -> Any:
        """All names, those not yet made included."""
        return dict.fromkeys(self).keys()

    def items(self) -> Any:
        """All pairs; makes all values."""
        return {key: self[key] for key in self}.items()

    def values(self) -> Any:
        """All values; makes them."""
        return [self[key] for key in self]

    def copy(self) -> Context:
        """A shallow copy; what was not made stays so."""
        twin = Context({key: dict.__getitem__(self, key) for key in dict.__iter__(self)})
        twin._lazy = dict(self._lazy)
        return twin

    def update(self, *args: Any, **kwargs: Any) -> None:
        """As a dict's."""
        for key, value in dict(*args, **kwargs).items():
            self[key] = value


_current: ContextVar[Context | None] = ContextVar("tradewind_context", default=None)


def get_current_context() -> Context:
    """The context of the task that is running.  Raises `AirflowException` outside a running task."""
    context = _current.get()
    if context is None:
        raise AirflowException(
            "get_current_context() works only inside a running task; call it in the task's function or execute(), "
            "not at the top of the DAG file"
        )
    return context


@contextmanager
def use(context: Context) -> Iterator[Context]:
    """Make `context` the current one of this thread or coroutine."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)


class AirflowParsingContext(NamedTuple):
    """For whom a file is being loaded: both None when everything in it is wanted."""

    dag_id: str | None
    task_id: str | None


def get_parsing_context() -> AirflowParsingContext:
    """What the file is being loaded for, so that a file that makes many DAGs can make only the one that is needed."""
    get = os.environ.get
    return AirflowParsingContext(
        get("_AIRFLOW_PARSING_CONTEXT_DAG_ID") or None, get("_AIRFLOW_PARSING_CONTEXT_TASK_ID") or None
    )


def context_merge(context: Any, *additions: Any, **values: Any) -> None:
    """Put more into a context, as `dict.update` does."""
    for more in additions:
        context.update(more)
    context.update(values)


DEFAULT_FORMAT_PREFIX = "airflow.ctx."
ENV_VAR_FORMAT_PREFIX = "AIRFLOW_CTX_"
AIRFLOW_VAR_NAME_FORMAT_MAPPING = {
    f"{ENV_VAR_FORMAT_PREFIX}{name}": {
        "default": f"{DEFAULT_FORMAT_PREFIX}{name.lower()}",
        "env_var_format": f"{ENV_VAR_FORMAT_PREFIX}{name}",
    }
    for name in (
        "DAG_EMAIL", "DAG_ID", "DAG_OWNER", "DAG_RUN_ID", "EXECUTION_DATE", "LOGICAL_DATE", "TASK_ID", "TRY_NUMBER",
    )
}  # fmt: skip
"""What hooks tell a database about the task that asks: variable -> its name there, its name as a variable."""


def context_to_airflow_vars(context: Any, in_env_var_format: bool = True) -> dict[str, str]:
    """`AIRFLOW_CTX_*` environment variables for a child process, as Airflow 2 and 3 name them; or the same as names
    with dots, `airflow.ctx.dag_id`."""
    task, ti, run = context.get("task"), context.get("ti"), context.get("dag_run")
    logical_date = context.get("logical_date")
    stamp = logical_date.isoformat() if logical_date is not None else None
    email = getattr(task, "email", None)
    values = {
        "DAG_OWNER": getattr(task, "owner", None),
        "DAG_EMAIL": ",".join(email) if isinstance(email, list | tuple | set) else email,
        "DAG_ID": getattr(ti, "dag_id", None) or getattr(task, "dag_id", None),
        "TASK_ID": getattr(ti, "task_id", None) or getattr(task, "task_id", None),
        "EXECUTION_DATE": stamp,
        "LOGICAL_DATE": stamp,
        "TRY_NUMBER": getattr(ti, "try_number", None),
        "DAG_RUN_ID": getattr(run, "run_id", None) or context.get("run_id"),
    }
    form = "env_var_format" if in_env_var_format else "default"
    return {
        AIRFLOW_VAR_NAME_FORMAT_MAPPING[f"{ENV_VAR_FORMAT_PREFIX}{name}"][form]: str(value)
        for name, value in values.items()
        if value not in (None, "")
    }
