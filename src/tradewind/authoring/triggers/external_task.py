"""Waiting for runs of other DAGs.

Airflow: `airflow.triggers.external_task`, `airflow.providers.standard.triggers.external_task`.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Sequence
from typing import Any

from tradewind.authoring.external_state import Awaited, instants
from tradewind.authoring.triggers.base import BaseTrigger, TriggerEvent


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
            "external_dag_id", "logical_dates", "external_task_ids", "external_task_group_id", "failed_states",
            "skipped_states", "allowed_states", "poke_interval", "soft_fail",
        )  # fmt: skip
        return f"{__name__}.WorkflowTrigger", {name: getattr(self, name) for name in names}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Look every `poke_interval` seconds."""
        awaited = Awaited(
            dag_id=self.external_dag_id,
            dates=instants(self.logical_dates),
            task_ids=tuple(self.external_task_ids) if self.external_task_ids else None,
            group_id=self.external_task_group_id,
            allowed=tuple(self.allowed_states),
            failed=tuple(self.failed_states),
            skipped=tuple(self.skipped_states),
        )
        while True:
            verdict = awaited.verdict(await asyncio.to_thread(awaited.ask))
            if verdict != "waiting":
                yield TriggerEvent({"status": verdict})
                return
            await asyncio.sleep(self.poke_interval)
