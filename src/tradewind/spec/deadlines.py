"""Deadlines as data: until when a run or a task should have come so far.  Part of `DagSpec` and `TaskSpec`.

Made by `authoring.deadlines`, computed by `core.deadlines`.  The callback stays in the DAG file; it is found by the
place of the deadline among those of its DAG or task.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Reference = Literal["logical_date", "queued_at", "average_runtime", "fixed", "not_started", "interval_end", "custom"]


class DeadlineSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One deadline: a moment, and how long after it the run, or the task, must have ended.

    `not_started` counts from the fire time, or from when the run was queued, and asks only that it starts;
    `interval_end`, from the end of the data interval; `custom`, from what code of the user says when it is asked.
    """

    reference: Reference
    interval: float = 0.0
    """Seconds; may be negative."""
    variable: str | None = None
    """Key of the Variable that holds the seconds instead."""
    name: str | None = None
    max_runs: int = 10
    """Of `average_runtime`: how many successful runs are looked at,"""
    min_runs: int = 10
    """and how many there must be."""
    at: datetime | None = None
    """Of `fixed`."""
    data: str | None = None
    """Of `custom`: JSON of what makes it another one."""
    again: bool = False
    """Of `custom`: asked again when the run is cleared."""
