"""States and the other closed word lists of the field, spelled as Airflow spells them.

Used by every layer.  The arrows between the states are in `core`.
"""

from __future__ import annotations

from enum import StrEnum


class TaskInstanceState(StrEnum):
    """State of a task instance; `None` (no status) means that it waits for its upstream tasks."""

    REMOVED = "removed"
    SCHEDULED = "scheduled"
    QUEUED = "queued"
    RUNNING = "running"
    SUCCESS = "success"
    RESTARTING = "restarting"
    FAILED = "failed"
    UP_FOR_RETRY = "up_for_retry"
    UP_FOR_RESCHEDULE = "up_for_reschedule"
    UPSTREAM_FAILED = "upstream_failed"
    SKIPPED = "skipped"
    DEFERRED = "deferred"
    AWAITING_INPUT = "awaiting_input"


FINISHED: frozenset[TaskInstanceState] = frozenset(
    {
        TaskInstanceState.SUCCESS,
        TaskInstanceState.FAILED,
        TaskInstanceState.SKIPPED,
        TaskInstanceState.UPSTREAM_FAILED,
        TaskInstanceState.REMOVED,
    }
)
FAILED_STATES: frozenset[TaskInstanceState] = frozenset({TaskInstanceState.FAILED, TaskInstanceState.UPSTREAM_FAILED})
SUCCESS_STATES: frozenset[TaskInstanceState] = frozenset({TaskInstanceState.SUCCESS, TaskInstanceState.SKIPPED})
HOLDS_SLOT: frozenset[TaskInstanceState] = frozenset(
    {TaskInstanceState.QUEUED, TaskInstanceState.RUNNING, TaskInstanceState.RESTARTING}
)
"""States that occupy a pool slot and a place under `max_active_tasks`."""


class DagRunState(StrEnum):
    """State of a DAG run."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCESS = "success"
    FAILED = "failed"


FINISHED_RUN: frozenset[DagRunState] = frozenset({DagRunState.SUCCESS, DagRunState.FAILED})


class DagRunType(StrEnum):
    """Why a DAG run exists."""

    BACKFILL = "backfill"
    SCHEDULED = "scheduled"
    MANUAL = "manual"
    OPERATOR_TRIGGERED = "operator_triggered"
    ASSET_TRIGGERED = "asset_triggered"
    ASSET_MATERIALIZATION = "asset_materialization"


class AttemptState(StrEnum):
    """State of one attempt (one try by one worker) of a task instance.

    `lost` means that the worker died or its lease expired; `cancelled`, that the attempt was ended from outside
    (cleared, marked, or shut down).
    """

    QUEUED = "queued"
    RUNNING = "running"
    SUCCESS = "success"
    FAILED = "failed"
    SKIPPED = "skipped"
    RESCHEDULED = "rescheduled"
    DEFERRED = "deferred"
    """It left a trigger behind and ended; what that brings starts another attempt."""
    AWAITING_INPUT = "awaiting_input"
    """It asked people something and ended; the answer starts another attempt."""
    LOST = "lost"
    CANCELLED = "cancelled"


class TriggerRule(StrEnum):
    """When a task may run, seen from its direct upstream tasks (Airflow: "Trigger rules")."""

    ALL_SUCCESS = "all_success"
    ALL_FAILED = "all_failed"
    ALL_DONE = "all_done"
    ALL_DONE_MIN_ONE_SUCCESS = "all_done_min_one_success"
    ALL_DONE_SETUP_SUCCESS = "all_done_setup_success"
    ONE_SUCCESS = "one_success"
    ONE_FAILED = "one_failed"
    ONE_DONE = "one_done"
    NONE_FAILED = "none_failed"
    NONE_FAILED_MIN_ONE_SUCCESS = "none_failed_min_one_success"
    NONE_SKIPPED = "none_skipped"
    ALL_SKIPPED = "all_skipped"
    ALWAYS = "always"


class WeightRule(StrEnum):
    """How the effective priority weight of a task is made from its own and its relatives' weights."""

    DOWNSTREAM = "downstream"
    UPSTREAM = "upstream"
    ABSOLUTE = "absolute"
