"""`dag_run` of the template context: what a task may know of its run, with pendulum times.  Made by `context`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
import pendulum

from tradewind.spec import wire
from tradewind.spec.ids import NOT_MAPPED
from tradewind.spec.states import DagRunType, TaskInstanceState

Request = Callable[[wire.Request], Any]


def as_pendulum(value: datetime | None) -> pendulum.DateTime | None:
    """The same instant as a pendulum DateTime in UTC.  Raises ValueError for a naive time."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no time zone; times between processes are UTC")
    return pendulum.instance(value.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class TaskState:
    """Another task instance of a run, as far as a task may see it."""

    dag_id: str
    run_id: str
    task_id: str
    map_index: int
    state: TaskInstanceState | None


class RuntimeDagRun:
    """A DAG run as Airflow 2 and 3 show it to tasks; read only."""

    def __init__(self, info: wire.RunInfo, request: Request) -> None:
        self._info = info
        self.request = request
        self.find_events: Callable[[], list[Any]] = list
        """Gives the events that made the run; the maker of the context knows how."""
        self.dag_id = info.dag_id
        self.run_id = info.run_id
        self.run_type = DagRunType(info.run_type)
        self.state = info.state
        self.conf: dict[str, Any] = dict(info.conf or {})
        self.note = info.note
        self.clear_number = info.clear_number
        self.triggering_user_name = info.triggering_user_name
        self.logical_date = as_pendulum(info.logical_date)
        self.execution_date = self.logical_date
        self.run_after = as_pendulum(info.run_after)
        self.data_interval_start = as_pendulum(info.data_interval_start)
        self.data_interval_end = as_pendulum(info.data_interval_end)
        self.queued_at = as_pendulum(info.queued_at)
        self.start_date = as_pendulum(info.start_date)
        self.end_date = as_pendulum(info.end_date)
        self.partition_key = info.partition_key
        self.partition_date = as_pendulum(info.partition_date)
        self.creating_job_id = None

    @functools.cached_property
    def consumed_asset_events(self) -> list[Any]:
        """The events of assets that made the run; read at first use."""
        return self.find_events()

    @property
    def external_trigger(self) -> bool:
        """Whether a person, the API or another DAG made the run (Airflow 2)."""
        return self.run_type in (DagRunType.MANUAL, DagRunType.OPERATOR_TRIGGERED)

    @property
    def is_backfill(self) -> bool:
        """Whether a backfill made the run."""
        return self.run_type is DagRunType.BACKFILL

    def get_state(self) -> str:
        """The state when the task started."""
        return self.state

    def get_task_instances(self, state: Iterable[str | None] | str | None = None) -> list[TaskState]:
        """The task instances of the run with their present states; `state` selects one or several states."""
        wanted = None if state is None else {state} if isinstance(state, str) else set(state)
        answer = self.request(wire.GetTaskStates(dag_id=self.dag_id, run_ids=(self.run_id,)))
        found: list[TaskState] = []
        for name, value in answer.get(self.run_id, {}).items():
            task_id, _, index = name.partition("[")
            if wanted is None or value in wanted:
                known = None if value is None else TaskInstanceState(value)
                map_index = int(index.rstrip("]")) if index else NOT_MAPPED
                found.append(TaskState(self.dag_id, self.run_id, task_id, map_index, known))
        return found

    def get_task_instance(self, task_id: str, *, map_index: int = NOT_MAPPED) -> TaskState | None:
        """One task instance with its present state, or None."""
        states = self.get_task_instances()
        return next((ti for ti in states if (ti.task_id, ti.map_index) == (task_id, map_index)), None)

    def get_previous_dagrun(self, state: str | None = None) -> RuntimeDagRun | None:
        """The newest run before this one (in `state`, if given), or None."""
        if self._info.logical_date is None:
            return None
        request = wire.GetPreviousRun(dag_id=self.dag_id, logical_date=self._info.logical_date, state=state)
        answer = self.request(request)
        return None if answer is None else RuntimeDagRun(msgspec.convert(answer, wire.RunInfo), self.request)

    def get_previous_scheduled_dagrun(self) -> RuntimeDagRun | None:
        """The newest scheduled run before this one, or None."""
        run = self.get_previous_dagrun()
        while run is not None and run.run_type is not DagRunType.SCHEDULED:
            run = run.get_previous_dagrun()
        return run

    def __repr__(self) -> str:
        return f"<DagRun {self.dag_id} @ {self.logical_date}: {self.run_id}, state: {self.state}>"


class DeadlineRun(RuntimeDagRun):
    """The run as callbacks of deadlines see it: Airflow 3.3 hands them what its API says of it, a dict, so its keys
    are there, too, with dates as ISO texts."""

    def __getitem__(self, key: str) -> Any:
        """A field by its name in the API.  Raises KeyError."""
        name = "run_id" if key == "dag_run_id" else key
        if name.startswith("_") or name not in vars(self):
            raise KeyError(key)
        value = getattr(self, name)
        return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value

    def get(self, key: str, default: Any = None) -> Any:
        """As of a dict."""
        try:
            return self[key]
        except KeyError:
            return default
