"""Deadline references with code of the author's own: asked in the child process of `loading.child`.

Airflow gives such code a session of its database.  Here it gets the facts that are behind such queries instead: those
of the run, and how long the runs before it took.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from tradewind.authoring.deadlines import alerts
from tradewind.authoring.problems import ArgumentValueError
from tradewind.authoring.timezone import coerce_datetime, is_localized, plain

if TYPE_CHECKING:
    from tradewind.spec.wire import RunInfo

FACTS = (
    "dag_id",
    "run_id",
    "run_type",
    "run_after",
    "logical_date",
    "data_interval_start",
    "data_interval_end",
    "queued_at",
    "conf",
    "partition_key",
    "task_id",
    "runtimes",
)
"""What `required_kwargs` may name; Airflow has `dag_id` and `run_id` of them.  `runtimes`: how long the newest
successful runs took, newest first."""


class NoSession:
    """In place of the session of the database that Airflow gives."""

    def __getattr__(self, name: str) -> NoReturn:
        raise ArgumentValueError(
            f"the code of a deadline reference gets no session of the database (it asked for session.{name})",
            fix=f"name what it needs in required_kwargs: {', '.join(FACTS)}",
        )


def evaluate(dag: Any, task_id: str, number: int, run: RunInfo, runtimes: Sequence[float]) -> dt.datetime | None:
    """The moment that the deadline at this place of the DAG, or of the task, counts from; None: it does not apply.

    Raises what the code raises, and ArgumentValueError for an answer that is no moment.
    """
    found = alerts("the deadline", getattr(dag.get_task(task_id) if task_id else dag, "deadline", None))
    reference: Any = found[number].reference if number < len(found) else None
    if not callable(getattr(reference, "_evaluate_with", None)):
        raise ArgumentValueError(
            "the DAG file has no such deadline reference any more", fix="trigger a run of the new version"
        )
    name = type(reference).__name__
    facts = _facts(run, task_id, runtimes)
    wanted = set(getattr(reference, "required_kwargs", ()) or ())
    if unknown := sorted(wanted - facts.keys()):
        raise ArgumentValueError(
            f"{name}.required_kwargs names {unknown[0]!r}, which is not known here", fix=f"use {', '.join(FACTS)}"
        )
    at = reference._evaluate_with(session=NoSession(), **{key: facts[key] for key in sorted(wanted)})
    if at is None:
        return None
    if not isinstance(at, dt.datetime) or not is_localized(at):
        raise ArgumentValueError(
            f"{name}._evaluate_with returned {at!r}, which is no datetime with a time zone",
            fix="return one with a time zone, or None when the deadline does not apply",
        )
    return plain(at)


def _facts(run: RunInfo, task_id: str, runtimes: Sequence[float]) -> Mapping[str, Any]:
    facts: dict[str, Any] = {
        "task_id": task_id or None,
        "runtimes": [dt.timedelta(seconds=seconds) for seconds in runtimes],
    }
    for name in FACTS:
        if name not in facts:
            value = getattr(run, name)
            facts[name] = coerce_datetime(value) if isinstance(value, dt.datetime) else value
    return facts
