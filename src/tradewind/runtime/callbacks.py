"""Calls back: the callbacks of a task in its own process, and work that is nothing but a callback or a mail.

Called by `task_runner` at the end of an attempt and by `worker` for a `CallbackWork`.  User code runs here: its errors
are logged and told, and its time is limited.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from typing import Any

from tradewind.authoring import context as contexts
from tradewind.authoring import deadlines
from tradewind.authoring.context import Context
from tradewind.authoring.listeners import calls
from tradewind.authoring.plugins import listeners_of_plugins
from tradewind.errors import AirflowException, AirflowTaskTerminated, AirflowTaskTimeout
from tradewind.runtime.context import build_context
from tradewind.runtime.copying import fresh_copy
from tradewind.runtime.dag_run import DeadlineRun, Request, RuntimeDagRun, as_pendulum
from tradewind.runtime.interrupts import REPEAT, deferrable
from tradewind.runtime.logs import ONE_LINE, one_line
from tradewind.runtime.task_instance import RuntimeTaskInstance
from tradewind.spec import wire
from tradewind.spec.states import TaskInstanceState

log = logging.getLogger("airflow.task")


class CallbackTimeout(AirflowTaskTimeout):
    """The callbacks of one event took longer than they may.  A BaseException, so that none of them can hide it."""


def call_all(owner: Any, kind: str, context: Context, limit: float | None = None) -> str:
    """Call the callbacks of a task or DAG; returns the errors as one line, empty when there were none.

    An error of a callback is logged and changes nothing else.  After `limit` seconds for all of them together the
    present one is interrupted and the others are left out, which is an error, too.
    """
    value = getattr(owner, kind, None)
    callbacks = list(value) if isinstance(value, list | tuple) else [] if value is None else [value]
    errors: list[str] = []
    try:
        with time_limit(limit, f"{kind} ran longer than {limit} s (callback_timeout)" if callbacks else ""):
            while callbacks:
                callback = callbacks.pop(0)
                _call(callback, kind, context, errors)
    except CallbackTimeout as error:
        left = ", ".join(_name(callback) for callback in callbacks)
        text = f"{error}{f'; not called any more: {left}' if left else ''}"
        log.error("%s", text)
        errors.append(text)
    return "; ".join(errors)


def _call(callback: Any, kind: str, context: Context, errors: list[str]) -> None:
    try:
        callback(context)
    except (AirflowTaskTerminated, AirflowTaskTimeout):
        raise
    except BaseException as error:
        log.error("%s %s failed: %s", kind, _name(callback), one_line(error), exc_info=error)
        errors.append(f"{_name(callback)}: {one_line(error)}")


def _name(callback: Any) -> str:
    return getattr(callback, "__qualname__", None) or type(callback).__name__


@contextmanager
def time_limit(seconds: float | None, text: str) -> Iterator[None]:
    """Raise CallbackTimeout in the code under `with` when the limit has passed.  In the main thread only: signals
    belong to it."""
    if not seconds or not text or threading.current_thread() is not threading.main_thread():
        yield
        return

    def passed(number: int, frame: FrameType | None) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        raise CallbackTimeout(text)

    before = signal.signal(signal.SIGALRM, deferrable(passed))
    signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def tell_listeners(hook: str, limit: float | None = None, **arguments: Any) -> None:
    """Tell the listeners of plugins; an error of theirs is logged and changes nothing else."""
    listeners = listeners_of_plugins()
    if not listeners:
        return
    try:
        with time_limit(limit, f"the listeners' {hook} ran longer than {limit} s (callback_timeout)"):
            for name, call in calls(listeners, hook, **arguments):
                try:
                    call()
                except (AirflowTaskTerminated, AirflowTaskTimeout):
                    raise
                except BaseException as error:
                    log.error("the listener %s failed: %s", name, one_line(error), exc_info=error)
    except CallbackTimeout as error:
        log.error("%s", error)


# --- Work that is a callback ------------------------------------------------------------------------------------


def run_callback(work: wire.CallbackWork, dag: Any, request: Request) -> wire.Outcome:
    """Run the callbacks of a DAG, of a task whose own process could not, of a missed deadline, or send a mail.

    Raises TaskNotFound when the DAG has no such task any more.
    """
    context = callback_context(work, dag, request)
    task = context["task"]
    log.info("%s of %s: %s", work.kind, task.task_id if work.of_task else f"DAG {dag.dag_id}", work.reason)
    with contexts.use(context):
        os.environ.update(contexts.context_to_airflow_vars(context))
        if work.kind.startswith("email_"):
            errors = _mail(work, context)
        elif work.kind == "deadline":
            errors = _deadline(work, dag, context)
        else:
            errors = call_all(task if work.of_task else dag, work.kind, context, work.time_limit)
    return wire.Outcome(attempt_id=work.attempt_id, state="done", at=datetime.now(UTC), error=errors[:ONE_LINE])


def _deadline(work: wire.CallbackWork, dag: Any, context: Context) -> str:
    context["deadline"] = work.data.get("deadline", {})
    env = dag.get_template_env(native=False)

    def render(value: Any) -> Any:
        return env.from_string(value).render(context) if isinstance(value, str) else value

    task = context["task"] if work.task_id is not None else None
    try:
        with time_limit(work.time_limit, f"the callback ran longer than {work.time_limit:g} s (callback_timeout)"):
            deadlines.call_back(dag, task, int(work.data["number"]), context, render)
    except AirflowTaskTerminated:
        raise
    except BaseException as error:
        log.error("the callback of the deadline failed: %s", one_line(error), exc_info=error)
        return one_line(error)
    return ""


def callback_context(work: wire.CallbackWork, dag: Any, request: Request) -> Context:
    """The context of a callback: that of its task instance, as it was when the event happened."""
    task = fresh_copy(dag.get_task(work.task_id) if work.task_id is not None else _some_task(dag))
    run = (DeadlineRun if work.kind == "deadline" else RuntimeDagRun)(work.run, request)
    ti = RuntimeTaskInstance(
        task=task,
        run=run,
        request=request,
        attempt_id=work.attempt_id,
        ti_id=work.ti_id,
        try_number=work.try_number,
        max_tries=work.max_tries,
        map_index=work.map_index,
        start_date=work.start_date or work.run.start_date,
    )
    ti.end_date = as_pendulum(work.end_date)
    ti.state = TaskInstanceState(work.ti_state) if work.ti_state else None
    context, _ = build_context(dag=dag, task=task, ti=ti, run=run)
    context["reason"] = work.reason
    if work.kind != "on_success_callback":
        context["exception"] = AirflowException(work.reason)
    return context


def mail_without_code(work: wire.CallbackWork, problem: BaseException) -> wire.Outcome:
    """The mail about a task whose DAG file cannot be loaded, which may be the very failure it tells of."""
    log.warning("%s of DAG %s is sent without its code: %s", work.kind, work.dag_id, one_line(problem))
    errors = _mail(work, None)
    return wire.Outcome(attempt_id=work.attempt_id, state="done", at=datetime.now(UTC), error=errors[:ONE_LINE])


def _some_task(dag: Any) -> Any:
    """Callbacks of a DAG expect a task instance in their context: that of a last task."""
    return (list(dag.leaves) or list(dag.tasks))[-1]


def _mail(work: wire.CallbackWork, context: Context | None) -> str:
    from tradewind.runtime import failure_mail  # smtplib and ssl: only where a mail is sent

    try:
        with time_limit(work.time_limit, f"the mail was not sent within {work.time_limit:g} s"):
            if context is None:
                failure_mail.send_plain(work)
            else:
                failure_mail.send(context["task"].email, work.reason, context)
    except (Exception, CallbackTimeout) as error:
        log.error("the mail could not be sent: %s", one_line(error), exc_info=error)
        return one_line(error)
    return ""
