"""Arguments of a DAG that say what its schedule does in trouble: late, all at once, one run on top of another.

Called by `dag` for what is given as an argument, by `compile` for what is set on the DAG object.  Airflow knows
`catchup` as a bool and `allowed_run_types`; the rest is Tradewind's.  Airflow refuses arguments it does not know, but
lets a file set attributes: `dag.catchup_policy = "latest"` works in files that both load.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tradewind.authoring.defaults import get_bool, get_text
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError
from tradewind.spec.states import DagRunType

if TYPE_CHECKING:  # msgspec need not be loaded to define a DAG
    from tradewind.spec.dag import CatchupPolicy

_KINDS = ("none", "latest", "all")
_OVERLAPS = ("queue", "skip", "cancel_running")
_CATCHUP_FIX = 'write catchup="none", "latest", "all", timedelta(days=7), {"runs": 3}, True or False'


def catchup(value: Any) -> tuple[bool, Any]:
    """`catchup` as Airflow's bool, and the finer policy when one was given (or is the configured default)."""
    if value is None:
        policy = get_text("scheduler", "catchup_policy", "") or None
        return (get_bool("scheduler", "catchup_by_default", False) if policy is None else policy == "all"), policy
    if isinstance(value, bool):
        return value, None
    return value == "all", value


def catchup_policy(where: str, value: Any) -> CatchupPolicy | None:
    """The policy as data; None for Airflow's bool.  Raises `ArgumentTypeError`, `ArgumentValueError`."""
    if value is None or isinstance(value, bool):
        return None
    from tradewind.spec.dag import CatchupPolicy  # loads msgspec: few DAGs have a policy

    if isinstance(value, str) and value in _KINDS:
        return CatchupPolicy(kind=value)  # type: ignore[arg-type]
    if isinstance(value, dt.timedelta):
        if value <= dt.timedelta():
            raise ArgumentValueError(
                f"{where}: the catchup window {value} is not longer than nothing", fix=_CATCHUP_FIX
            )
        return CatchupPolicy(kind="window", seconds=value.total_seconds())
    if isinstance(value, Mapping) and set(value) == {"runs"}:
        runs = value["runs"]
        if isinstance(runs, bool) or not isinstance(runs, int) or not 1 <= runs <= 1000:
            raise ArgumentValueError(
                f"{where}: catchup={dict(value)!r} needs a whole number from 1 to 1000", fix='write catchup={"runs": 3}'
            )
        return CatchupPolicy(kind="runs", runs=runs)
    raise ArgumentValueError(f"{where}: catchup={value!r} is no catchup policy", fix=_CATCHUP_FIX)


def jitter(where: str, value: Any) -> float:
    """`schedule_jitter` in seconds; None is the configured default.  Raises `ArgumentTypeError`."""
    if value is None:
        text = get_text("scheduler", "schedule_jitter", "0")
        try:
            value = dt.timedelta(seconds=float(text))
        except ValueError:
            raise ArgumentValueError(
                f"the setting scheduler.schedule_jitter={text!r} is not a number of seconds", fix="write 300"
            ) from None
    if not isinstance(value, dt.timedelta) or value < dt.timedelta():
        raise ArgumentTypeError(
            f"{where}: schedule_jitter must be a timedelta, not {value!r}",
            fix="write schedule_jitter=timedelta(minutes=5)",
        )
    return value.total_seconds()


def overlap(where: str, value: Any) -> Any:
    """`overlap`; None is the configured default.  Raises `ArgumentValueError` with the words there are."""
    if value is None:
        value = get_text("scheduler", "overlap", "queue")
    if value not in _OVERLAPS:
        raise ArgumentValueError(
            f"{where}: overlap={value!r} is not known", fix=f"write one of {', '.join(map(repr, _OVERLAPS))}"
        )
    return value


def run_types(where: str, value: Any) -> tuple[DagRunType, ...] | None:
    """`allowed_run_types`: one or several; None allows all.  Raises `ArgumentValueError`."""
    if value is None:
        return None
    given = [value] if isinstance(value, str) else list(value) if isinstance(value, Iterable) else [value]
    try:
        return tuple(sorted({DagRunType(item) for item in given}))
    except ValueError:
        words = ", ".join(kind.value for kind in DagRunType)
        raise ArgumentValueError(
            f"{where}: allowed_run_types={value!r} names a run type that there is not", fix=f"use {words}"
        ) from None
