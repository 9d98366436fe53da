"""Which DAG and which task group are open (`with DAG(...)`), and which DAGs a file made.

Used by `dag`, `taskgroup`, `operator` and `decorators`; the loader collects through `collecting`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_dags: list[Any] = []
_groups: list[Any] = []
_collected: list[Any] | None = None


def push_dag(dag: Any) -> None:
    """Open a DAG: tasks made from now on belong to it."""
    _dags.append(dag)


def pop_dag() -> Any:
    """Close the DAG opened last; returns it."""
    return _dags.pop()


def current_dag() -> Any | None:
    """The innermost open DAG."""
    return _dags[-1] if _dags else None


def push_group(group: Any) -> None:
    """Open a task group."""
    _groups.append(group)


def pop_group() -> Any:
    """Close the task group opened last; returns it."""
    return _groups.pop()


def current_group(dag: Any | None) -> Any | None:
    """The innermost open group of `dag`, else its root group; None without a DAG."""
    if _groups and (dag is None or _groups[-1].dag is dag):
        return _groups[-1]
    return dag.task_group if dag is not None else None


def register(dag: Any) -> None:
    """Remember a DAG that was opened with `with` or made by a call of a `@dag` function."""
    if _collected is not None and all(dag is not known for known in _collected):
        _collected.append(dag)


@contextmanager
def collecting() -> Iterator[list[Any]]:
    """Collect the registered DAGs, with nothing open; what was open before is put back, also after an error."""
    global _collected
    before = _collected, _dags[:], _groups[:]
    found: list[Any] = []
    _collected = found
    _dags.clear()
    _groups.clear()
    try:
        yield found
    finally:
        _collected = before[0]
        _dags[:], _groups[:] = before[1], before[2]


@contextmanager
def closed() -> Iterator[None]:
    """With nothing open: what is made inside joins no DAG and no group."""
    before = _dags[:], _groups[:]
    _dags.clear()
    _groups.clear()
    try:
        yield
    finally:
        _dags[:], _groups[:] = before
