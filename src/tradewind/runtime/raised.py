"""What operators raise in place of a result to have the engine do something: skip tasks, make a run.

Airflow 3: `DownstreamTasksSkipped`, `DagRunTriggerException`.  Called by `task_runner`.
"""

from __future__ import annotations

from typing import Any

from tradewind.authoring.notset import NOTSET
from tradewind.authoring.operators.trigger_dagrun import TriggerDagRunOperator
from tradewind.errors import AirflowException, DagRunTriggerException, DownstreamTasksSkipped
from tradewind.spec.ids import NOT_MAPPED

Raised = DownstreamTasksSkipped | DagRunTriggerException


def carry_out(raised: Raised, context: Any) -> None:
    """Do what was asked for; the task succeeds then.

    Raises `AirflowException` for a map index that is not this one, and whatever `TriggerDagRunOperator` raises: also
    `TaskDeferred`, and the task goes on in its own `execute_complete`.
    """
    ti = context["ti"]
    if isinstance(raised, DownstreamTasksSkipped):
        ti.skip_downstream([_task_id(item, ti.map_index) for item in raised.tasks])
        return
    given: dict[str, Any] = {"run_after": raised.run_after} if raised.run_after is not None else {}
    logical_date = raised.logical_date
    TriggerDagRunOperator(
        task_id=ti.task_id,
        trigger_dag_id=raised.trigger_dag_id,
        trigger_run_id=raised.dag_run_id,
        conf=raised.conf,
        logical_date=NOTSET if logical_date is None and not raised.dag_run_id else logical_date,
        reset_dag_run=raised.reset_dag_run,
        skip_when_already_exists=raised.skip_when_already_exists,
        wait_for_completion=raised.wait_for_completion,
        allowed_states=list(raised.allowed_states or ()),
        failed_states=None if raised.failed_states is None else list(raised.failed_states),
        poke_interval=raised.poke_interval,
        deferrable=raised.deferrable,
        note=raised.note,
        **given,
    ).execute(context)


def _task_id(item: Any, own: int) -> str:
    task_id, index = item if isinstance(item, tuple) else (item, own)
    if index not in (own, NOT_MAPPED):
        raise AirflowException(
            f"DownstreamTasksSkipped names the instance {index} of task {task_id!r}; only whole tasks, and those of "
            "the own index, can be skipped so"
        )
    return str(task_id)
