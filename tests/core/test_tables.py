"""The tables of runs and attempts are those that we mean, written once more by hand: a new arrow needs a line here, and
each is taken.  (The table of task instances: `test_machine`.)
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from core_support import T0, RunRow, dag, view

from tradewind.core import flow
from tradewind.core.facts import ATTEMPT_TABLE, ENDS_ATTEMPT, TABLE
from tradewind.core.flow import RUN_TABLE, RunFact
from tradewind.core.machine import Fact, attempt_step
from tradewind.errors import IllegalTransitionError
from tradewind.spec.states import FINISHED_RUN, AttemptState, DagRunState, TaskInstanceState

A = AttemptState
R = DagRunState
LATER = T0 + timedelta(minutes=1)
RUNS = {
    (R.QUEUED, RunFact.STARTED): R.RUNNING,
    (R.QUEUED, RunFact.OVERTAKEN): R.FAILED,
    (R.QUEUED, RunFact.CLEARED): R.QUEUED,
    (R.QUEUED, RunFact.MARKED_SUCCESS): R.SUCCESS,
    (R.QUEUED, RunFact.MARKED_FAILED): R.FAILED,
    (R.RUNNING, RunFact.SUCCEEDED): R.SUCCESS,
    (R.RUNNING, RunFact.FAILED): R.FAILED,
    (R.RUNNING, RunFact.TIMED_OUT): R.FAILED,
    (R.RUNNING, RunFact.OVERTAKEN): R.FAILED,
    (R.RUNNING, RunFact.CLEARED): R.RUNNING,
    (R.RUNNING, RunFact.MARKED_SUCCESS): R.SUCCESS,
    (R.RUNNING, RunFact.MARKED_FAILED): R.FAILED,
    (R.SUCCESS, RunFact.CLEARED): R.QUEUED,
    (R.SUCCESS, RunFact.MARKED_SUCCESS): R.SUCCESS,
    (R.SUCCESS, RunFact.MARKED_FAILED): R.FAILED,
    (R.FAILED, RunFact.CLEARED): R.QUEUED,
    (R.FAILED, RunFact.MARKED_SUCCESS): R.SUCCESS,
    (R.FAILED, RunFact.MARKED_FAILED): R.FAILED,
}
ATTEMPTS = {
    (A.QUEUED, Fact.CLAIMED): A.RUNNING,
    (A.QUEUED, Fact.FAILED): A.FAILED,
    (A.QUEUED, Fact.LOST): A.LOST,
    (A.QUEUED, Fact.UNCLAIMED): A.LOST,
    (A.QUEUED, Fact.CLEARED): A.CANCELLED,
    (A.QUEUED, Fact.MARKED_SUCCESS): A.CANCELLED,
    (A.QUEUED, Fact.MARKED_FAILED): A.CANCELLED,
    (A.QUEUED, Fact.MARKED_SKIPPED): A.CANCELLED,
    (A.QUEUED, Fact.RUN_TIMED_OUT): A.CANCELLED,
    (A.QUEUED, Fact.FAIL_FAST): A.CANCELLED,
    (A.RUNNING, Fact.SUCCEEDED): A.SUCCESS,
    (A.RUNNING, Fact.FAILED): A.FAILED,
    (A.RUNNING, Fact.DIED): A.FAILED,
    (A.RUNNING, Fact.SKIPPED): A.SKIPPED,
    (A.RUNNING, Fact.RESCHEDULED): A.RESCHEDULED,
    (A.RUNNING, Fact.DEFERRED): A.DEFERRED,
    (A.RUNNING, Fact.ASKED): A.AWAITING_INPUT,
    (A.RUNNING, Fact.LOST): A.LOST,
    (A.RUNNING, Fact.UNCLAIMED): A.LOST,
    (A.RUNNING, Fact.CLEARED): A.CANCELLED,
    (A.RUNNING, Fact.MARKED_SUCCESS): A.CANCELLED,
    (A.RUNNING, Fact.MARKED_FAILED): A.CANCELLED,
    (A.RUNNING, Fact.MARKED_SKIPPED): A.CANCELLED,
    (A.RUNNING, Fact.RUN_TIMED_OUT): A.CANCELLED,
    (A.RUNNING, Fact.FAIL_FAST): A.CANCELLED,
}


def test_the_tables_are_the_ones_we_mean() -> None:
    assert RUN_TABLE == RUNS
    assert ATTEMPT_TABLE == ATTEMPTS


@pytest.mark.parametrize("state", R)
@pytest.mark.parametrize("fact", RunFact)
def test_every_pair_of_a_run(state: DagRunState, fact: RunFact) -> None:
    over = state in FINISHED_RUN
    row = RunRow(state=state, start_date=None if state is R.QUEUED else T0, end_date=T0 if over else None)
    run = view(dag({"a": ()}), row)
    if (state, fact) not in RUNS:
        with pytest.raises(IllegalTransitionError, match=fact.value):
            flow.step_run(run, fact, LATER)
        assert (run.state, run.start_date, run.end_date) == (state, row.start_date, row.end_date)
        return
    done = flow.step_run(run, fact, LATER)
    assert (done.from_state, done.to_state, run.state) == (state, RUNS[state, fact], RUNS[state, fact])
    assert done.reason and done.values["reason"] == done.reason
    for name, value in done.values.items():
        assert name == "reason" or getattr(run, name) == value
    assert (run.end_date is not None) == (run.state in FINISHED_RUN)
    assert run.clear_number == (fact is RunFact.CLEARED)
    if fact is RunFact.STARTED:
        assert run.start_date == LATER


@pytest.mark.parametrize("state", A)
@pytest.mark.parametrize("fact", Fact)
def test_every_pair_of_an_attempt(state: AttemptState, fact: Fact) -> None:
    if (state, fact) in ATTEMPTS:
        assert attempt_step(state, fact) is ATTEMPTS[state, fact]
    else:
        with pytest.raises(IllegalTransitionError):
            attempt_step(state, fact)


def test_the_tables_fit_each_other() -> None:
    """Whatever takes a task instance out of its slot ends its attempt, and what goes on keeps it."""
    slots = {TaskInstanceState.QUEUED: A.QUEUED, TaskInstanceState.RUNNING: A.RUNNING}
    for (state, fact), target in TABLE.items():
        if state in slots and fact is not Fact.REMOVED:
            after = ATTEMPT_TABLE[slots[state], fact]
            assert (after is A.RUNNING) == (target is TaskInstanceState.RUNNING), (state, fact)
    assert {(TaskInstanceState.RESTARTING, fact) for fact in ENDS_ATTEMPT} <= set(TABLE)
