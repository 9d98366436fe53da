"""`ExternalTaskSensor` and `ExternalTaskMarker`.

Airflow: `airflow.sensors.external_task`, `airflow.providers.standard.sensors.external_task`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import Any, ClassVar, NoReturn

from tradewind.authoring.callables import determine_kwargs
from tradewind.authoring.deferral import FAIL_METHOD
from tradewind.authoring.external_state import instants, look
from tradewind.authoring.operators.empty import EmptyOperator
from tradewind.authoring.problems import ArgumentValueError, located
from tradewind.authoring.sensors import BaseSensorOperator, default_deferrable
from tradewind.authoring.triggers.external_task import WorkflowTrigger
from tradewind.core.external import Verdict, describe
from tradewind.errors import (
    AirflowRescheduleException,
    AirflowSkipException,
    AirflowTaskTimeout,
    ExternalDagNotFoundError,
    ExternalTaskFailedError,
    ExternalTaskGroupFailedError,
    ExternalTaskGroupNotFoundError,
    ExternalTaskNotFoundError,
)
from tradewind.spec.external import ExternalWait
from tradewind.spec.states import DagRunState, TaskInstanceState


class ExternalTaskSensor(BaseSensorOperator):
    """Waits for a run of `external_dag_id` with this run's logical date, or for tasks or a task group of it.

    `execution_delta` looks so far back; `execution_date_fn(logical_date)` gives one date or several.  It is done when
    all are in `allowed_states` ("success"); one in `failed_states` fails it, one in `skipped_states` skips it.  With
    `check_existence` a DAG or task that is not there fails it at once.
    """

    template_fields: Collection[str] = (
        "external_dag_id",
        "external_task_id",
        "external_task_ids",
        "external_task_group_id",
    )
    ui_color = "#4db7db"
    _asked: ExternalWait | None = None
    """What the last poke looked for."""

    def __init__(
        self,
        *,
        external_dag_id: str,
        external_task_id: str | None = None,
        external_task_ids: Collection[str] | None = None,
        external_task_group_id: str | None = None,
        allowed_states: Iterable[str] | None = None,
        skipped_states: Iterable[str] | None = None,
        failed_states: Iterable[str] | None = None,
        execution_delta: dt.timedelta | None = None,
        execution_date_fn: Callable[..., Any] | None = None,
        check_existence: bool = False,
        poll_interval: float = 2.0,
        deferrable: bool | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.external_dag_id = external_dag_id
        self.external_task_id = external_task_id
        self.external_task_ids = external_task_ids
        self.external_task_group_id = external_task_group_id
        self.allowed_states = list(allowed_states) if allowed_states else [TaskInstanceState.SUCCESS.value]
        self.skipped_states = list(skipped_states or ())
        self.failed_states = list(failed_states or ())
        self.execution_delta = execution_delta
        self.execution_date_fn = execution_date_fn
        self.check_existence = check_existence
        self.poll_interval = poll_interval
        self.deferrable = default_deferrable() if deferrable is None else deferrable
        problem = self._problem()
        if problem:
            raise located(ArgumentValueError(f"task {self.task_id!r}: {problem[0]}", fix=problem[1]), self._place)

    def _problem(self) -> tuple[str, str] | None:
        """What is wrong with the arguments, and the fix."""
        states = [*self.allowed_states, *self.skipped_states, *self.failed_states]
        if len(set(states)) != len(states):
            return "a state stands in more than one of allowed, skipped and failed states", "name each state once"
        of_tasks = self.external_task_id or self.external_task_ids or self.external_task_group_id
        known = {state.value for state in (TaskInstanceState if of_tasks else DagRunState)}
        for state in states:
            if state not in known:
                what = "task" if of_tasks else "run"
                return f"{state!r} is no state of a {what}", f"use one of: {', '.join(sorted(known))}"
        if self.execution_delta is not None and self.execution_date_fn is not None:
            return "both execution_delta and execution_date_fn are given", "give one of them"
        given = (self.external_task_id, self.external_task_ids, self.external_task_group_id)
        if sum(value is not None for value in given) > 1:
            return "more than one of external_task_id, external_task_ids, external_task_group_id is given", "give one"
        return None

    def awaited(self, context: Any) -> ExternalWait:
        """What this run waits for."""
        ids = [self.external_task_id] if self.external_task_id is not None else self.external_task_ids
        return ExternalWait(
            dag_id=self.external_dag_id,
            dates=instants(self._dates(context)),
            task_ids=tuple(dict.fromkeys(ids)) if ids else None,
            group_id=self.external_task_group_id,
            allowed=tuple(map(str, self.allowed_states)),
            failed=tuple(map(str, self.failed_states)),
            skipped=tuple(map(str, self.skipped_states)),
            check_existence=self.check_existence,
        )

    def _dates(self, context: Any) -> list[dt.datetime]:
        at = context.get("logical_date") or context["dag_run"].run_after
        if self.execution_delta is not None:
            return [at - self.execution_delta]
        if self.execution_date_fn is None:
            return [at]
        arguments = determine_kwargs(self.execution_date_fn, [at], {}, context)
        found = self.execution_date_fn(at, **arguments)
        return list(found) if isinstance(found, list | tuple | set) else [found]

    def poke(self, context: Any) -> bool:
        """Whether all are there.  Raises when one failed, was skipped, or does not exist."""
        awaited = self._asked = self.awaited(context)
        self.log.info("Poking for %s", describe(awaited))
        verdict, answer = look(awaited)
        if verdict == "missing":
            self._tell_missing(awaited, answer)
        return self._decide(verdict)

    def _tell_missing(self, awaited: ExternalWait, answer: dict[str, Any]) -> NoReturn:
        if not answer["known"]:
            raise ExternalDagNotFoundError(f"there is no DAG {awaited.dag_id!r}")
        names = ", ".join(map(repr, answer["missing"]))
        if awaited.group_id is not None:
            raise ExternalTaskGroupNotFoundError(f"DAG {awaited.dag_id!r} has no task group {names}")
        raise ExternalTaskNotFoundError(f"DAG {awaited.dag_id!r} has no task {names}")

    def _decide(self, verdict: Verdict) -> bool:
        """True for success, False while it waits.  Raises for the rest."""
        what = f"DAG {self.external_dag_id!r}"
        if verdict == "skipped":
            raise AirflowSkipException(f"what is waited for in {what} was skipped")
        if verdict == "failed":
            text = f"what is waited for in {what} failed"
            if self.soft_fail:
                raise AirflowSkipException(f"soft_fail: {text}")
            raise (ExternalTaskGroupFailedError if self.external_task_group_id else ExternalTaskFailedError)(text)
        return verdict == "success"

    @property
    def waits_inside(self) -> bool:  # type: ignore[override]
        """Whether it waits without a worker although its author asked for pokes: nobody's code follows in `execute`."""
        own = _same(self, "execute", "execute_complete", "resume_execution")
        return own and self._can_be_called() and not self.deferrable and not self.reschedule

    def execute(self, context: Any) -> Any:
        """Wait for it, without a worker wherever it is known what for."""
        if self.deferrable:
            if not self.poke(context):
                self._wait(self._asked or self.awaited(context), self.timeout)
        elif self.reschedule:
            try:
                return super().execute(context)
            except AirflowRescheduleException as again:
                self._call_me(again, context)
                raise
        elif not self.waits_inside or context.get("task") is not self:  # called by the code of another task
            return super().execute(context)
        elif not self._poke_once(context):
            assert self._asked is not None
            waited = self._waited(context["ti"].start_date)
            # dates of a function may be others at the next poke
            self._wait(self._asked, self.timeout - waited if self.execution_date_fn is None else self._pause(1, waited))
        else:
            self.log.info("Success criteria met. Exiting.")
        return None

    def _wait(self, awaited: ExternalWait, timeout: float) -> NoReturn:
        """Go on in `execute_complete`, or in `resume_execution` after `timeout` seconds."""
        self.defer(
            trigger=WorkflowTrigger(
                external_dag_id=awaited.dag_id,
                logical_dates=awaited.dates,
                external_task_ids=awaited.task_ids,
                external_task_group_id=awaited.group_id,
                allowed_states=awaited.allowed,
                failed_states=awaited.failed,
                skipped_states=awaited.skipped,
                poke_interval=self.poll_interval,
                soft_fail=self.soft_fail,
            ),
            method_name="execute_complete",
            timeout=dt.timedelta(seconds=timeout),
        )

    def _can_be_called(self) -> bool:
        """Whether it is known what pokes see.  A poke of another class may look at something else, and `silent_fail`
        goes on after a failure, so that the same event would call again and again."""
        return _same(self, "poke", "awaited") and not self.silent_fail

    def resume_execution(self, next_method: str, next_kwargs: dict[str, Any] | None, context: Any) -> Any:
        """Go on after a wait.  One in place of pokes that ended without an event is followed by a poke, as in any
        sensor: it decides whether time is up.  Raises `AirflowTaskTimeout` when the execution_timeout has passed.
        """
        if not self.waits_inside or next_method != FAIL_METHOD:
            return super().resume_execution(next_method, next_kwargs, context)
        limit = self.execution_timeout
        if limit is not None and dt.datetime.now(dt.UTC) - context["ti"].start_date >= limit:
            raise AirflowTaskTimeout(f"the task ran longer than its execution_timeout of {limit.total_seconds():g} s")
        self.check_existence = False  # pokes of one try look once
        return self.execute(context)

    def _call_me(self, again: AirflowRescheduleException, context: Any) -> None:
        """Say what the next poke has to see: a scheduler calls it then, and else only when the timeout is over.

        Dates of a function may be others at the next poke, so that one is called for every time.
        """
        if self._can_be_called():
            again.awaits = self._asked
            again.until = again.reschedule_date
            if self.execution_date_fn is None:
                # a second, so that a clock that is a little behind the scheduler's has passed the timeout as well
                again.until = self._first_poke(context) + dt.timedelta(seconds=self.timeout + 1)

    def execute_complete(self, context: Any, event: Any = None) -> None:
        """Raises when what it waited for failed or was skipped."""
        self._decide(event["status"])


def _same(sensor: ExternalTaskSensor, *methods: str) -> bool:
    return all(getattr(type(sensor), name) is getattr(ExternalTaskSensor, name) for name in methods)


class ExternalTaskMarker(EmptyOperator):
    """Says that a task of another DAG, in the run with this `logical_date`, waits for what is upstream of it here.

    Who clears it together with what depends on it clears that task and what is below it there, too, and so on over up
    to `recursion_depth` DAGs.
    """

    template_fields: Collection[str] = ("external_dag_id", "external_task_id", "logical_date")
    ui_color = "#4db7db"
    is_marker: ClassVar[bool] = True

    def __init__(
        self,
        *,
        external_dag_id: str,
        external_task_id: str,
        logical_date: str | dt.datetime | None = "{{ logical_date.isoformat() }}",
        execution_date: str | dt.datetime | None = None,
        recursion_depth: int = 10,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.external_dag_id = external_dag_id
        self.external_task_id = external_task_id
        at = execution_date if execution_date is not None else logical_date
        self.logical_date = at.isoformat() if isinstance(at, dt.datetime) else at
        if recursion_depth <= 0:
            raise located(
                ArgumentValueError(f"task {self.task_id!r}: recursion_depth must be 1 or more", fix="use 10"),
                self._place,
            )
        self.recursion_depth = recursion_depth
