"""Every arrow of the tables is taken once, every pair without an arrow is refused, and the numbers come out
right."""

from copy import deepcopy
from dataclasses import fields
from datetime import datetime, timedelta

import pytest
from core_support import T0, one
from hypothesis import given, settings
from hypothesis import strategies as st

from tradewind.core import flow, machine
from tradewind.core.machine import ALL_STATES, ATTEMPT_TABLE, EXHAUSTED, LOST_BUDGET, TABLE, Fact, State, step
from tradewind.core.retries import retry_delay, spread
from tradewind.core.view import TaskView
from tradewind.errors import IllegalTransitionError
from tradewind.spec.dag import TaskSpec
from tradewind.spec.states import FINISHED, AttemptState, DagRunState, TaskInstanceState

S = TaskInstanceState
LATER = T0 + timedelta(minutes=1)
COLUMNS = {
    "try_number", "max_tries", "lost", "attempt_id", "scheduled_at", "queued_at", "start_date", "end_date", "next_at",
    "reason", "trigger_id", "next_method", "first_start", "reschedules",
}  # fmt: skip
BY_HAND: dict[tuple[State, Fact], State] = {
    (None, Fact.READY): S.SCHEDULED,
    (None, Fact.NOTHING_TO_DO): S.SUCCESS,
    (None, Fact.UPSTREAM_FAILED): S.UPSTREAM_FAILED,
    (None, Fact.UPSTREAM_SKIPPED): S.SKIPPED,
    (S.SCHEDULED, Fact.NOTHING_TO_DO): S.SUCCESS,
    (S.SCHEDULED, Fact.UPSTREAM_SKIPPED): S.SKIPPED,
    (S.SCHEDULED, Fact.ADMITTED): S.QUEUED,
    (S.QUEUED, Fact.CLAIMED): S.RUNNING,
    (S.QUEUED, Fact.FAILED): S.UP_FOR_RETRY,
    (S.QUEUED, Fact.LOST): S.UP_FOR_RETRY,
    (S.QUEUED, Fact.UNCLAIMED): S.SCHEDULED,
    (S.RUNNING, Fact.SUCCEEDED): S.SUCCESS,
    (S.RUNNING, Fact.FAILED): S.UP_FOR_RETRY,
    (S.RUNNING, Fact.SKIPPED): S.SKIPPED,
    (S.RUNNING, Fact.RESCHEDULED): S.UP_FOR_RESCHEDULE,
    (S.RUNNING, Fact.DEFERRED): S.DEFERRED,
    (S.SCHEDULED, Fact.DEFERRED): S.DEFERRED,
    (S.DEFERRED, Fact.TRIGGER_FIRED): S.SCHEDULED,
    (S.DEFERRED, Fact.TRIGGER_TIMED_OUT): S.SCHEDULED,
    (S.DEFERRED, Fact.SUCCEEDED): S.SUCCESS,
    (S.DEFERRED, Fact.SKIPPED): S.SKIPPED,
    (S.DEFERRED, Fact.FAILED): S.UP_FOR_RETRY,
    (S.RUNNING, Fact.ASKED): S.AWAITING_INPUT,
    (S.AWAITING_INPUT, Fact.ANSWERED): S.SCHEDULED,
    (S.AWAITING_INPUT, Fact.ANSWER_OVERDUE): S.SCHEDULED,
    (S.RUNNING, Fact.LOST): S.UP_FOR_RETRY,
    (S.RUNNING, Fact.DIED): S.UP_FOR_RETRY,
    (S.UP_FOR_RETRY, Fact.RETRY_DUE): S.SCHEDULED,
    (S.UP_FOR_RESCHEDULE, Fact.RESCHEDULE_DUE): S.SCHEDULED,
}
FROM_OUTSIDE = {
    Fact.CLEARED, Fact.MARKED_SUCCESS, Fact.MARKED_FAILED, Fact.MARKED_SKIPPED, Fact.REMOVED, Fact.RUN_TIMED_OUT,
    Fact.FAIL_FAST,
}  # fmt: skip
taken: set[tuple[State, Fact]] = set()


def take(task: TaskView, fact: Fact, now: datetime = LATER, **kw: object) -> machine.Transition:
    """A step with what the fact needs, checked for what holds of every step."""
    before = deepcopy(task)
    if fact is Fact.ADMITTED:
        kw.setdefault("attempt_id", "a2")
        kw.setdefault("worker_id", "w2")
    if fact is Fact.RESCHEDULED:
        kw.setdefault("at", now + timedelta(seconds=30))
    if fact is Fact.ASKED and before.state is not S.RESTARTING:
        kw.setdefault("next_method", "execute_complete")
    if fact is Fact.DEFERRED and before.state is not S.RESTARTING:
        kw.setdefault("trigger_id", "t2")
        kw.setdefault("next_method", "execute_complete")
    done = step(task, fact, now, **kw)  # type: ignore[arg-type]
    taken.add((before.state, fact))
    assert (done.key, done.ti_id) == (before.key, before.id)
    assert (done.from_state, done.from_attempt, done.to_state) == (before.state, before.attempt_id, task.state)
    assert set(done.values) <= COLUMNS
    assert done.values["reason"] == done.reason
    assert done.reason
    for column in fields(TaskView):
        name = column.name
        if name in done.values:
            assert done.values[name] == getattr(task, name)
        elif name not in ("state", "worker_id", "counted"):
            assert getattr(task, name) == getattr(before, name), f"{name} changed but is not written"
    waits = task.state is S.DEFERRED or (task.state in (S.SCHEDULED, S.QUEUED, S.RUNNING) and before.trigger_id)
    if task.trigger_id is None:
        assert done.dropped_trigger == before.trigger_id
    else:
        assert waits
        assert task.next_method
    if task.state in FINISHED and task.state is not S.REMOVED:
        assert task.end_date is not None
    assert (task.worker_id is not None) == (task.state in (S.QUEUED, S.RUNNING, S.RESTARTING))
    assert (task.next_at is not None) == (task.state in (S.UP_FOR_RETRY, S.UP_FOR_RESCHEDULE))
    return done


def test_the_table_is_the_one_we_mean() -> None:
    inner = {arrow: target for arrow, target in TABLE.items() if arrow[1] not in FROM_OUTSIDE}
    restarting = {arrow for arrow in inner if arrow[0] is S.RESTARTING}
    assert restarting == {
        (S.RESTARTING, f)
        for f in (Fact.SUCCEEDED, Fact.FAILED, Fact.SKIPPED, Fact.RESCHEDULED, Fact.DEFERRED, Fact.ASKED, Fact.LOST)
    }
    assert {arrow: target for arrow, target in inner.items() if arrow not in restarting} == BY_HAND
    for state in ALL_STATES:
        assert TABLE[state, Fact.CLEARED] is (S.RESTARTING if state in (S.QUEUED, S.RUNNING) else None)
        assert TABLE[state, Fact.MARKED_SUCCESS] is S.SUCCESS
        assert TABLE[state, Fact.MARKED_FAILED] is S.FAILED
        assert TABLE[state, Fact.MARKED_SKIPPED] is S.SKIPPED
        assert ((state, Fact.RUN_TIMED_OUT) in TABLE) == (state not in FINISHED)
        assert ((state, Fact.FAIL_FAST) in TABLE) == (state not in FINISHED)
    assert TABLE[S.RUNNING, Fact.RUN_TIMED_OUT] is S.FAILED
    assert TABLE[S.SCHEDULED, Fact.RUN_TIMED_OUT] is S.SKIPPED
    assert {a for a, t in TABLE.items() if t is S.UP_FOR_RETRY} == set(EXHAUSTED)


@pytest.mark.parametrize("arrow", TABLE, ids=lambda arrow: f"{arrow[0]}-{arrow[1]}")
def test_every_arrow(arrow: tuple[State, Fact]) -> None:
    state, fact = arrow
    waits = {S.UP_FOR_RETRY: T0, S.UP_FOR_RESCHEDULE: T0}
    task = one(state, retries=1, next_at=waits.get(state))  # type: ignore[call-overload]
    assert take(task, fact).to_state is TABLE[arrow]
    if arrow in EXHAUSTED:
        task = one(state, retries=0, lost=LOST_BUDGET)
        assert take(task, fact).to_state is EXHAUSTED[arrow]


@pytest.mark.parametrize("state", ALL_STATES)
def test_every_other_pair_is_refused_and_changes_nothing(state: State) -> None:
    refused = 0
    for fact in Fact:
        if (state, fact) not in TABLE:
            task = one(state)
            before = deepcopy(task)
            with pytest.raises(IllegalTransitionError, match="nothing follows"):
                step(task, fact, LATER, attempt_id="a1", at=LATER)
            assert task == before
            refused += 1
    assert refused >= 5


def test_every_state_can_be_left_for_an_end() -> None:
    ends: set[State] = set(FINISHED)
    while True:
        more = {s for (s, f), t in TABLE.items() if t in ends and f not in FROM_OUTSIDE} - ends
        if not more:
            break
        ends |= more
    assert set(ALL_STATES) == ends


def test_attempt_table() -> None:
    for state in AttemptState:
        for fact in Fact:
            if (state, fact) in ATTEMPT_TABLE:
                assert machine.attempt_step(state, fact) is ATTEMPT_TABLE[state, fact]
                assert state in (AttemptState.QUEUED, AttemptState.RUNNING)
            else:
                with pytest.raises(IllegalTransitionError):
                    machine.attempt_step(state, fact)
    assert ATTEMPT_TABLE[AttemptState.RUNNING, Fact.CLEARED] is AttemptState.CANCELLED
    assert ATTEMPT_TABLE[AttemptState.QUEUED, Fact.LOST] is AttemptState.LOST
    assert set(ATTEMPT_TABLE.values()) | {AttemptState.QUEUED} == set(AttemptState)


def test_run_table() -> None:
    assert flow.RUN_TABLE[DagRunState.QUEUED, flow.RunFact.STARTED] is DagRunState.RUNNING
    assert (DagRunState.SUCCESS, flow.RunFact.FAILED) not in flow.RUN_TABLE
    assert (DagRunState.QUEUED, flow.RunFact.SUCCEEDED) not in flow.RUN_TABLE


# --- The numbers ---------------------------------------------------------------------------------------------------


def try_once(task: TaskView, fact: Fact, now: datetime = LATER, **kw: object) -> machine.Transition:
    attempt = f"a{now.timestamp()}-{task.try_number}"
    take(task, Fact.ADMITTED, now, attempt_id=attempt)
    take(task, Fact.CLAIMED, now, attempt_id=attempt)
    return take(task, fact, now, attempt_id=attempt, **kw)


def test_retries_are_used_up() -> None:
    task = one(retries=2)
    take(task, Fact.READY)
    for number in (1, 2):
        assert task.try_number == number
        assert try_once(task, Fact.FAILED).to_state is S.UP_FOR_RETRY
        assert task.next_at == LATER + timedelta(seconds=300)
        take(task, Fact.RETRY_DUE)
        assert task.start_date is None
        assert task.end_date is None
    done = try_once(task, Fact.FAILED)
    assert done.to_state is S.FAILED
    assert (task.try_number, task.max_tries) == (3, 2)
    assert done.callbacks == ()


def test_what_has_nothing_to_do_takes_a_try_all_the_same() -> None:
    task = one()
    assert take(task, Fact.NOTHING_TO_DO).values["try_number"] == task.try_number == 1
    take(task, Fact.CLEARED)
    take(task, Fact.READY)
    take(task, Fact.NOTHING_TO_DO)
    assert task.try_number == 2


def test_a_failure_that_must_not_be_retried() -> None:
    task = one(retries=2)
    take(task, Fact.READY)
    assert try_once(task, Fact.FAILED, retry=False).to_state is S.FAILED


def test_lost_attempts_have_their_own_budget() -> None:
    task = one(retries=1, callbacks=("on_retry_callback", "on_failure_callback"))
    take(task, Fact.READY)
    for number in range(1, LOST_BUDGET + 1):
        done = try_once(task, Fact.LOST)
        assert (done.to_state, task.next_at) == (S.UP_FOR_RETRY, LATER)
        assert (task.lost, task.max_tries) == (number, 1 + number)
        assert done.callbacks == ("on_retry_callback",)
        take(task, Fact.RETRY_DUE)
    # The budget is gone: this one costs the user's retry, with its delay.
    assert try_once(task, Fact.LOST).to_state is S.UP_FOR_RETRY
    assert task.next_at == LATER + timedelta(seconds=300)
    take(task, Fact.RETRY_DUE)
    done = try_once(task, Fact.LOST)
    assert (done.to_state, done.callbacks) == (S.FAILED, ("on_failure_callback",))
    assert task.try_number == LOST_BUDGET + 2


def test_lost_attempts_leave_the_retries_and_their_delays_alone() -> None:
    task = one(retries=2, retry_delay=10.0, retry_exponential_backoff=3.0)
    take(task, Fact.READY)
    delays = []
    for fact in (Fact.LOST, Fact.FAILED, Fact.LOST, Fact.FAILED, Fact.FAILED):
        try_once(task, fact)
        if task.state is S.UP_FOR_RETRY:
            assert task.next_at is not None
            delays.append((task.next_at - LATER).total_seconds())
            take(task, Fact.RETRY_DUE)
    assert delays[0] == delays[2] == 0 and 10 <= delays[1] < 20 and 30 <= delays[3] < 60, delays
    assert task.state is S.FAILED


def test_an_attempt_that_nobody_claimed_costs_nothing() -> None:
    task = one()
    take(task, Fact.READY)
    take(task, Fact.ADMITTED, attempt_id="a2")
    with pytest.raises(IllegalTransitionError, match="too late"):
        step(task, Fact.UNCLAIMED, LATER, attempt_id="a1")
    take(task, Fact.UNCLAIMED, attempt_id="a2")
    assert (task.state, task.attempt_id, task.try_number, task.lost) == (S.SCHEDULED, None, 1, 0)
    try_once(task, Fact.SUCCEEDED)
    assert task.try_number == 1


def test_reschedule_is_the_same_try() -> None:
    task = one()
    take(task, Fact.READY, T0)
    try_once(task, Fact.RESCHEDULED, T0, at=LATER)
    assert (task.try_number, task.start_date, task.next_at) == (1, T0, LATER)
    take(task, Fact.RESCHEDULE_DUE, LATER)
    try_once(task, Fact.SUCCEEDED, LATER)
    assert (task.try_number, task.start_date, task.end_date) == (1, T0, LATER)


def test_a_clear_gives_all_retries_again_and_goes_on_counting() -> None:
    task = one(retries=1)
    take(task, Fact.READY)
    try_once(task, Fact.LOST)
    take(task, Fact.RETRY_DUE)
    try_once(task, Fact.SUCCEEDED)
    take(task, Fact.CLEARED)
    assert (task.try_number, task.max_tries, task.lost) == (2, 3, 0)
    assert (task.start_date, task.end_date, task.attempt_id) == (None, None, None)
    take(task, Fact.READY)
    assert try_once(task, Fact.FAILED).to_state is S.UP_FOR_RETRY
    take(task, Fact.RETRY_DUE)
    assert try_once(task, Fact.FAILED).to_state is S.FAILED
    assert task.try_number == 4


def test_a_try_that_was_never_queued_leaves_no_number() -> None:
    for fact in (Fact.CLEARED, Fact.MARKED_SUCCESS, Fact.UPSTREAM_SKIPPED, Fact.REMOVED):
        task = one()
        take(task, Fact.READY)
        take(task, fact)
        assert task.try_number == 0


def test_cleared_while_running() -> None:
    for fact in (Fact.SUCCEEDED, Fact.FAILED, Fact.LOST, Fact.CLEARED):
        task = one(S.RUNNING)
        done = take(task, Fact.CLEARED)
        assert (task.state, task.attempt_id, done.from_attempt) == (S.RESTARTING, "a1", "a1")
        done = take(task, fact)
        assert (task.state, task.attempt_id, done.callbacks) == (None, None, ())


def test_messages_of_a_dead_attempt_change_nothing() -> None:
    task = one(S.RUNNING)
    before = deepcopy(task)
    for fact in (Fact.SUCCEEDED, Fact.FAILED, Fact.SKIPPED, Fact.RESCHEDULED, Fact.ASKED, Fact.LOST):
        with pytest.raises(IllegalTransitionError, match="too late"):
            step(task, fact, LATER, attempt_id="a0", at=LATER)
    assert task == before


def test_what_a_step_needs() -> None:
    with pytest.raises(ValueError, match="aware"):
        step(one(), Fact.READY, datetime(2030, 1, 1))
    with pytest.raises(IllegalTransitionError, match="id of its attempt"):
        step(one(S.SCHEDULED), Fact.ADMITTED, LATER)
    for at in (None, datetime(2030, 1, 1)):
        with pytest.raises(ValueError, match="aware"):
            step(one(S.RUNNING), Fact.RESCHEDULED, LATER, at=at)
    long = step(one(), Fact.READY, LATER, reason="x" * 5000)
    assert len(long.reason) == machine.REASON_LENGTH


@settings(max_examples=200)
@given(st.lists(st.integers(0, 10**6), max_size=60), st.integers(0, 3))
def test_walks(choices: list[int], retries: int) -> None:
    task, now = one(retries=retries), T0
    highest = 0
    for choice in choices:
        legal = [fact for (state, fact) in TABLE if state is task.state]
        now += timedelta(seconds=choice % 97)
        take(task, legal[choice % len(legal)], now)
        assert 0 <= task.lost <= LOST_BUDGET
        assert task.try_number <= task.max_tries + 1
        highest = max(highest, task.try_number)
        assert highest - task.try_number <= 1
        if task.start_date and task.end_date:
            assert task.start_date <= task.end_date


# --- Delays --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "options", "jitter", "seconds"),
    [
        (1, {}, 0.0, 300),
        (9, {"retry_delay": 5.0}, 0.9, 5),
        (1, {"retry_delay": 60.0, "retry_exponential_backoff": 2.0}, 0.0, 60),
        (2, {"retry_delay": 60.0, "retry_exponential_backoff": 2.0}, 0.0, 120),
        (3, {"retry_delay": 60.0, "retry_exponential_backoff": 3.0}, 0.0, 540),
        (3, {"retry_delay": 60.0, "retry_exponential_backoff": 3.0}, 0.5, 810),
        (1, {"retry_delay": 0.1, "retry_exponential_backoff": 2.0}, 0.0, 1),
        (3, {"retry_delay": 60.0, "retry_exponential_backoff": 2.0, "max_retry_delay": 100.0}, 0.9, 100),
        (500, {"retry_delay": 60.0, "retry_exponential_backoff": 2.0}, 0.9, 86400.0),
        (5000, {"retry_delay": 60.0, "retry_exponential_backoff": 9.5}, 0.0, 86400.0),
        (5000, {"retry_delay": 60.0, "retry_exponential_backoff": 9.5, "longest_retry_delay": 1e6}, 0.0, 1e6),
        (9, {"retry_delay": 60.0, "retry_exponential_backoff": 2.0, "longest_retry_delay": 90.0}, 0.5, 90.0),
        (2, {"retry_delay": 60.0, "longest_retry_delay": 5.0}, 0.0, 60.0),
        (3, {"retry_delay": 60.0, "retry_exponential_backoff": 1.0}, 0.9, 60),
        (1, {"retry_delay": 0.0}, 0.0, 0),
    ],
)
def test_retry_delay(number: int, options: dict[str, float], jitter: float, seconds: float) -> None:
    assert retry_delay(TaskSpec(task_id="t", **options), number, jitter).total_seconds() == seconds  # type: ignore[arg-type]


def test_zz_every_arrow_was_taken() -> None:
    assert set(TABLE) == taken


def test_the_jitter_of_a_try_is_always_the_same_and_differs_among_tasks() -> None:
    ids = [f"00000000-0000-7000-8000-{number:012d}" for number in range(200)]
    jitters = [spread(ti_id, 1) for ti_id in ids]
    assert jitters == [spread(ti_id, 1) for ti_id in ids]
    assert all(0 <= jitter < 1 for jitter in jitters) and len(set(jitters)) == len(ids)
    assert spread(ids[0], 1) != spread(ids[0], 2)
    assert 0.4 < sum(jitters) / len(jitters) < 0.6


def test_a_retry_policy_says_when_the_retry_is_due() -> None:
    task = one(retries=1, retry_delay=3600.0)
    take(task, Fact.READY)
    at = T0 + timedelta(seconds=5)
    assert try_once(task, Fact.FAILED, at=at).values["next_at"] == at
