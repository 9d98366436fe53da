"""Tasks of a DAG."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from pydantic import ConfigDict, Field

from tradewind.server.models.common import Answer
from tradewind.spec.dag import DagSpec, TaskSpec


class TimeDelta(Answer):
    """A duration, as Airflow spells it."""

    model_config = ConfigDict(strict=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)

    kind: str = Field(default="TimeDelta", alias="__type")
    days: int
    seconds: int
    microseconds: int


class TaskResponse(Answer):
    """A task."""

    task_id: str | None
    task_display_name: str | None
    owner: str | None
    start_date: datetime | None
    end_date: datetime | None
    trigger_rule: str | None
    depends_on_past: bool
    wait_for_downstream: bool
    retries: float | None
    queue: str | None
    pool: str | None
    pool_slots: float | None
    execution_timeout: TimeDelta | None
    retry_delay: TimeDelta | None
    retry_exponential_backoff: float
    priority_weight: float | None
    weight_rule: str | None
    ui_color: str | None
    ui_fgcolor: str | None
    template_fields: list[str] | None
    downstream_task_ids: list[str] | None
    doc_md: str | None
    operator_name: str | None
    params: dict[str, Any] | None
    class_ref: dict[str, Any] | None
    is_mapped: bool | None
    extra_links: list[str] = []


class TaskCollectionResponse(Answer):
    """All tasks of a DAG."""

    tasks: list[TaskResponse]
    total_entries: int


def _duration(seconds: float | None) -> TimeDelta | None:
    if seconds is None:
        return None
    delta = timedelta(seconds=seconds)
    return TimeDelta(days=delta.days, seconds=delta.seconds, microseconds=delta.microseconds)


def params_from(params: Mapping[str, Any], source: str | None) -> dict[str, Any]:
    """Params with where they are from, as Airflow's clients read them: `dag`, `task`, or None in the DAG itself."""
    return {
        name: {**param, "source": source} if isinstance(param, Mapping) and "value" in param else param
        for name, param in params.items()
    }


def task_answer(task: TaskSpec, dag: DagSpec) -> TaskResponse:
    """From a task's spec; the DAG's dates and params stand in for those the task does not have."""
    return TaskResponse(
        task_id=task.task_id,
        task_display_name=task.task_display_name or task.task_id,
        owner=task.owner,
        start_date=task.start_date or dag.start_date,
        end_date=task.end_date or dag.end_date,
        trigger_rule=task.trigger_rule.value,
        depends_on_past=task.depends_on_past,
        wait_for_downstream=task.wait_for_downstream,
        retries=float(task.retries),
        queue=task.queue,
        pool=task.pool,
        pool_slots=float(task.pool_slots),
        execution_timeout=_duration(task.execution_timeout),
        retry_delay=_duration(task.retry_delay),
        retry_exponential_backoff=float(task.retry_exponential_backoff),
        priority_weight=float(task.priority_weight),
        weight_rule=task.weight_strategy or task.weight_rule.value,
        ui_color=task.ui_color,
        ui_fgcolor=task.ui_fgcolor,
        template_fields=list(task.template_fields),
        downstream_task_ids=list(task.downstream),
        doc_md=task.doc_md,
        operator_name=task.operator_name or task.operator,
        params={**params_from(dag.params, "dag"), **params_from(task.params, "task")},
        class_ref={"class_name": task.operator, "module_path": task.operator_module or None},
        is_mapped=task.mapped,
        extra_links=[name for name, _ in task.extra_links],
    )
