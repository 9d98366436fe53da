"""`State`: all states under one name, as DAG files of Airflow 2 use them.  Airflow: `airflow.utils.state.State`."""

from __future__ import annotations

from typing import ClassVar

from tradewind.spec.states import (
    FAILED_STATES,
    FINISHED,
    SUCCESS_STATES,
    DagRunState,
    TaskInstanceState,
)


class State:
    """States of runs and task instances, and sets of them; a state is equal to its text: `State.FAILED == "failed"`."""

    REMOVED = TaskInstanceState.REMOVED
    SCHEDULED = TaskInstanceState.SCHEDULED
    QUEUED = TaskInstanceState.QUEUED
    RUNNING = TaskInstanceState.RUNNING
    SUCCESS = TaskInstanceState.SUCCESS
    RESTARTING = TaskInstanceState.RESTARTING
    FAILED = TaskInstanceState.FAILED
    UP_FOR_RETRY = TaskInstanceState.UP_FOR_RETRY
    UP_FOR_RESCHEDULE = TaskInstanceState.UP_FOR_RESCHEDULE
    UPSTREAM_FAILED = TaskInstanceState.UPSTREAM_FAILED
    SKIPPED = TaskInstanceState.SKIPPED
    DEFERRED = TaskInstanceState.DEFERRED
    SHUTDOWN = "shutdown"  # of Airflow before 2.7; no task has it
    NONE = None

    finished_dr_states: ClassVar[frozenset[DagRunState]] = frozenset({DagRunState.SUCCESS, DagRunState.FAILED})
    unfinished_dr_states: ClassVar[frozenset[DagRunState]] = frozenset({DagRunState.QUEUED, DagRunState.RUNNING})
    task_states: ClassVar[tuple[TaskInstanceState | None, ...]] = (None, *TaskInstanceState)
    dag_states: ClassVar[tuple[DagRunState, ...]] = (
        DagRunState.QUEUED,
        DagRunState.SUCCESS,
        DagRunState.RUNNING,
        DagRunState.FAILED,
    )
    finished: ClassVar[frozenset[TaskInstanceState]] = FINISHED
    unfinished: ClassVar[frozenset[TaskInstanceState | None]] = frozenset({None, *TaskInstanceState}) - FINISHED
    failed_states: ClassVar[frozenset[TaskInstanceState]] = FAILED_STATES
    success_states: ClassVar[frozenset[TaskInstanceState]] = SUCCESS_STATES
    running: ClassVar[frozenset[TaskInstanceState]] = frozenset({TaskInstanceState.RUNNING, TaskInstanceState.DEFERRED})
    terminating_states: ClassVar[frozenset[TaskInstanceState]] = frozenset({TaskInstanceState.RESTARTING})
    adoptable_states: ClassVar[frozenset[TaskInstanceState]] = frozenset(
        {TaskInstanceState.QUEUED, TaskInstanceState.RUNNING, TaskInstanceState.RESTARTING}
    )
    state_color: ClassVar[dict[TaskInstanceState | None, str]] = {
        None: "lightblue",
        TaskInstanceState.QUEUED: "gray",
        TaskInstanceState.RUNNING: "lime",
        TaskInstanceState.SUCCESS: "green",
        TaskInstanceState.RESTARTING: "violet",
        TaskInstanceState.FAILED: "red",
        TaskInstanceState.UP_FOR_RETRY: "gold",
        TaskInstanceState.UP_FOR_RESCHEDULE: "turquoise",
        TaskInstanceState.UPSTREAM_FAILED: "orange",
        TaskInstanceState.SKIPPED: "hotpink",
        TaskInstanceState.REMOVED: "lightgrey",
        TaskInstanceState.SCHEDULED: "tan",
        TaskInstanceState.DEFERRED: "mediumpurple",
    }

    @classmethod
    def color(cls, state: TaskInstanceState | str | None) -> str:
        """Name of the colour that Airflow shows the state in; white for an unknown one."""
        return next((color for known, color in cls.state_color.items() if known == state), "white")

    @classmethod
    def color_fg(cls, state: TaskInstanceState | str | None) -> str:
        """Colour of text on `color(state)`."""
        return "white" if cls.color(state) in ("green", "red") else "black"
