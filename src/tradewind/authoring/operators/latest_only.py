"""`LatestOnlyOperator`: what comes after it runs only in the newest run of the schedule.

Airflow: `airflow.operators.latest_only`, `airflow.providers.standard.operators.latest_only`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tradewind.authoring.operators.branch import BaseBranchOperator
from tradewind.authoring.timezone import utcnow


class LatestOnlyOperator(BaseBranchOperator):
    """Skips its direct downstream tasks unless the run is the latest one of the schedule.

    A run is the latest while now lies between the end of its data interval and the next one's.  A run that a person or
    another DAG started always goes on, and so does one after which the schedule has nothing more.
    """

    ui_color = "#e9ffdb"

    def choose_branch(self, context: Any) -> str | Iterable[str]:
        """All direct downstream tasks, or none."""
        run = context["dag_run"]
        if run.external_trigger:
            self.log.info("The run was started by hand: going on")
            return [task.task_id for task in self.downstream_list]
        window = context["ti"].latest_window()
        if window is None:
            self.log.info("The schedule has no run after this one: going on")
            return [task.task_id for task in self.downstream_list]
        left, right = window
        now = utcnow()
        self.log.info("This run is the latest from %s to %s; now it is %s", left, right, now)
        if not left < now <= right:
            self.log.info("Not the latest run: skipping the downstream tasks")
            return []
        return [task.task_id for task in self.downstream_list]
