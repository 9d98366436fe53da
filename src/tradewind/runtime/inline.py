"""Tasks and whole DAGs run in this process, with nothing recorded: `tasks test`, `dags test`, `dag.test()`.

Called by the CLI, by the test kit and by `dag_test`.  XComs live in memory;
Variables and Connections come from the channel that the caller gives, and from the environment.  `print` and the
debugger keep the terminal to themselves.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import re
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Literal

import msgspec

from tradewind.authoring import comms
from tradewind.authoring.compile import compile_dag
from tradewind.authoring.start_triggers import start_trigger
from tradewind.core import flow
from tradewind.core.graph import Graph
from tradewind.core.machine import Fact, step
from tradewind.core.mapping import first_indexes
from tradewind.core.view import RunView, TaskView
from tradewind.errors import AirflowNotFoundException
from tradewind.runtime import inline_triggers, processes, task_runner
from tradewind.runtime.callbacks import run_callback
from tradewind.runtime.inline_values import InlineValues, overlaid
from tradewind.runtime.logs import StructuredHandler, TerminalLog
from tradewind.runtime.masking import learn, learn_environment
from tradewind.runtime.sandbox import ProcessState
from tradewind.spec import wire
from tradewind.spec.dag import StartTrigger
from tradewind.spec.ids import NOT_MAPPED, TaskKey, run_id_for
from tradewind.spec.schedule import Interval
from tradewind.spec.states import DagRunState, DagRunType, TaskInstanceState

Request = Callable[[wire.Request], Any]

_FACTS = {
    "success": Fact.SUCCEEDED,
    "failed": Fact.FAILED,
    "skipped": Fact.SKIPPED,
    "rescheduled": Fact.RESCHEDULED,
}
_log = logging.getLogger("tradewind.test")


@dataclass(frozen=True, slots=True)
class DagTest:
    """How a run in this process ended."""

    state: DagRunState
    tasks: dict[str, TaskInstanceState | None]
    """Task id -> state; an instance of a mapped task is `task[0]`."""
    errors: dict[str, str]
    """Task id -> one line, for tasks that failed."""
    xcoms: dict[tuple[str, str], str]
    """(task id, or `task[0]`, and key) -> JSON text."""


@dataclass(slots=True)
class MemoryChannel:
    """Answers the requests of tasks that run here: XComs from memory, the rest from the channel behind it."""

    run: wire.RunInfo
    behind: Request | None = None
    stored: bool = False
    """Whether the channel behind knows the run: then its other tasks are as they are stored there."""
    asked: dict[str, wire.AskPeople] = field(default_factory=dict)
    """What tasks ask people."""
    xcoms: dict[tuple[TaskKey, str], str] = field(default_factory=dict)
    attempts: dict[str, TaskKey] = field(default_factory=dict)
    """Attempt id -> task instance."""
    states: Callable[[], dict[str, Any]] = dict
    values: InlineValues = field(default_factory=InlineValues)

    def __call__(self, request: wire.Request) -> Any:
        """The answer.  Raises AirflowNotFoundException for a Variable or Connection when there is no channel."""
        match request:
            case wire.FindBlob() if self.behind is not None and not self.values.knows(request.blob_id):
                return self.behind(request)
            case wire.ReserveBlob() | wire.FindBlob() | wire.GetState() | wire.SetState() | wire.DeleteState():
                return self.values.answer(request, str(self.attempts.get(getattr(request, "attempt_id", ""), "")))
            case wire.SetXCom():
                self.keep(self.attempts[request.attempt_id], request.key, request.value)
                return None
            case wire.GetXCom() if (request.dag_id, request.run_id) == (self.run.dag_id, self.run.run_id):
                rows = self._rows(request)
                if self.stored:
                    return overlaid(self._ask(request, []), rows)
                return rows if rows or not request.include_prior_dates else self._ask(request, [])
            case wire.GetXComElement() if (request.dag_id, request.run_id) == (self.run.dag_id, self.run.run_id):
                whole = self.xcoms.get((TaskKey(request.task_id), request.key))
                if whole is None and self.stored:
                    return self._ask(request)
                return ["none", 0, ""] if whole is None else ["whole", 0, whole]
            case wire.GetXComItems() if (
                not self.stored and self.run.run_id == request.run_id and (self.run.dag_id == request.dag_id)
            ):
                found = sorted(
                    (key.map_index, value)
                    for (key, name), value in self.xcoms.items()
                    if (key.task_id, name) == (request.task_id, request.key)
                    and key.map_index > (-1 if request.after is None else request.after)
                )
                if request.limit < 1:
                    return [len(found), []]
                return [0, [list(row) for row in found[request.offset : request.offset + request.limit]]]
            case wire.GetTaskStates() if request.run_ids == (self.run.run_id,) and not self.stored:
                states = self.states()
                wanted = request.task_ids
                return {
                    self.run.run_id: {
                        k: v for k, v in states.items() if wanted is None or k.partition("[")[0] in wanted
                    }
                }
            case wire.TriggerRun():
                _log.warning("a test makes no runs: DAG %s is not triggered", request.dag_id)
                return {"run_id": request.run_id, "logical_date": request.logical_date, "made": True}
            case wire.GetRunState():
                return DagRunState.SUCCESS.value
            case wire.KeepSecrets():
                return None  # nothing of what a test writes is shown on a page
            case wire.AskPeople():
                self.asked[request.ti_id] = request
                return None
            case wire.GetXCom() | wire.GetPreviousRun() | wire.GetTaskStates() | wire.ListVariables():
                return self._ask(request, {wire.GetPreviousRun: None, wire.GetTaskStates: {}}.get(type(request), []))
            case wire.GetAssetEvents() | wire.GetTriggeringEvents():
                return self._ask(request, [])
            case wire.GetRun():
                return self._ask(request, None)
            case _:
                return self._ask(request)

    def keep(self, task: TaskKey, key: str, value: str) -> None:
        """Store an XCom; a new value is the newest one."""
        self.xcoms.pop((task, key), None)
        self.xcoms[task, key] = value

    def forget(self, task: TaskKey) -> None:
        """Drop the XComs of an earlier try."""
        for key in [key for key in self.xcoms if key[0] == task]:
            del self.xcoms[key]

    def _rows(self, request: wire.GetXCom) -> list[list[Any]]:
        rows = [
            [task.task_id, task.map_index, value]
            for (task, key), value in self.xcoms.items()
            if key == request.key
            and (request.task_ids is None or task.task_id in request.task_ids)
            and (request.map_indexes is None or task.map_index in request.map_indexes)
        ]
        return rows if request.task_ids is None else sorted(rows, key=lambda row: (str(row[0]), int(row[1])))

    def _ask(self, request: wire.Request, *default: Any) -> Any:
        if self.behind is None:
            if default:
                return default[0]
            name = getattr(request, "key", None) or getattr(request, "conn_id", "")
            raise AirflowNotFoundException(
                f"{type(request).__name__}: {name!r} is not in the environment, and this run has no database to ask"
            )
        value = self.behind(request)
        learn(request, value)
        return value


def test_task(
    dag: Any,
    task_id: str,
    run: wire.RunInfo,
    channel: Request | None = None,
    out: IO[str] | None = None,
    *,
    params: Mapping[str, Any] | None = None,
    try_number: int = 1,
    environ: Mapping[str, str] | None = None,
    map_index: int = NOT_MAPPED,
    stored: bool = False,
) -> wire.Outcome:
    """Run one task now, alone, with its log on `out` (default: standard error), and record nothing.

    `params` win over the run's conf; `environ` is set while it runs.  With `stored` the channel knows the run, and the
    task reads the XComs and states of its other tasks.  Raises TaskNotFound, and KeyboardInterrupt when
    it was interrupted; any other error of the task is in the outcome and on `out`.
    """
    memory = MemoryChannel(run, channel, stored)
    with _terminal(memory, out, environ):
        key = TaskKey(task_id, map_index)
        return _run_one(dag, key, memory, try_number=try_number, max_tries=0, params=params)


def render_task(
    dag: Any,
    task_id: str,
    run: wire.RunInfo,
    channel: Request | None = None,
    *,
    params: Mapping[str, Any] | None = None,
    map_index: int = NOT_MAPPED,
    stored: bool = False,
) -> dict[str, str]:
    """The rendered template fields of a task; `stored` as in `test_task`.  Raises TaskNotFound, and template errors."""
    memory = MemoryChannel(run, channel, stored)
    with _terminal(memory, None, None):
        key = TaskKey(task_id, map_index)
        return _attempt(dag, key, memory, try_number=1, max_tries=0, params=params).render()


def test_dag(
    dag: Any,
    run: wire.RunInfo,
    channel: Request | None = None,
    out: IO[str] | None = None,
    *,
    mark_success: str | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> DagTest:
    """Run a whole DAG in this process, one task after the other in order, with the rules of the scheduler.

    Retries follow at once; a rescheduled sensor is waited for with `wait(seconds)`.  Tasks whose id matches the regular
    expression `mark_success` succeed without running.  Raises DagAuthoringError when the DAG cannot be compiled, and
    KeyboardInterrupt.
    """
    memory = MemoryChannel(run, channel)
    with _terminal(memory, out, None):
        return _DagRunner(dag, memory, re.compile(mark_success) if mark_success else None, wait).run()


def manual_run(
    dag_id: str, at: datetime, conf: Mapping[str, Any] | None = None, interval: Interval | None = None
) -> wire.RunInfo:
    """A manual run for a logical date (UTC); its data interval is empty unless one is given."""
    return wire.RunInfo(
        dag_id=dag_id,
        run_id=run_id_for(DagRunType.MANUAL, at),
        run_type=DagRunType.MANUAL.value,
        run_after=at,
        logical_date=at,
        data_interval_start=interval.start if interval else at,
        data_interval_end=interval.end if interval else at,
        queued_at=datetime.now(UTC),
        start_date=datetime.now(UTC),
        conf=dict(conf or {}),
    )


class _DagRunner:
    """One run of a DAG: the scheduler's rules, without a database."""

    def __init__(
        self, dag: Any, memory: MemoryChannel, mark_success: re.Pattern[str] | None, wait: Callable[[float], None]
    ) -> None:
        self._dag, self._memory = dag, memory
        self._mark_success, self._wait = mark_success, wait
        self._view = _view(dag, memory.run)
        self._errors: dict[str, str] = {}
        memory.states = lambda: {key.name: task.state for key, task in self._view.tasks.items()}

    def run(self) -> DagTest:
        view = self._view
        flow.step_run(view, flow.RunFact.STARTED, _now())
        flow.settle(view, _now())
        while view.state is DagRunState.RUNNING:
            ready = [task for task in view.tasks.values() if task.state is TaskInstanceState.SCHEDULED]
            if ready:
                self._run_task(
                    min(ready, key=lambda task: (view.graph.order.get(task.key.task_id, -1), task.key.map_index))
                )
            elif view.expanding:
                keys = tuple(view.expanding)
                view.expanding.clear()
                flow.after(view, keys, _now())
            elif not self._next_wait():
                break
        self._call_back()
        return DagTest(
            state=view.state,
            tasks={key.name: task.state for key, task in view.tasks.items()},
            errors=self._errors,
            xcoms={(task.name, key): value for (task, key), value in self._memory.xcoms.items()},
        )

    def _run_task(self, task: TaskView) -> None:
        view, task_id, name = self._view, task.key.task_id, task.key.name
        if task.spec.does_nothing or (self._mark_success and self._mark_success.fullmatch(task_id)):
            step(task, Fact.NOTHING_TO_DO, _now())
            flow.after(view, [task.key], _now())
            return
        attempt_id = str(uuid.uuid4())
        expansion = view.graph.expansion.get(task_id)
        step(task, Fact.ADMITTED, _now(), attempt_id=attempt_id)
        step(task, Fact.CLAIMED, _now(), attempt_id=attempt_id)
        outcome = _run_one(
            self._dag,
            task.key,
            self._memory,
            expanded_ti_count=view.size(expansion) if expansion is not None else None,
            try_number=task.try_number,
            max_tries=task.max_tries,
            attempt_id=attempt_id,
        )
        if outcome.error:
            self._errors[name] = outcome.error
        if outcome.state == "success":
            self._errors.pop(name, None)
        fact = _FACTS[outcome.state]
        step(
            task,
            fact,
            _now(),
            attempt_id=attempt_id,
            retry=outcome.retry,
            at=outcome.reschedule_at,
            skips=outcome.skip,
        )
        if fact is Fact.SUCCEEDED:
            view.note_length(task.key, outcome.map_length)
        flow.after(view, [task.key], _now())

    def _next_wait(self) -> bool:
        """Go on with the task whose wait ends first; False when none waits."""
        waiting = [self._view.tasks[key] for key in self._view.timed]
        if not waiting:
            return False
        task = min(waiting, key=lambda task: task.next_at or _now())
        retry = task.state is TaskInstanceState.UP_FOR_RETRY
        if retry:
            _log.info("the retry of %s follows at once: a test does not wait for retry_delay", task.key.name)
        elif task.next_at is not None:
            self._wait(max(0.0, (task.next_at - _now()).total_seconds()))
        step(task, Fact.RETRY_DUE if retry else Fact.RESCHEDULE_DUE, _now())
        flow.after(self._view, [task.key], _now())
        return True

    def _call_back(self) -> None:
        """The callbacks of the DAG itself."""
        good = self._view.state is DagRunState.SUCCESS
        kind: Literal["on_success_callback", "on_failure_callback"]
        kind = "on_success_callback" if good else "on_failure_callback"
        if self._view.state is DagRunState.RUNNING or not self._dag.callbacks(kind):
            return
        run = msgspec.structs.replace(self._memory.run, state=self._view.state.value, end_date=_now())
        work = wire.CallbackWork(
            attempt_id=str(uuid.uuid4()),
            dag_id=run.dag_id,
            run=run,
            source=_no_source(self._dag),
            log_path="",
            kind=kind,
            reason="success" if good else "task_failure",
        )
        self._memory.attempts[work.attempt_id] = TaskKey("")
        run_callback(work, self._dag, self._memory)


def _view(dag: Any, run: wire.RunInfo) -> RunView:
    spec = compile_dag(dag, fileloc=dag.fileloc, relative_fileloc=Path(dag.fileloc).name)
    start, end = run.data_interval_start, run.data_interval_end
    view = RunView(
        pk=0,
        dag_id=run.dag_id,
        run_id=run.run_id,
        run_type=DagRunType(run.run_type),
        state=DagRunState.QUEUED,
        revision=0,
        version_id=0,
        run_after=run.run_after,
        spec=spec,
        graph=Graph(spec),
        logical_date=run.logical_date,
        interval=Interval(start, end) if start is not None and end is not None else None,
        conf=run.conf,
    )
    numbers = itertools.count()
    view.new_id = lambda: str(next(numbers))
    for task in spec.tasks:
        for map_index in first_indexes(view.graph, task.task_id):
            key = TaskKey(task.task_id, map_index)
            view.add(TaskView(id=view.new_id(), key=key, spec=task, max_tries=task.retries))
    return view


def _attempt(
    dag: Any,
    key: TaskKey,
    memory: MemoryChannel,
    *,
    try_number: int,
    max_tries: int,
    params: Mapping[str, Any] | None = None,
    attempt_id: str | None = None,
    expanded_ti_count: int | None = None,
) -> task_runner.Attempt:
    attempt_id = attempt_id or str(uuid.uuid4())
    work = wire.TaskWork(
        attempt_id=attempt_id,
        ti_id=attempt_id,
        dag_id=dag.dag_id,
        task_id=key.task_id,
        map_index=key.map_index,
        expanded_ti_count=expanded_ti_count,
        try_number=try_number,
        max_tries=max_tries,
        run=memory.run,
        source=_no_source(dag),
        log_path="",
    )
    memory.attempts[attempt_id] = key
    memory.forget(key)
    if params:
        dag.get_task(key.task_id).params.update(params)  # as Airflow: code may look at the params of its task
    return task_runner.Attempt(work, dag, memory, params=params, test_mode=True)


def _run_one(dag: Any, key: TaskKey, memory: MemoryChannel, **options: Any) -> wire.Outcome:
    attempt = _attempt(dag, key, memory, **options)
    os.environ[processes.ATTEMPT_VARIABLE] = attempt.work.attempt_id
    first = start_trigger(str(attempt.task), attempt.task)
    outcome = attempt.run() if first is None else _deferred(attempt.work, first)
    while outcome.state == "deferred":
        _log.info("%s waits for %s here: a test needs no triggerer", key.name, outcome.trigger_class)
        resumed = inline_triggers.wait_for(outcome, attempt.ti)
        if resumed.state is not None:
            outcome = msgspec.structs.replace(outcome, state=resumed.state, retry=False, xcoms=resumed.xcoms)
            break
        attempt = task_runner.Attempt(
            msgspec.structs.replace(
                attempt.work,
                started=attempt.started,
                next_method=resumed.next_method,
                next_kwargs=resumed.next_kwargs,
                trigger_event=resumed.event,
            ),
            dag,
            memory,
            test_mode=True,
        )
        outcome = attempt.run()
    if outcome.error_type == "KeyboardInterrupt":
        raise KeyboardInterrupt
    for item in outcome.xcoms:
        memory.keep(key, item.key, item.value)
    return outcome


def _deferred(work: wire.TaskWork, first: StartTrigger) -> wire.Outcome:
    """A task that starts with its trigger waits before any code of it has run."""
    now = _now()
    return wire.Outcome(
        attempt_id=work.attempt_id,
        state="deferred",
        at=now,
        trigger_class=first.trigger_class,
        trigger_kwargs=first.trigger_kwargs,
        next_method=first.next_method,
        next_kwargs=first.next_kwargs,
        deadline=None if first.timeout is None else now + timedelta(seconds=first.timeout),
    )


def _no_source(dag: Any) -> wire.DagSource:
    """The DAG is in memory already."""
    return wire.DagSource(bundle_path=dag.folder, relative_fileloc=Path(dag.fileloc).name, digest="")


@contextlib.contextmanager
def _terminal(memory: MemoryChannel, out: IO[str] | None, environ: Mapping[str, str] | None) -> Iterator[None]:
    """Logging to the terminal, requests to `memory`; everything as it was afterwards."""
    state = ProcessState()
    before = comms.set_channel(memory)
    log = TerminalLog(sys.stderr if out is None else out)
    root = logging.getLogger()
    try:
        root.handlers[:] = [StructuredHandler(lambda: log)]
        root.setLevel(os.environ.get("AIRFLOW__LOGGING__LOGGING_LEVEL", "INFO"))
        os.environ.update(environ or {})
        learn_environment(os.environ)
        yield
    finally:
        memory.values.close()
        comms.set_channel(before)
        state.restore()


def _now() -> datetime:
    return datetime.now(UTC)
