"""Waiting for runs of other DAGs.  Where there is a scheduler it waits itself, by `awaited`, and nothing here runs:
`run` is for tasks without one (`dag.test()`), and for classes made from these.

Airflow: `airflow.triggers.external_task`, `airflow.providers.standard.triggers.external_task`.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Sequence
from typing import Any

from tradewind.authoring.external_state import instants, look
from tradewind.authoring.triggers.base import BaseTrigger, TriggerEvent
from tradewind.core import external
from tradewind.spec.external import ExternalWait


class WorkflowTrigger(BaseTrigger):
    """Fires with `{"status": "success"}`, `"failed"` or `"skipped"` when what it waits for stands so."""

    def __init__(
        self,
        external_dag_id: str,
        run_ids: Sequence[str] | None = None,
        logical_dates: Sequence[dt.datetime] | None = None,
        execution_dates: Sequence[dt.datetime] | None = None,
        external_task_ids: Sequence[str] | None = None,
        external_task_group_id: str | None = None,
        failed_states: Sequence[str] | None = None,
        skipped_states: Sequence[str] | None = None,
        allowed_states: Sequence[str] | None = None,
        poke_interval: float = 2.0,
        soft_fail: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__()
        self.external_dag_id = external_dag_id
        self.run_ids = list(run_ids or ())
        self.logical_dates = list(logical_dates or execution_dates or ())
        self.external_task_ids = list(external_task_ids) if external_task_ids else None
        self.external_task_group_id = external_task_group_id
        self.failed_states = list(failed_states or ())
        self.skipped_states = list(skipped_states or ())
        self.allowed_states = list(allowed_states or ("success",))
        self.poke_interval = poke_interval
        self.soft_fail = soft_fail

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Path and arguments."""
        names = (
            "external_dag_id", "run_ids", "logical_dates", "external_task_ids", "external_task_group_id",
            "failed_states", "skipped_states", "allowed_states", "poke_interval", "soft_fail",
        )  # fmt: skip
        return f"{__name__}.WorkflowTrigger", {name: getattr(self, name) for name in names}

    def awaited(self) -> ExternalWait:
        """What it waits for."""
        return ExternalWait(
            dag_id=self.external_dag_id,
            dates=instants(self.logical_dates),
            run_ids=tuple(dict.fromkeys(self.run_ids)),
            task_ids=tuple(self.external_task_ids) if self.external_task_ids else None,
            group_id=self.external_task_group_id,
            allowed=tuple(map(str, self.allowed_states)),
            failed=tuple(map(str, self.failed_states)),
            skipped=tuple(map(str, self.skipped_states)),
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Look every `poke_interval` seconds."""
        while True:
            verdict, _ = await asyncio.to_thread(look, self.awaited())
            if verdict != "waiting":
                yield TriggerEvent({"status": verdict})
                return
            await asyncio.sleep(self.poke_interval)


class DagStateTrigger(BaseTrigger):
    """Fires when all runs named by `run_ids` are in one of `states`: its path, and its arguments with the state of each
    run under its id.  A run that is gone counts as one without a state."""

    def __init__(
        self,
        dag_id: str,
        states: Sequence[str],
        run_ids: Sequence[str] | None = None,
        execution_dates: Sequence[dt.datetime] | None = None,
        poll_interval: float = 5.0,
    ) -> None:
        """`execution_dates` is accepted for providers of Airflow 2; runs are found by their ids."""
        super().__init__()
        self.dag_id = dag_id
        self.states = [str(state) for state in states]
        self.run_ids = list(run_ids or ())
        self.execution_dates = list(execution_dates or ())
        self.poll_interval = poll_interval

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Path and arguments."""
        names = ("dag_id", "states", "run_ids", "execution_dates", "poll_interval")
        return f"{__name__}.DagStateTrigger", {name: getattr(self, name) for name in names}

    def awaited(self) -> ExternalWait:
        """What it waits for."""
        return ExternalWait(
            dag_id=self.dag_id,
            dates=instants(self.execution_dates),
            run_ids=tuple(dict.fromkeys(self.run_ids)),
            allowed=tuple(self.states),
            form="runs",
            poll_interval=self.poll_interval,
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Look every `poll_interval` seconds."""
        wait = self.awaited()
        while True:
            verdict, answer = await asyncio.to_thread(look, wait)
            if verdict != "waiting":
                yield TriggerEvent(external.event(wait, answer, self.serialize()[0]))
                return
            await asyncio.sleep(self.poll_interval)
