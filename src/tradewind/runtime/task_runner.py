"""The steps of one attempt: render, execute, push, decide, call back.  Called by `worker` and, for tests, by `inline`.

Everything that user code can do wrong ends in an `Outcome` here and in the attempt's log; only a stop that the
supervisor asked for passes through.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any, Literal, NamedTuple

from tradewind.authoring import context as contexts
from tradewind.authoring import defaults
from tradewind.authoring.deferral import FAIL_METHOD
from tradewind.authoring.expansion import mapped_over
from tradewind.authoring.mappable import is_mappable
from tradewind.authoring.templates import Templater
from tradewind.errors import (
    AirflowException,
    AirflowFailException,
    AirflowRescheduleException,
    AirflowSensorTimeout,
    AirflowSkipException,
    AirflowTaskTerminated,
    AirflowTaskTimeout,
    DagRunTriggerException,
    DownstreamTasksSkipped,
    TaskAwaitingInput,
    TaskDeferred,
    TaskNotFound,
    UnmappableXComLengthPushed,
    UnmappableXComTypePushed,
    XComForMappingNotPushed,
)
from tradewind.runtime.asset_events import without_metadata
from tradewind.runtime.callbacks import call_all, mail_without_code, tell_listeners
from tradewind.runtime.context import build_context
from tradewind.runtime.copying import fresh_copy
from tradewind.runtime.dag_run import Request, RuntimeDagRun, as_pendulum
from tradewind.runtime.deferral import NO_WAIT, Deferral, called_earlier, deferral, question, resume
from tradewind.runtime.interrupts import REPEAT, deferrable
from tradewind.runtime.links import link_values
from tradewind.runtime.logs import one_line, text_of
from tradewind.runtime.masking import masker, redact
from tradewind.runtime.retry_policy import ask_policy
from tradewind.runtime.task_instance import RuntimeTaskInstance
from tradewind.spec import wire
from tradewind.spec.ids import NOT_MAPPED, XCOM_RETURN_KEY, TaskKey
from tradewind.spec.states import TaskInstanceState

RENDERED_LIMIT = 4096
"""Characters kept of each rendered template field."""
DEFAULT_MAX_MAP_LENGTH = 1024
"""Most instances that one result may make, unless AIRFLOW__CORE__MAX_MAP_LENGTH says otherwise."""
_LABEL_LIMIT = 250

log = logging.getLogger("airflow.task")

State = Literal["success", "failed", "skipped", "rescheduled", "deferred", "awaiting_input"]


class Verdict(NamedTuple):
    """What became of the task's code."""

    state: State
    error: BaseException | None = None
    retry: bool = True
    reschedule_at: datetime | None = None
    retry_delay: float | None = None
    retry_reason: str = ""
    result: Any = None
    wait: Deferral = NO_WAIT


class Attempt:
    """One attempt of one task, from its code to its outcome.  Runs in the main thread."""

    def __init__(
        self,
        work: wire.TaskWork,
        dag: Any,
        request: Request,
        *,
        stopping: Callable[[], bool] = lambda: False,
        params: Mapping[str, Any] | None = None,
        test_mode: bool = False,
    ) -> None:
        """Prepares without running user code.  Raises TaskNotFound when the DAG has no such task any more."""
        self.work = work
        self.name = TaskKey(work.task_id, work.map_index).name
        """In lines of the log: as the pages call it."""
        self.timed_out = False
        self.rendered: dict[str, Any] = {}
        self.started = work.started or datetime.now(UTC)
        self.emitted: tuple[wire.OutletEvent, ...] = ()
        self._stopping = stopping
        self._request = request
        self.rendered_map_index: str | None = None
        self.map_length: int | None = None
        self._dag = dag
        self.task = dag.get_task(work.task_id)
        if self.task.is_mapped and work.map_index == NOT_MAPPED:
            raise TaskNotFound(f"task {work.task_id!r} of DAG {work.dag_id!r} is mapped: name one of its instances")
        if not self.task.is_mapped:
            self.task = fresh_copy(self.task)
        self.run_info = RuntimeDagRun(work.run, request)
        self.ti = RuntimeTaskInstance(
            task=self.task,
            run=self.run_info,
            request=request,
            attempt_id=work.attempt_id,
            ti_id=work.ti_id,
            try_number=work.try_number,
            max_tries=work.max_tries,
            map_index=work.map_index,
            start_date=self.started,
            first_start=work.first_start,
            reschedules=work.reschedules,
            test_mode=test_mode,
        )
        self.context, self._refused = build_context(
            dag=dag, task=self.task, ti=self.ti, run=self.run_info, params=params, test_mode=test_mode
        )
        self.context["expanded_ti_count"] = work.expanded_ti_count

    def render(self) -> dict[str, str]:
        """Render the template fields and nothing else; returns them as text.  Raises what a template raises."""
        with contexts.use(self.context):
            self._render()
        return rendered_fields(self.task)

    def run(self) -> wire.Outcome:
        """Run it.  Raises only AirflowTaskTerminated, when the supervisor asked to stop."""
        with masker.lent(self.run_info.conf, dict(self.context.get("params") or {})):
            return self._run()

    def _run(self) -> wire.Outcome:
        work = self.work
        log.info(
            "%s of DAG %s starts: try %d of %d, run %s",
            self.name,
            work.dag_id,
            work.try_number,
            max(work.max_tries + 1, work.try_number),
            work.run.run_id,
        )
        with contexts.use(self.context):
            os.environ.update(contexts.context_to_airflow_vars(self.context))
            verdict, xcoms = self._attempt()
            ended = datetime.now(UTC)
            self._call_back(verdict, ended)
            if work.linked:
                xcoms = (*xcoms, *link_values(self.task, self.ti))
        wait = verdict.wait
        return wire.Outcome(
            trigger_class=wait.trigger_class,
            trigger_kwargs=wait.trigger_kwargs,
            trigger_queue=wait.queue,
            next_method=wait.next_method,
            next_kwargs=wait.next_kwargs,
            deadline=wait.deadline,
            awaits=wait.awaits,
            attempt_id=work.attempt_id,
            state=verdict.state,
            at=ended,
            error_type=type(verdict.error).__name__ if verdict.state == "failed" and verdict.error else "",
            error=one_line(verdict.error) if verdict.error is not None else "",
            retry=verdict.retry,
            reschedule_at=verdict.reschedule_at,
            retry_delay=verdict.retry_delay,
            retry_reason=verdict.retry_reason,
            xcoms=xcoms,
            rendered=self.rendered,
            rendered_map_index=self.rendered_map_index,
            map_length=self.map_length if verdict.state == "success" else None,
            skip=tuple(self.ti.skipped) if verdict.state == "success" else (),
            asset_events=self.emitted if verdict.state == "success" else (),
        )

    def on_kill(self) -> None:
        """Let the operator end what would survive the process; its own error is logged."""
        try:
            self.task.on_kill()
        except Exception:
            log.exception("on_kill of %s failed", self.name)

    # --- The task's code --------------------------------------------------------------------------------------

    def _attempt(self) -> tuple[Verdict, tuple[wire.XComValue, ...]]:
        try:
            result = self._execute()
            self.task.post_execute(self.context, result)  # which may tell of the outlets, too
            xcoms = self._xcoms(result)
            self.emitted = self.context["outlet_events"].emitted()
            self._label()
        except AirflowTaskTerminated as error:
            if self._stopping():
                raise
            return self._failed(error), ()
        except AirflowSkipException as error:
            log.info("%s is skipped: %s", self.name, text_of(error) or "AirflowSkipException was raised")
            return Verdict("skipped", error), ()
        except AirflowRescheduleException as error:
            return self._rescheduled(error), ()
        except TaskDeferred as error:
            return self._deferred(error), ()
        except TaskAwaitingInput as error:
            return self._asked(error), ()
        except KeyboardInterrupt as error:
            self.on_kill()
            return self._failed(error), ()
        except BaseException as error:
            return self._failed(error), ()
        finally:
            if self.rendered_map_index is None and not self.task.is_mapped:
                self._label_quietly()
        return Verdict("success", result=result), xcoms

    def _execute(self) -> Any:
        context = self.context
        if self._refused is not None:
            raise AirflowFailException(f"the params of the run are not valid: {self._refused}")
        try:
            self._render()
        finally:
            self.rendered = {} if self.task.is_mapped else shown_fields(self.task)
        task = self.task
        if "templates_dict" in context:
            context["templates_dict"] = getattr(task, "templates_dict", None)
        note = context["outlet_events"].note
        if self.work.next_method is None or not task.waits_inside:
            self._tell("on_task_instance_running", TaskInstanceState.QUEUED)
            task.pre_execute(context)
            call_all(task, "on_execute_callback", context, self.work.callback_limit)
        try:
            if self.work.next_method is not None:
                # the wait counts, too: what is left of the limit is for the rest
                limit = task.execution_timeout and task.execution_timeout - (datetime.now(UTC) - self.started)
                if self.work.answered:
                    limit = task.execution_timeout  # people may take their time
                with self._time_limit(None if self.work.next_method == FAIL_METHOD else limit, task.execution_timeout):
                    return without_metadata(resume(task, self.work, context, self._request), note)
            with self._time_limit(task.execution_timeout, task.execution_timeout):
                return without_metadata(task.execute(context), note)
        except (DownstreamTasksSkipped, DagRunTriggerException) as raised:
            return self._carry_out(raised)
        except SystemExit as stop:
            if stop.code not in (None, 0):
                raise
            return None  # the code said that it is done

    def _carry_out(self, raised: Any) -> None:
        """Do what was raised in place of a result."""
        from tradewind.runtime.raised import carry_out  # an operator that most tasks never need

        with self._time_limit(self.task.execution_timeout, self.task.execution_timeout):
            carry_out(raised, self.context)

    def _render(self) -> None:
        """Render the template fields; of a mapped task first make the operator of this instance."""
        if self.task.is_mapped:
            self.task = self.task.unmap(self.context, self.work.map_index)
            self.ti.task = self.context["task"] = self.task
        self.task.render_template_fields(self.context)

    def _label(self) -> None:
        """Name the instance as `map_index_template` says, which the task may have set or filled while it ran."""
        template = self.context.get("map_index_template")
        if template is None:
            return
        text = Templater().render_template(str(template), self.context, self.task.get_template_env(self._dag))
        self.rendered_map_index = self.ti.rendered_map_index = masker.mask(str(text))[:_LABEL_LIMIT]

    def _label_quietly(self) -> None:
        """Name an instance that did not succeed: a mistake in the template must not hide why."""
        try:
            self._label()
        except Exception as error:
            log.warning("map_index_template of %s cannot be rendered: %s", self.name, one_line(error))

    @contextmanager
    def _time_limit(self, limit: timedelta | None, of: timedelta | None) -> Iterator[None]:
        """Raise AirflowTaskTimeout in the code under `with` when the limit has passed; it is what is left `of` the
        task's execution_timeout."""
        if limit is None or of is None:
            yield
            return
        seconds = limit.total_seconds()
        text = f"the task ran longer than its execution_timeout of {of.total_seconds():g} s"
        if seconds <= 0:
            raise AirflowTaskTimeout(text)
        if threading.current_thread() is not threading.main_thread():
            # Only in tests that run a DAG in a thread: signals, and with them timeouts, belong to the main thread.
            log.warning("%s has an execution_timeout, which is not watched outside the main thread", self.name)
            yield
            return

        def passed(number: int, frame: FrameType | None) -> None:
            if not self.timed_out:
                self.timed_out = True
                signal.setitimer(signal.ITIMER_REAL, 0)
                raise AirflowTaskTimeout(text)

        before = signal.signal(signal.SIGALRM, deferrable(passed))
        signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT)
        try:
            yield
        except AirflowTaskTimeout:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.on_kill()
            raise
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _xcoms(self, result: Any) -> tuple[wire.XComValue, ...]:
        """What is stored of the return value, together with the outcome."""
        task = self.task
        needed = task.task_id in mapped_over(self._dag)
        if needed:
            self.map_length = self._length_of(result)
        if result is None or not (task.do_xcom_push or needed):
            return ()
        values: dict[str, Any] = {}
        if task.multiple_outputs:
            if not isinstance(result, Mapping):
                raise TypeError(
                    f"task {task.task_id!r} has multiple_outputs=True and returned a {type(result).__name__}; "
                    "return a dict whose keys are the names of the outputs"
                )
            for key in result:
                if not isinstance(key, str):
                    raise TypeError(
                        f"task {task.task_id!r} has multiple_outputs=True and returned a dict with the key {key!r}; "
                        "the names of outputs are texts"
                    )
            values.update(result)
        values[XCOM_RETURN_KEY] = result
        return tuple(wire.XComValue(key=key, value=self.ti.encode_xcom(key, value)) for key, value in values.items())

    def _length_of(self, result: Any) -> int | None:
        """For how many instances of mapped tasks the result makes: one, if this is itself one of many, else its length.

        Raises what tells the author that nothing can be mapped over it.
        """
        if self.ti.is_mapped:
            return None if result is None else 1
        if result is None:
            raise XComForMappingNotPushed
        if not is_mappable(result):
            raise UnmappableXComTypePushed(result)
        most = defaults.get_int("core", "max_map_length", DEFAULT_MAX_MAP_LENGTH)
        if len(result) > most:
            raise UnmappableXComLengthPushed(len(result), most)
        return len(result)

    # --- What became of it -------------------------------------------------------------------------------------

    def _failed(self, error: BaseException) -> Verdict:
        log.error("%s failed: %s", self.name, one_line(error), exc_info=error)
        if isinstance(error, AirflowFailException | AirflowSensorTimeout):
            return Verdict("failed", error, retry=False)
        decided = ask_policy(self.task, self.ti, self.context, error)
        return Verdict("failed", error, decided.retry, retry_delay=decided.delay, retry_reason=decided.reason)

    def _rescheduled(self, error: AirflowRescheduleException) -> Verdict:
        at = error.reschedule_date
        if not isinstance(at, datetime) or at.tzinfo is None:
            problem = AirflowException(
                f"AirflowRescheduleException needs an aware datetime, not {at!r}; use timezone.utcnow() + delta"
            )
            return self._failed(problem.with_traceback(error.__traceback__))
        log.info("%s is rescheduled for %s", self.name, at.isoformat())
        return Verdict("rescheduled", reschedule_at=at.astimezone(UTC), wait=called_earlier(error))

    def _deferred(self, raised: TaskDeferred) -> Verdict:
        try:
            wait = deferral(self.task, raised, datetime.now(UTC), self.started, self.task.execution_timeout)
        except (TypeError, AttributeError) as problem:
            return self._failed(problem)
        until = f", until {wait.deadline.isoformat()} at most" if wait.deadline is not None else ""
        log.info("%s waits for %s and goes on in %s()%s", self.name, wait.trigger_class, wait.next_method, until)
        return Verdict("deferred", wait=wait)

    def _asked(self, raised: TaskAwaitingInput) -> Verdict:
        try:
            wait = question(self.task, raised, datetime.now(UTC))
        except (TypeError, AttributeError) as problem:
            return self._failed(problem)
        until = f" until {wait.deadline.isoformat()}" if wait.deadline is not None else ""
        log.info("%s waits for an answer%s", self.name, until)
        return Verdict("awaiting_input", wait=wait)

    def _call_back(self, verdict: Verdict, ended: datetime) -> None:
        """Tell the callbacks of the task what was decided."""
        ti, context = self.ti, self.context
        ti.end_date = None if verdict.state in ("rescheduled", "deferred", "awaiting_input") else as_pendulum(ended)
        match verdict.state:
            case "success":
                ti.state, kind = TaskInstanceState.SUCCESS, "on_success_callback"
                log.info("%s succeeded", self.name)
            case "skipped":
                ti.state, kind = TaskInstanceState.SKIPPED, "on_skipped_callback"
            case "failed" if verdict.retry and ti.is_eligible_to_retry():
                ti.state, kind = TaskInstanceState.UP_FOR_RETRY, "on_retry_callback"
            case "failed":
                ti.state, kind = TaskInstanceState.FAILED, "on_failure_callback"
            case "deferred" | "awaiting_input":
                ti.state = TaskInstanceState(verdict.state)
                return
            case _:
                ti.state = TaskInstanceState.UP_FOR_RESCHEDULE
                return
        if verdict.error is not None:
            context["exception"] = verdict.error
        call_all(self.task, kind, context, self.work.callback_limit)
        if verdict.state == "failed":
            self._tell("on_task_instance_failed", TaskInstanceState.RUNNING, error=verdict.error)
        else:
            self._tell(f"on_task_instance_{verdict.state}", TaskInstanceState.RUNNING)

    def _tell(self, hook: str, previous: TaskInstanceState, **more: Any) -> None:
        tell_listeners(hook, self.work.callback_limit, previous_state=previous, task_instance=self.ti, **more)


# --- Text and ends ------------------------------------------------------------------------------------------------


def not_run(work: wire.Work, error: BaseException) -> wire.Outcome:
    """The outcome of work whose code could not be found or loaded.  A mail is sent all the same."""
    if isinstance(work, wire.CallbackWork) and work.kind.startswith("email_"):
        return mail_without_code(work, error)
    what = work.task_id if isinstance(work, wire.TaskWork) else work.kind
    log.error("%s of DAG %s cannot run: %s", what, work.dag_id, one_line(error), exc_info=error)
    return wire.Outcome(
        attempt_id=work.attempt_id,
        state="failed" if isinstance(work, wire.TaskWork) else "done",
        at=datetime.now(UTC),
        error_type=type(error).__name__,
        error=one_line(error),
    )


# --- Text -------------------------------------------------------------------------------------------------------


def shown_fields(task: Any) -> dict[str, Any]:
    """The template fields as they are shown, masked: lists, dicts and numbers as JSON, what is longer than
    `RENDERED_LIMIT` characters as the beginning of its text."""
    fields: dict[str, Any] = dict(rendered_fields(task))
    for name, text in fields.items():
        value = getattr(task, name, None)
        if not isinstance(value, str) and len(text) <= RENDERED_LIMIT:
            with contextlib.suppress(TypeError, ValueError, RecursionError):  # else the text has to do
                plain = json.dumps(redact(value, name), default=lambda other: masker.mask(str(other)), allow_nan=False)
                fields[name] = json.loads(plain)
    return fields


def rendered_fields(task: Any) -> dict[str, str]:
    """The template fields as text, masked, each up to `RENDERED_LIMIT` characters."""
    fields: dict[str, str] = {}
    for name in task.template_fields:
        value = redact(getattr(task, name, None), name)
        if isinstance(value, str):
            text = value
        else:
            text = json.dumps(value, default=str, ensure_ascii=False)
        text = masker.mask(text)
        if len(text) > RENDERED_LIMIT:
            text = f"{text[:RENDERED_LIMIT]}... ({len(text)} characters)"
        fields[name] = text
    return fields
