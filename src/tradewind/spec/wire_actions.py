"""Requests by which a task acts on other DAGs and asks people: a part of `spec.wire`, where everybody imports them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec


class TriggerRun(msgspec.Struct, frozen=True, kw_only=True, tag="trigger_run", omit_defaults=True):
    """Make a run of another DAG.  Reply value: {"run_id", "logical_date", "made"}; the same for a request that is sent
    again.  Errors: `DagRunAlreadyExists`, `DagIsPaused`, `AirflowNotFoundException`, `InvalidError`."""

    attempt_id: str
    number: int
    """Which of the runs that this attempt triggers: with `attempt_id` the identity of the request."""
    dag_id: str
    run_id: str = ""
    auto: bool = False
    """The run id is to be made from the logical date, and the logical date may be moved where it is taken."""
    logical_date: datetime | None = None
    run_after: datetime | None = None
    conf: dict[str, Any] = {}
    note: str | None = None
    reset: bool = False
    """Clear a run that exists."""
    fail_when_paused: bool = False


class GetRunState(msgspec.Struct, frozen=True, kw_only=True, tag="get_run_state"):
    """Reply value: the state of a run, or None when there is none."""

    dag_id: str
    run_id: str


class AskPeople(msgspec.Struct, frozen=True, kw_only=True, tag="ask_people", omit_defaults=True):
    """What the task instance asks people in its present try.  Reply value: None."""

    ti_id: str
    subject: str
    options: tuple[str, ...]
    body: str | None = None
    defaults: tuple[str, ...] | None = None
    multiple: bool = False
    params: dict[str, Any] = {}
    assigned_users: tuple[dict[str, str], ...] = ()
    """{"id", "name"} of those who may answer; empty: everybody who may run tasks."""


class GetAnswer(msgspec.Struct, frozen=True, tag="get_answer"):
    """Reply value: the event with which a task that asked people goes on: `chosen_options`, `params_input`,
    `responded_at`, `responded_by_user` and `timedout`, or `error` and `error_type`."""

    ti_id: str
