"""`ti` of the template context: one attempt of a task instance, as Airflow 2 and 3 show it to user code.

Made by `task_runner` and `inline`.  It asks the supervisor through the function it is given and never sees a
database.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from tradewind.authoring.addresses import run_url
from tradewind.authoring.assets import Asset
from tradewind.authoring.notset import NOTSET
from tradewind.authoring.xcom import StoredXCom
from tradewind.runtime import large_values, task_states
from tradewind.runtime.dag_run import RuntimeDagRun, as_pendulum
from tradewind.runtime.neighbours import latest_window
from tradewind.runtime.state_stores import AssetStateStores, TaskStateStore
from tradewind.runtime.task_states import OfClassToo
from tradewind.runtime.xcom_elements import XComPlace, elements_of
from tradewind.runtime.xcom_sequence import LazyXComSequence
from tradewind.spec import serde, wire
from tradewind.spec.ids import NOT_MAPPED, XCOM_RETURN_KEY
from tradewind.spec.states import TaskInstanceState


class TaskInstanceKey(NamedTuple):
    """Identity of an attempt, as Airflow spells it."""

    dag_id: str
    task_id: str
    run_id: str
    try_number: int = 1
    map_index: int = NOT_MAPPED

    @property
    def primary(self) -> tuple[str, str, str, int]:
        """Identity of the task instance: the attempt's without its number."""
        return self.dag_id, self.task_id, self.run_id, self.map_index


class RuntimeTaskInstance:
    """The task instance that is running."""

    def __init__(
        self,
        *,
        task: Any,
        run: RuntimeDagRun,
        request: Callable[[wire.Request], Any],
        attempt_id: str,
        ti_id: str = "",
        try_number: int = 1,
        max_tries: int = 0,
        map_index: int = NOT_MAPPED,
        start_date: datetime | None = None,
        first_start: datetime | None = None,
        reschedules: int = 0,
        test_mode: bool = False,
    ) -> None:
        self._request = request
        self._attempt_id = attempt_id
        self._context: Any = None
        self.id = ti_id
        self.task = task
        self.task_id: str = task.task_id
        self.dag_id = run.dag_id
        self.run_id = run.run_id
        self.dag_run = run
        self.try_number = try_number
        self.max_tries = max_tries
        self.map_index = map_index
        self.test_mode = test_mode
        self.hostname = socket.gethostname()
        self.pid = os.getpid()
        self.start_date = as_pendulum(start_date)
        self._first_start = first_start
        self.reschedules = reschedules
        self.end_date = as_pendulum(None)
        self.state: TaskInstanceState | None = TaskInstanceState.RUNNING
        self.operator = getattr(task, "operator_name", type(task).__name__)
        self.pool = getattr(task, "pool", None)
        self.pool_slots = getattr(task, "pool_slots", 1)
        self.queue = getattr(task, "queue", None)
        self.priority_weight = getattr(task, "priority_weight", 1)
        self.executor_config = getattr(task, "executor_config", None)
        self.dag_version_id = None
        self._triggered = 0
        self.rendered_map_index: str | None = None if map_index == NOT_MAPPED else str(map_index)
        self.skipped: dict[str, None] = {}
        self.pushed: list[str] = []

    # --- What it is ------------------------------------------------------------------------------------------

    @property
    def log(self) -> logging.Logger:
        """Logger of the task."""
        return logging.getLogger("airflow.task")

    @property
    def logical_date(self) -> Any:
        """Logical date of the run; None when it has none."""
        return self.dag_run.logical_date

    execution_date = logical_date

    @property
    def key(self) -> TaskInstanceKey:
        """Identity of the attempt."""
        return TaskInstanceKey(self.dag_id, self.task_id, self.run_id, self.try_number, self.map_index)

    @property
    def is_mapped(self) -> bool:
        """Whether it is one of many made by dynamic mapping."""
        return self.map_index != NOT_MAPPED

    @property
    def duration(self) -> float | None:
        """Seconds from start to end; None while it runs."""
        if self.start_date is None or self.end_date is None:
            return None
        return float((self.end_date - self.start_date).total_seconds())

    @property
    def prev_attempted_tries(self) -> int:
        """Number of the try (Airflow 2)."""
        return self.try_number

    @property
    def next_try_number(self) -> int:
        """Number of the try after this one."""
        return self.try_number + 1

    @property
    def log_url(self) -> str:
        """Address of the attempt in the web UI."""
        mapped = f"/mapped/{self.map_index}" if self.is_mapped else ""
        run = run_url(self.dag_id, self.run_id)
        return f"{run}/tasks/{quote(self.task_id, safe='')}{mapped}?try_number={self.try_number}"

    @property
    def mark_success_url(self) -> str:
        """Address where the attempt can be marked a success: its page."""
        return self.log_url

    @property
    def stats_tags(self) -> dict[str, str]:
        """Tags for metrics."""
        return {"dag_id": self.dag_id, "task_id": self.task_id}

    @property
    def attempt_id(self) -> str:
        """Identity of this attempt, other than that of the task instance."""
        return self._attempt_id

    def next_trigger_number(self) -> int:
        """The number of the next run that this attempt triggers."""
        self._triggered += 1
        return self._triggered

    def is_eligible_to_retry(self) -> bool:
        """Whether a retry is left."""
        return self.try_number <= self.max_tries

    # --- Context ---------------------------------------------------------------------------------------------

    def bind(self, context: Any) -> None:
        """Called by the runtime: the context this task instance is part of."""
        self._context = context

    def get_template_context(self, session: Any = None, ignore_param_exceptions: bool = True) -> Any:
        """The context of the running task."""
        return self._context

    def render_templates(self, context: Any = None, jinja_env: Any = None) -> Any:
        """Render the template fields of the task in place; returns the task."""
        self.task.render_template_fields(self._context if context is None else context, jinja_env)
        return self.task

    def get_dagrun(self, session: Any = None) -> RuntimeDagRun:
        """The run (Airflow 2)."""
        return self.dag_run

    # --- XComs -----------------------------------------------------------------------------------------------

    def xcom_push(self, key: str, value: Any, execution_date: Any = None, session: Any = None) -> None:
        """Store a value under a key; it can be read from then on.  Raises what `serde.dumps` raises."""
        check_key(key)
        text = self.encode_xcom(key, value)
        self._request(wire.SetXCom(attempt_id=self._attempt_id, key=key, value=text))
        if key not in self.pushed:
            self.pushed.append(key)

    def encode_xcom(self, key: str, value: Any) -> str:
        """The text of an XCom, a large one already stored elsewhere.  Raises `serde.SerdeError` naming the key."""
        place = StoredXCom(key, None, self.dag_id, self.task_id, self.run_id, self.map_index)
        try:
            return large_values.encode(value, place, attempt_id=self._attempt_id, request=self._request)
        except serde.SerdeError as error:
            raise type(error)(f"XCom {key!r} of task {self.task_id!r}: {error}") from error.__cause__

    def xcom_pull(
        self,
        task_ids: str | Iterable[str] | None = None,
        dag_id: str | None = None,
        key: str = XCOM_RETURN_KEY,
        include_prior_dates: bool = False,
        session: Any = None,
        *,
        map_indexes: Any = NOTSET,
        default: Any = None,
        run_id: str | None = None,
    ) -> Any:
        """A value that was pushed, or `default`.

        `task_ids`: one id gives one value; several give a list in their order, with `default` where nothing was
        pushed; None takes the newest value of any task.  A mapped task gives a list unless `map_indexes` is one
        number.
        """
        several = task_ids is not None and not isinstance(task_ids, str)
        ids = None if task_ids is None else (task_ids,) if isinstance(task_ids, str) else tuple(task_ids)
        if ids is not None and not all(isinstance(item, str) for item in ids):
            raise TypeError(f"task_ids must be task ids, not {task_ids!r}; pass the task_id of an operator")
        if ids == ():
            return []
        one_index = isinstance(map_indexes, int)
        indexes = None if map_indexes is NOTSET or map_indexes is None else _indexes(map_indexes)
        rows = self._request(
            wire.GetXCom(
                dag_id=dag_id or self.dag_id,
                run_id=run_id or self.run_id,
                key=key,
                task_ids=ids,
                map_indexes=indexes,
                include_prior_dates=include_prior_dates,
            )
        )

        def read(row: Sequence[Any]) -> Any:
            place = StoredXCom(key, None, dag_id or self.dag_id, row[0], run_id or self.run_id, row[1])
            return large_values.decode(row[2], place, self._request)

        if ids is None:
            return read(rows[-1]) if rows else default
        if not several:
            values = [read(row) for row in rows if row[0] == ids[0]]
            return default if not values else values[0] if one_index or not _mapped(rows) else values
        result: list[Any] = []
        for task_id in ids:
            result += [read(row) for row in rows if row[0] == task_id] or [default]
        return result

    def xcom_sequence(self, task_id: str, key: str = XCOM_RETURN_KEY) -> LazyXComSequence:
        """What all instances of a mapped task pushed, read when it is used."""
        return LazyXComSequence(self._request, self.dag_id, self.run_id, task_id, key)

    def xcom_elements(self, task_id: str, key: str = XCOM_RETURN_KEY, *, default: Any = None) -> Any:
        """What a task that is not mapped pushed: a list or dict whose elements are read when they are used, any other
        value as it is; `default` when there is none."""
        where = XComPlace(self._request, self.dag_id, self.run_id, task_id, key)
        return elements_of(where, max(self.map_index, 0), default)

    # --- State stores ----------------------------------------------------------------------------------------

    def state_store(self) -> TaskStateStore:
        """What this task instance remembers: `task_state_store` of the context."""
        return TaskStateStore(self._request, self._attempt_id)

    def asset_state_stores(self, assets: list[Asset]) -> AssetStateStores:
        """What its assets remember: `asset_state_store` of the context."""
        return AssetStateStores(self._request, self._attempt_id, assets)

    # --- Skipping --------------------------------------------------------------------------------------------

    def skip_downstream(self, task_ids: Iterable[str | tuple[str, int]]) -> None:
        """Have tasks skipped when this one succeeds: called by branch and short-circuit operators."""
        for item in task_ids:
            self.skipped[item if isinstance(item, str) else item[0]] = None

    # --- Other tasks and runs --------------------------------------------------------------------------------

    def current_state(self, session: Any = None) -> str | None:
        """The state of this task instance as it is stored now."""
        return self._state_of(self.run_id, self.task_id, self.map_index)

    def _state_of(self, run_id: str, task_id: str, map_index: int) -> str | None:
        name = task_id if map_index == NOT_MAPPED else f"{task_id}_{map_index}"
        states = self.get_task_states(self.dag_id, map_index, run_ids=[run_id], task_ids=[task_id])
        state = states.get(run_id, {}).get(name)
        return None if state is None else str(state)

    get_task_states = OfClassToo(task_states.get_task_states)
    get_ti_count = OfClassToo(task_states.get_ti_count)

    def ask(self, request: wire.Request) -> Any:
        """Send a request over the line of this attempt."""
        return self._request(request)

    def latest_window(self) -> tuple[datetime, datetime] | None:
        """From when until when the run is the newest one of its schedule; None when that has no run after it."""
        return latest_window(self.task.dag, self.dag_run)

    def get_first_reschedule_date(self, context: Any = None) -> Any:
        """When this try first started, or None in its first poke: what a sensor's timeout counts from."""
        return as_pendulum(self._first_start)

    def get_previous_dagrun(self, state: str | None = None, session: Any = None) -> RuntimeDagRun | None:
        """The newest run before this one (in `state`, if given), or None."""
        return self.dag_run.get_previous_dagrun(state)

    def get_previous_ti(
        self, state: str | None = None, session: Any = None, logical_date: Any = None, map_index: int = NOT_MAPPED
    ) -> Any:
        """The same task in the newest run before this one in which it is in `state`, or None."""
        run = self.dag_run.get_previous_dagrun()
        while run is not None:
            ti = run.get_task_instance(self.task_id, map_index=map_index)
            if ti is not None and (state is None or ti.state == state):
                return ti
            run = run.get_previous_dagrun()
        return None

    @property
    def previous_ti(self) -> Any:
        """The same task in the run before this one (Airflow 2)."""
        return self.get_previous_ti()

    @property
    def previous_ti_success(self) -> Any:
        """The same task in the newest run before this one where it succeeded (Airflow 2)."""
        return self.get_previous_ti(state=TaskInstanceState.SUCCESS)

    def get_previous_logical_date(self, state: str | None = None) -> Any:
        """Logical date of the run before this one, or None."""
        run = self.dag_run.get_previous_dagrun(state)
        return None if run is None else run.logical_date

    get_previous_execution_date = get_previous_logical_date

    def get_previous_start_date(self, state: str | None = None) -> Any:
        """Start of the run before this one, or None."""
        run = self.dag_run.get_previous_dagrun(state)
        return None if run is None else run.start_date

    def __repr__(self) -> str:
        index = f" map_index={self.map_index}" if self.is_mapped else ""
        return f"<TaskInstance: {self.dag_id}.{self.task_id} {self.run_id}{index} [{self.state}]>"


def check_key(key: Any) -> None:
    """Raises TypeError when an XCom cannot have this key."""
    if not isinstance(key, str) or not key:
        raise TypeError(f"the key of an XCom must be a text, not {key!r}")


def _indexes(value: int | Iterable[int]) -> tuple[int, ...]:
    return (value,) if isinstance(value, int) else tuple(value)


def _mapped(rows: Sequence[Sequence[Any]]) -> bool:
    return any(row[1] != NOT_MAPPED for row in rows)
