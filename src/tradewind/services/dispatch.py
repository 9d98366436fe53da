"""From decisions to work: builds the messages that executors hand to workers.  Used by `services.scheduler`."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tradewind.core.machine import ANSWER, TRIGGER_FAILED, TRIGGER_TIMEOUT
from tradewind.core.view import RunView, TaskView
from tradewind.ports.store import CallbackRow
from tradewind.ports.triggers import DeferralStore
from tradewind.spec.wire import CallbackWork, DagSource, RunInfo, TaskWork

_OF_TASK = ("task_id", "map_index", "ti_id", "state", "try_number", "max_tries", "start_date", "end_date")


def log_path(run: RunView, task: TaskView) -> str:
    """Path of an attempt's log relative to the log folder, in Airflow's layout; ids cannot leave the folder."""
    parts = [
        f"dag_id={_safe(run.dag_id)}",
        f"run_id={_safe(run.run_id)}",
        f"task_id={_safe(task.key.task_id)}",
    ]
    if task.key.map_index >= 0:
        parts.append(f"map_index={task.key.map_index}")
    return "/".join([*parts, f"attempt={task.try_number}.log"])


@lru_cache(maxsize=4096)
def _safe(name: str) -> str:
    # long ids with multi-byte letters could pass the file system's limit of 255 bytes for a name
    return quote(name, safe="+:@ ,=~!()")[:200]


def run_info(run: RunView) -> RunInfo:
    """What a task may know of its run."""
    return RunInfo(
        dag_id=run.dag_id,
        run_id=run.run_id,
        run_type=run.run_type.value,
        run_after=run.run_after,
        state=run.state.value,
        logical_date=run.logical_date,
        data_interval_start=run.interval.start if run.interval else None,
        data_interval_end=run.interval.end if run.interval else None,
        queued_at=run.queued_at,
        start_date=run.start_date,
        end_date=run.end_date,
        conf=run.conf,
        clear_number=run.clear_number,
        note=run.note,
        triggering_user_name=run.triggering_user_name,
        partition_key=run.partition_key,
        partition_date=run.partition_date,
    )


def task_work(
    run: RunView, task: TaskView, source: DagSource, log_folder: Path, callback_limit: float, deferrals: DeferralStore
) -> TaskWork:
    """The message that runs the current attempt of a task."""
    assert task.attempt_id is not None
    expansion = run.graph.expansion.get(task.key.task_id)
    return TaskWork(
        attempt_id=task.attempt_id,
        ti_id=task.id,
        dag_id=run.dag_id,
        task_id=task.key.task_id,
        map_index=task.key.map_index,
        try_number=task.try_number,
        max_tries=task.max_tries,
        run=run_info(run),
        source=source,
        log_path=f"{log_folder}/{log_path(run, task)}",
        callback_limit=callback_limit,
        first_start=task.first_start,
        reschedules=task.reschedules,
        linked=bool(task.spec.extra_links),
        started=task.start_date,
        **_resumed(task, deferrals),
        expanded_ti_count=run.size(expansion) if expansion is not None else None,
    )


def _resumed(task: TaskView, deferrals: DeferralStore) -> dict[str, Any]:
    """Where a try goes on that waited for a trigger or for people, and with what."""
    if task.next_method is None:
        return {}
    if task.next_method.startswith(ANSWER):
        return {"next_method": task.next_method.removeprefix(ANSWER), "answered": True}
    if task.next_method == TRIGGER_TIMEOUT:
        return {"next_method": TRIGGER_FAILED, "next_kwargs": '{"error":"Trigger timeout"}'}
    found = deferrals.resumed(task.trigger_id) if task.trigger_id is not None else None
    if found is None:
        return {"next_method": TRIGGER_FAILED, "next_kwargs": '{"error":"What the trigger brought is gone"}'}
    method = TRIGGER_FAILED if found.lost else task.next_method
    return {"next_method": method, "next_kwargs": found.next_kwargs, "trigger_event": found.event}


def callback_log_path(run: RunView, callback_id: str) -> str:
    """Path of a callback's log relative to the log folder."""
    return f"dag_id={_safe(run.dag_id)}/run_id={_safe(run.run_id)}/callback={callback_id}.log"


def callback_work(
    run: RunView, row: CallbackRow, source: DagSource, log_folder: Path, time_limit: float
) -> CallbackWork:
    """The message that runs callbacks outside a task's process."""
    data = dict(row.data or {})
    task = {name: data.pop(name, None) for name in _OF_TASK}
    return CallbackWork(
        attempt_id=row.id,
        dag_id=run.dag_id,
        run=run_info(run),
        source=source,
        log_path=f"{log_folder}/{callback_log_path(run, row.id)}",
        kind=row.kind,  # type: ignore[arg-type]  # the column holds one of the names that Step writes
        time_limit=time_limit,
        data=data,
        of_task=row.ti_id is not None,
        task_id=task["task_id"],
        map_index=-1 if task["map_index"] is None else task["map_index"],
        try_number=task["try_number"] or 0,
        max_tries=task["max_tries"] or 0,
        ti_id=task["ti_id"] or "",
        ti_state=task["state"] or "",
        start_date=_time(task["start_date"]),
        end_date=_time(task["end_date"]),
        reason=row.reason,
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
