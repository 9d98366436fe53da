"""What can happen to a task instance and to its attempts, and what follows: the tables.

Used by `core.machine`, which is the only way along an arrow, and by the docs, whose diagrams are drawn from here.
"""

from __future__ import annotations

from enum import StrEnum

from tradewind.spec.states import FINISHED, AttemptState, TaskInstanceState


class Fact(StrEnum):
    """What can happen to a task instance."""

    READY = "ready"
    ADMITTED = "admitted"
    CLAIMED = "claimed"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    SKIPPED = "skipped"
    RESCHEDULED = "rescheduled"
    DEFERRED = "deferred"
    """The task waits for a trigger: its worker gave it back, or (from scheduled) it starts with a trigger."""
    TRIGGER_FIRED = "trigger_fired"
    """What a deferred task waited for has come, or its trigger failed: it goes on at a worker, in the same try."""
    TRIGGER_TIMED_OUT = "trigger_timed_out"
    """The deferral took too long: the task goes on at a worker, which raises."""
    ASKED = "asked"
    """It waits for an answer of people."""
    ANSWERED = "answered"
    ANSWER_OVERDUE = "answer_overdue"
    """Nobody answered in time: the task goes on and takes its defaults, or fails."""
    LOST = "lost"
    DIED = "died"
    """The task's own code ended its process: an ordinary failure, but its callbacks must run elsewhere."""
    UNCLAIMED = "unclaimed"
    """Its executor died before any worker claimed the attempt: nothing ran, so it costs nothing."""
    RETRY_DUE = "retry_due"
    RESCHEDULE_DUE = "reschedule_due"
    UPSTREAM_FAILED = "upstream_failed"
    UPSTREAM_SKIPPED = "upstream_skipped"
    NOTHING_TO_DO = "nothing_to_do"
    CLEARED = "cleared"
    MARKED_SUCCESS = "marked_success"
    MARKED_FAILED = "marked_failed"
    MARKED_SKIPPED = "marked_skipped"
    REMOVED = "removed"
    RUN_TIMED_OUT = "run_timed_out"
    FAIL_FAST = "fail_fast"


State = TaskInstanceState | None
S = TaskInstanceState
F = Fact
ALL_STATES: tuple[State, ...] = (None, *TaskInstanceState)
_SLOT = (S.QUEUED, S.RUNNING)
_WAITS_OUTSIDE = (S.UP_FOR_RESCHEDULE, S.DEFERRED, S.AWAITING_INPUT)
ENDS_ATTEMPT = (F.SUCCEEDED, F.FAILED, F.SKIPPED, F.RESCHEDULED, F.DEFERRED, F.ASKED, F.LOST)

TABLE: dict[tuple[State, Fact], State] = {
    (None, F.READY): S.SCHEDULED,
    (None, F.NOTHING_TO_DO): S.SUCCESS,
    (None, F.UPSTREAM_FAILED): S.UPSTREAM_FAILED,
    (None, F.UPSTREAM_SKIPPED): S.SKIPPED,
    (S.SCHEDULED, F.NOTHING_TO_DO): S.SUCCESS,
    # A branch may decide against a task that another of its upstream tasks has made ready already.
    (S.SCHEDULED, F.UPSTREAM_SKIPPED): S.SKIPPED,
    (S.SCHEDULED, F.ADMITTED): S.QUEUED,
    (S.QUEUED, F.CLAIMED): S.RUNNING,
    # The worker could not even load the code.
    (S.QUEUED, F.FAILED): S.UP_FOR_RETRY,
    (S.QUEUED, F.LOST): S.UP_FOR_RETRY,
    (S.QUEUED, F.UNCLAIMED): S.SCHEDULED,
    (S.RUNNING, F.SUCCEEDED): S.SUCCESS,
    (S.RUNNING, F.FAILED): S.UP_FOR_RETRY,
    (S.RUNNING, F.SKIPPED): S.SKIPPED,
    (S.RUNNING, F.RESCHEDULED): S.UP_FOR_RESCHEDULE,
    (S.RUNNING, F.DEFERRED): S.DEFERRED,
    (S.RUNNING, F.ASKED): S.AWAITING_INPUT,
    (S.RUNNING, F.LOST): S.UP_FOR_RETRY,
    (S.RUNNING, F.DIED): S.UP_FOR_RETRY,
    (S.UP_FOR_RETRY, F.RETRY_DUE): S.SCHEDULED,
    (S.UP_FOR_RESCHEDULE, F.RESCHEDULE_DUE): S.SCHEDULED,
    # A task that starts with its trigger takes no worker for that.
    (S.SCHEDULED, F.DEFERRED): S.DEFERRED,
    (S.DEFERRED, F.TRIGGER_FIRED): S.SCHEDULED,
    (S.DEFERRED, F.TRIGGER_TIMED_OUT): S.SCHEDULED,
    # A trigger may end its task without another worker.
    (S.DEFERRED, F.SUCCEEDED): S.SUCCESS,
    (S.DEFERRED, F.SKIPPED): S.SKIPPED,
    (S.DEFERRED, F.FAILED): S.UP_FOR_RETRY,
    (S.AWAITING_INPUT, F.ANSWERED): S.SCHEDULED,
    (S.AWAITING_INPUT, F.ANSWER_OVERDUE): S.SCHEDULED,
    # Cleared while a worker has it: however that attempt ends, the task instance starts anew.
    **{(S.RESTARTING, fact): None for fact in ENDS_ATTEMPT},
    **{(state, F.CLEARED): S.RESTARTING if state in _SLOT else None for state in ALL_STATES},
    **{(state, F.MARKED_SUCCESS): S.SUCCESS for state in ALL_STATES},
    **{(state, F.MARKED_FAILED): S.FAILED for state in ALL_STATES},
    **{(state, F.MARKED_SKIPPED): S.SKIPPED for state in ALL_STATES},
    **{(state, F.REMOVED): S.REMOVED for state in ALL_STATES if state not in (*_SLOT, S.RESTARTING, S.REMOVED)},
    **{
        (state, F.RUN_TIMED_OUT): S.FAILED if state in (S.RUNNING, S.RESTARTING, *_WAITS_OUTSIDE) else S.SKIPPED
        for state in ALL_STATES
        if state not in FINISHED
    },
    **{
        (state, F.FAIL_FAST): S.FAILED if state in (S.RUNNING, S.RESTARTING) else S.SKIPPED
        for state in ALL_STATES
        if state not in FINISHED
    },
}
"""(state, fact) -> the next state.  Where `EXHAUSTED` has the same arrow, that one is taken when no try is
left."""

EXHAUSTED: dict[tuple[State, Fact], State] = {
    arrow: S.FAILED for arrow, target in TABLE.items() if target is S.UP_FOR_RETRY
}

A = AttemptState
ATTEMPT_TABLE: dict[tuple[AttemptState, Fact], AttemptState] = {
    (A.QUEUED, F.CLAIMED): A.RUNNING,
    (A.QUEUED, F.FAILED): A.FAILED,
    (A.RUNNING, F.SUCCEEDED): A.SUCCESS,
    (A.RUNNING, F.FAILED): A.FAILED,
    (A.RUNNING, F.DIED): A.FAILED,
    (A.RUNNING, F.SKIPPED): A.SKIPPED,
    (A.RUNNING, F.RESCHEDULED): A.RESCHEDULED,
    (A.RUNNING, F.DEFERRED): A.DEFERRED,
    (A.RUNNING, F.ASKED): A.AWAITING_INPUT,
    **{
        (state, fact): A.LOST if fact in (F.LOST, F.UNCLAIMED) else A.CANCELLED
        for state in (A.QUEUED, A.RUNNING)
        for fact in (
            F.LOST,
            F.UNCLAIMED,
            F.CLEARED,
            F.MARKED_SUCCESS,
            F.MARKED_FAILED,
            F.MARKED_SKIPPED,
            F.RUN_TIMED_OUT,
            F.FAIL_FAST,
        )
    },
}
"""(state, fact) -> the next state of an attempt.  An attempt that ended never changes."""
