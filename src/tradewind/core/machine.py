"""The life of a task instance and of its attempts, as tables.

`step` is the only way a task instance changes its state.  Called by `core.flow` for what the engine decides,
by `services.scheduler` for what executors report, by `store.actions` (through `core.clearing` and
`core.marking`) for what users do.  The diagrams in the docs are drawn from the tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tradewind.core.facts import ALL_STATES, ATTEMPT_TABLE, ENDS_ATTEMPT, EXHAUSTED, TABLE, F, Fact, S, State
from tradewind.core.graph import weight_of_try
from tradewind.core.phrases import say
from tradewind.core.retries import retry_delay, spread
from tradewind.core.view import TaskView
from tradewind.errors import IllegalTransitionError
from tradewind.spec.ids import NOT_MAPPED, TaskKey
from tradewind.spec.moments import later
from tradewind.spec.states import AttemptState

__all__ = [
    "ALL_STATES",
    "ANSWER",
    "ATTEMPT_TABLE",
    "EXHAUSTED",
    "LOST_BUDGET",
    "REASON_LENGTH",
    "TABLE",
    "TRIGGER_FAILED",
    "TRIGGER_TIMEOUT",
    "Fact",
    "State",
    "Transition",
    "attempt_step",
    "may_retry",
    "step",
]

LOST_BUDGET = 3
"""So many lost attempts are retried at once, outside the retries that the user gave."""
TRIGGER_TIMEOUT = "__timeout__"
"""In place of the method where a task goes on: its deferral took too long."""
TRIGGER_FAILED = "__fail__"
ANSWER = "answer:"
"""In front of the method in which a try goes on with an answer of people, not with what a trigger brought."""
"""In place of the method where a task goes on: its trigger failed."""
REASON_LENGTH = 1000
"""Longest reason that the store keeps, in characters."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One change of a task instance, complete for the guarded update that records it."""

    key: TaskKey
    ti_id: str
    from_state: State
    from_attempt: str | None
    to_state: State
    fact: Fact
    values: dict[str, object] = field(default_factory=dict)
    """Columns of `task_instance` to write besides the state."""
    reason: str = ""
    callbacks: tuple[str, ...] = ()
    """Callbacks and mails that are due outside the task's own process."""
    about: dict[str, object] = field(default_factory=dict)
    """What those callbacks must be told of the task instance; see `about`."""
    dropped_trigger: str | None = None
    """Id of the trigger that nobody waits for any more: its row goes with this change."""


@dataclass(slots=True)
class _Call:
    """The arguments of one `step`, and what its handler makes of them."""

    fact: Fact
    to: State
    now: datetime
    attempt_id: str | None
    worker_id: str | None
    retry: bool
    at: datetime | None
    trigger_id: str | None
    next_method: str | None
    reason: str = ""
    callbacks: tuple[str, ...] = ()


_OF_AN_ATTEMPT = frozenset({F.CLAIMED, F.DIED, F.UNCLAIMED, *ENDS_ATTEMPT})


def step(
    task: TaskView,
    fact: Fact,
    now: datetime,
    *,
    attempt_id: str | None = None,
    worker_id: str | None = None,
    retry: bool = True,
    at: datetime | None = None,
    reason: str = "",
    error: str = "",
    trigger_id: str | None = None,
    next_method: str | None = None,
    skips: tuple[str, ...] = (),
) -> Transition:
    """Let `fact` happen to `task` at `now` (aware): change the view, return what to write.

    `attempt_id`: the new attempt (ADMITTED, required), or the attempt that reports: another one than the
    present is refused.  `worker_id`: who holds the new attempt.  `retry` false: the failure is final.  `at`:
    when a RESCHEDULED task is due, until when a DEFERRED one waits at most, or when the retry of a FAILED one is due if
    its own delay does not say so.  `trigger_id`: what a DEFERRED task waits for (required), or may call a RESCHEDULED
    one earlier; `next_method`: of a DEFERRED one's operator, where it goes on.  `skips`: ids of the tasks that a branch
    that SUCCEEDED decided against.  `reason`: a sentence; a fitting one is made when empty.

    Raises `IllegalTransitionError` when the table has no arrow or the attempt is not the present one, leaving
    the view as it was.
    """
    if now.tzinfo is None:
        raise ValueError(f"the time of a step must be aware, not {now!r}")
    before, attempt_before = task.state, task.attempt_id
    try:
        to = TABLE[before, fact]
    except KeyError:
        raise IllegalTransitionError(
            f"{_name(task.key)} is {_word(before)}; nothing follows there from {fact.value!r}"
        ) from None
    if attempt_id is not None and fact in _OF_AN_ATTEMPT and attempt_id != attempt_before:
        raise IllegalTransitionError(
            f"{_name(task.key)} is in attempt {attempt_before}; {fact.value!r} of attempt {attempt_id} comes too late"
        )
    call = _Call(fact, to, now, attempt_id, worker_id, retry, at, trigger_id, next_method)
    trigger_before = task.trigger_id
    if at is not None and at.tzinfo is None:
        raise ValueError(f"the time when a task is due must be aware, not {at!r}")
    values = _fresh(task, call) if before is S.RESTARTING and to is None else _HANDLERS[fact](task, call)
    if fact not in _KEEPS_TRIGGER and trigger_id is None:
        _forget_trigger(task, values)
    if call.to not in (S.QUEUED, S.RUNNING, S.RESTARTING):
        task.worker_id = None
    if task.skips or skips:
        _decide_skips(task, call, skips, values)
    text = f"{reason or call.reason}{': ' if error else ''}{error}"[:REASON_LENGTH]
    task.state = call.to
    values["reason"] = text
    dropped = trigger_before if task.trigger_id != trigger_before else None
    told = about(task) if call.callbacks else {}
    return Transition(
        task.key, task.id, before, attempt_before, call.to, fact, values, text, call.callbacks, told, dropped
    )


def about(task: TaskView) -> dict[str, object]:
    """What a callback is told of a task instance, as it is now, fit for JSON: a retry changes it at once."""
    return {
        "task_id": task.key.task_id,
        "map_index": task.key.map_index,
        "ti_id": task.id,
        "state": str(task.state or ""),
        "try_number": task.try_number,
        "max_tries": task.max_tries,
        "start_date": task.start_date.isoformat() if task.start_date else None,
        "end_date": task.end_date.isoformat() if task.end_date else None,
        "email": list(task.spec.email),
    }


_KEEPS_TRIGGER = frozenset(
    {F.DEFERRED, F.TRIGGER_FIRED, F.ASKED, F.ANSWERED, F.ANSWER_OVERDUE, F.ADMITTED, F.CLAIMED, F.UNCLAIMED}
)
"""A resumed try goes on with what its trigger, or an answer, brought until its next attempt has ended."""


def _decide_skips(task: TaskView, call: _Call, skips: tuple[str, ...], values: dict[str, object]) -> None:
    """What a branch decided lasts until it decides again, so that a task which is cleared alone is skipped again."""
    if call.fact is F.SUCCEEDED and skips:
        task.skips = skips
        values["skips"] = list(skips)
    elif task.skips and call.fact not in _KEEPS_SKIPS:
        task.skips = ()
        values["skips"] = None


_KEEPS_SKIPS = frozenset({F.MARKED_SUCCESS, F.MARKED_FAILED, F.MARKED_SKIPPED})


def _forget_trigger(task: TaskView, values: dict[str, object]) -> None:
    if task.trigger_id is not None:
        task.trigger_id = values["trigger_id"] = None
    if task.next_method is not None and "next_method" not in values:
        task.next_method = values["next_method"] = None


def attempt_step(state: AttemptState, fact: Fact) -> AttemptState:
    """The next state of an attempt.  Raises `IllegalTransitionError`."""
    try:
        return ATTEMPT_TABLE[state, fact]
    except KeyError:
        raise IllegalTransitionError(f"an attempt that is {state.value} cannot be {fact.value!r}") from None


def may_retry(task: TaskView) -> bool:
    """Whether a failure of the present try leaves another one."""
    return task.try_number <= task.max_tries


def _word(state: State) -> str:
    return "waiting (no status)" if state is None else state.value


def _name(key: TaskKey) -> str:
    return key.task_id if key.map_index == NOT_MAPPED else f"{key.task_id}[{key.map_index}]"


# --- What each fact does to the columns; a handler may change `call.to`, `reason` and `callbacks` of it.


def _scheduled(task: TaskView, call: _Call) -> dict[str, object]:
    task.try_number += 1
    task.start_date = task.end_date = task.next_at = None
    task.reschedules = 0
    call.reason = (
        say("recorded.ready")
        if call.fact is F.READY
        else say("recorded.retry", try_number=task.try_number, tries=task.max_tries + 1)
    )
    weight = {"priority_weight": weight_of_try(task.spec, task.try_number)} if task.spec.weights else {}
    return {
        **weight,
        "try_number": task.try_number,
        "scheduled_at": call.now,
        "start_date": None,
        "end_date": None,
        "next_at": None,
        "reschedules": 0,
    }


def _reschedule_due(task: TaskView, call: _Call) -> dict[str, object]:
    task.next_at = None
    call.reason = say("recorded.due")
    return {"scheduled_at": call.now, "next_at": None}


def _unclaimed(task: TaskView, call: _Call) -> dict[str, object]:
    task.attempt_id = None
    call.reason = say("recorded.handed_back")
    return {"attempt_id": None, "scheduled_at": call.now, "queued_at": None}


def _admitted(task: TaskView, call: _Call) -> dict[str, object]:
    if not call.attempt_id:
        raise IllegalTransitionError(f"{_name(task.key)} cannot be queued without the id of its attempt")
    task.attempt_id, task.worker_id = call.attempt_id, call.worker_id
    call.reason = say("recorded.handed")
    return {"attempt_id": call.attempt_id, "queued_at": call.now}


def _claimed(task: TaskView, call: _Call) -> dict[str, object]:
    if task.start_date is None:
        task.start_date = call.now
    if task.first_start is None:
        task.first_start = task.start_date
    if call.worker_id is not None:
        task.worker_id = call.worker_id
    call.reason = say("recorded.running")
    return {"start_date": task.start_date, "first_start": task.first_start}


def _ended(task: TaskView, call: _Call) -> dict[str, object]:
    task.end_date, task.next_at = call.now, None
    call.reason = say("recorded.succeeded" if call.fact is F.SUCCEEDED else "recorded.skipped_itself")
    if task.state is S.DEFERRED and call.fact is F.SUCCEEDED and "on_success_callback" in task.spec.callbacks:
        call.callbacks = ("on_success_callback",)
    return {"end_date": call.now, "next_at": None}


def _rescheduled(task: TaskView, call: _Call) -> dict[str, object]:
    if call.at is None or call.at.tzinfo is None:
        raise ValueError(f"a rescheduled task needs the aware time when it is due, not {call.at!r}")
    task.next_at = call.at
    task.reschedules += 1
    values: dict[str, object] = {"next_at": call.at, "reschedules": task.reschedules}
    if call.trigger_id is None:
        call.reason = say("recorded.checks_again", at=call.at)
    else:
        task.trigger_id = values["trigger_id"] = call.trigger_id
        task.next_method = values["next_method"] = None
        call.reason = say("recorded.runs_wait", at=call.at.isoformat())
    return values


def _deferred(task: TaskView, call: _Call) -> dict[str, object]:
    if not call.trigger_id or not call.next_method:
        raise ValueError(f"{_name(task.key)} cannot wait without a trigger and the method where it goes on")
    task.trigger_id, task.next_method, task.next_at = call.trigger_id, call.next_method, call.at
    if task.start_date is None:
        task.start_date = call.now
    if task.first_start is None:
        task.first_start = task.start_date
    call.reason = say("recorded.trigger_wait") if call.at is None else say("recorded.trigger_wait_until", at=call.at)
    return {
        "trigger_id": task.trigger_id,
        "next_method": task.next_method,
        "next_at": task.next_at,
        "start_date": task.start_date,
        "first_start": task.first_start,
    }


def _trigger_fired(task: TaskView, call: _Call) -> dict[str, object]:
    task.next_at = None
    call.reason = say("recorded.fired")
    if call.next_method is not None:
        task.next_method = call.next_method
    return {"scheduled_at": call.now, "next_at": None, "next_method": task.next_method}


def _trigger_timed_out(task: TaskView, call: _Call) -> dict[str, object]:
    task.next_at = None
    task.next_method = TRIGGER_TIMEOUT
    call.reason = say("recorded.trigger_late")
    return {"scheduled_at": call.now, "next_at": None, "next_method": task.next_method}


def _asked(task: TaskView, call: _Call) -> dict[str, object]:
    if not call.next_method:
        raise ValueError(f"{_name(task.key)} cannot wait for an answer without the method where it goes on")
    task.next_at, task.next_method = call.at, f"{ANSWER}{call.next_method}"
    call.reason = say("recorded.answer_wait") if call.at is None else say("recorded.answer_wait_until", at=call.at)
    return {"next_at": call.at, "next_method": task.next_method}


def _answered(task: TaskView, call: _Call) -> dict[str, object]:
    task.next_at = None
    call.reason = say("recorded.answered" if call.fact is F.ANSWERED else "recorded.unanswered")
    return {"scheduled_at": call.now, "next_at": None}


def _failed(task: TaskView, call: _Call) -> dict[str, object]:
    task.end_date = call.now
    if call.retry and may_retry(task):
        # Lost tries and those of an earlier life (before a clear) do not make the delay longer.
        number = task.try_number - task.max_tries + task.spec.retries
        task.next_at = call.at or later(call.now, retry_delay(task.spec, number, spread(task.id, task.try_number)))
        call.reason = say(
            "recorded.retry_due",
            try_number=task.try_number,
            tries=task.max_tries + 1,
            at=task.next_at.isoformat(),
        )
    else:
        task.next_at = None
        call.to = EXHAUSTED[task.state, call.fact]
        key = "recorded.tries_failed" if call.retry else "recorded.must_not"
        call.reason = say(key, try_number=task.try_number, tries=task.max_tries + 1)
    _mail(task, call)
    if task.state is S.DEFERRED:
        _callbacks_elsewhere(task, call)
    return {"end_date": call.now, "next_at": task.next_at}


def _lost(task: TaskView, call: _Call) -> dict[str, object]:
    if call.retry and task.lost < LOST_BUDGET:
        task.lost += 1
        task.max_tries += 1
        task.end_date = task.next_at = call.now
        call.reason = say("recorded.lost", lost=task.lost, budget=LOST_BUDGET)
        values: dict[str, object] = {"end_date": call.now, "next_at": call.now}
        _mail(task, call)
    else:
        values = _failed(task, call)
        call.reason = say("recorded.lost_then", why=call.reason)
    _callbacks_elsewhere(task, call)
    return {**values, "max_tries": task.max_tries, "lost": task.lost}


def _died(task: TaskView, call: _Call) -> dict[str, object]:
    values = _failed(task, call)
    _callbacks_elsewhere(task, call)
    return values


def _callbacks_elsewhere(task: TaskView, call: _Call) -> None:
    """The process that would have called back is gone: somebody else must."""
    callback = "on_retry_callback" if call.to is S.UP_FOR_RETRY else "on_failure_callback"
    if callback in task.spec.callbacks:
        call.callbacks = (callback, *call.callbacks)


def _mail(task: TaskView, call: _Call) -> None:
    """Mails are sent after the failure is written, whoever saw it: so there is one for each."""
    spec = task.spec
    if spec.email and (spec.email_on_retry if call.to is S.UP_FOR_RETRY else spec.email_on_failure):
        call.callbacks = ("email_on_retry" if call.to is S.UP_FOR_RETRY else "email_on_failure",)


def _cleared(task: TaskView, call: _Call) -> dict[str, object]:
    if call.to is S.RESTARTING:
        call.reason = say("recorded.cleared_later")
        return {}
    return _fresh(task, call)


def _fresh(task: TaskView, call: _Call) -> dict[str, object]:
    """Back to the start, with all retries; try numbers go on, so that logs stay apart."""
    _unspend(task)
    task.max_tries = task.try_number + task.spec.retries
    task.lost = task.reschedules = 0
    task.attempt_id = task.start_date = task.end_date = task.next_at = task.first_start = None
    call.reason = say("recorded.cleared")
    return {
        "try_number": task.try_number,
        "max_tries": task.max_tries,
        "lost": 0,
        "attempt_id": None,
        "scheduled_at": None,
        "queued_at": None,
        "start_date": None,
        "end_date": None,
        "next_at": None,
        "first_start": None,
        "reschedules": 0,
    }


def _unspend(task: TaskView) -> None:
    """A try that became scheduled but never queued leaves no number behind."""
    if task.state is S.SCHEDULED and task.start_date is None:
        task.try_number -= 1


_MARKED = (F.MARKED_SUCCESS, F.MARKED_FAILED, F.MARKED_SKIPPED)
_DECIDED = (F.UPSTREAM_FAILED, F.UPSTREAM_SKIPPED, F.NOTHING_TO_DO, F.RUN_TIMED_OUT, F.FAIL_FAST, *_MARKED)


def _decided(task: TaskView, call: _Call) -> dict[str, object]:
    """Ended without a worker's word.  What has nothing to do took a try all the same; the others did not."""
    if call.fact is not F.NOTHING_TO_DO:
        _unspend(task)
    elif task.state is None:
        task.try_number += 1
    task.start_date = task.start_date or task.end_date or call.now
    task.end_date = task.end_date or call.now
    task.next_at = None
    call.reason = say(f"recorded.{call.fact.value}")
    if task.state is S.RUNNING:
        _stopped(task, call)
    return {
        "try_number": task.try_number,
        "start_date": task.start_date,
        "end_date": task.end_date,
        "next_at": None,
    }


def _stopped(task: TaskView, call: _Call) -> None:
    """It was running when somebody else decided: its process is ended and calls nobody back."""
    if call.fact in (F.RUN_TIMED_OUT, F.FAIL_FAST):
        _mail(task, call)
    if call.to is S.FAILED:
        _callbacks_elsewhere(task, call)
    elif call.fact is F.MARKED_SUCCESS and "on_success_callback" in task.spec.callbacks:
        call.callbacks = ("on_success_callback",)


def _removed(task: TaskView, call: _Call) -> dict[str, object]:
    _unspend(task)
    task.next_at = None
    call.reason = say("recorded.not_part")
    return {"try_number": task.try_number, "next_at": None}


_HANDLERS: dict[Fact, Callable[[TaskView, _Call], dict[str, object]]] = {
    F.READY: _scheduled,
    F.RETRY_DUE: _scheduled,
    F.RESCHEDULE_DUE: _reschedule_due,
    F.ADMITTED: _admitted,
    F.CLAIMED: _claimed,
    F.SUCCEEDED: _ended,
    F.SKIPPED: _ended,
    F.RESCHEDULED: _rescheduled,
    F.DEFERRED: _deferred,
    F.TRIGGER_FIRED: _trigger_fired,
    F.TRIGGER_TIMED_OUT: _trigger_timed_out,
    F.ASKED: _asked,
    F.ANSWERED: _answered,
    F.ANSWER_OVERDUE: _answered,
    F.FAILED: _failed,
    F.LOST: _lost,
    F.DIED: _died,
    F.UNCLAIMED: _unclaimed,
    F.CLEARED: _cleared,
    F.REMOVED: _removed,
    **dict.fromkeys(_DECIDED, _decided),
}
