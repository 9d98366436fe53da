"""Defaults that Airflow takes from its configuration, read from the same environment variables.

Read when a DAG or task is made (not at import), so that a warm worker follows its environment.  Called by `dag`,
`operator_args`, `schedules`, `sensors` and `timezone`.
"""

from __future__ import annotations

import os
from datetime import timedelta

from tradewind.authoring.problems import ArgumentValueError

_TRUE = frozenset({"true", "t", "1", "yes", "y", "on"})
_FALSE = frozenset({"false", "f", "0", "no", "n", "off"})


def _variable(section: str, key: str) -> str:
    return f"AIRFLOW__{section.upper()}__{key.upper()}"


def get_text(section: str, key: str, default: str) -> str:
    """The option as text."""
    return os.environ.get(_variable(section, key), "").strip() or default


def get_bool(section: str, key: str, default: bool) -> bool:
    """The option as a boolean.  Raises `ArgumentValueError` naming the variable."""
    name = _variable(section, key)
    text = os.environ.get(name, "").strip().lower()
    if not text:
        return default
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise ArgumentValueError(f"{name}={text!r} is neither true nor false", fix=f"set {name}=True or {name}=False")


def get_number(section: str, key: str, default: float) -> float:
    """The option as a number.  Raises `ArgumentValueError` naming the variable."""
    name = _variable(section, key)
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    try:
        return float(text)
    except ValueError:
        raise ArgumentValueError(f"{name}={text!r} is not a number", fix=f"set {name}={default:g}") from None


def get_int(section: str, key: str, default: int) -> int:
    """The option as a whole number.  Raises `ArgumentValueError` naming the variable."""
    return int(get_number(section, key, default))


def task_retries() -> int:
    """Retries of a task that says nothing."""
    return get_int("core", "default_task_retries", 0)


def task_retry_delay() -> timedelta:
    """Delay between tries of a task that says nothing."""
    return timedelta(seconds=get_number("core", "default_task_retry_delay", 300))


def longest_retry_delay() -> float:
    """Seconds that no exponential retry delay exceeds."""
    return get_number("core", "max_task_retry_delay", 24 * 60 * 60)


def task_execution_timeout() -> timedelta | None:
    """Execution timeout of a task that says nothing; None is unlimited."""
    seconds = get_number("core", "default_task_execution_timeout", 0)
    return timedelta(seconds=seconds) if seconds else None
