"""Bodies and answers about many runs or task instances at once."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tradewind.server.models.common import (
    BY_ACTION,
    MOST_ENTITIES,
    Answer,
    Body,
    BulkActions,
    BulkCreate,
    BulkRemove,
    BulkUpdate,
    Note,
    Text,
)
from tradewind.server.models.runs import DAGRunClearBody
from tradewind.server.models.task_instances import PatchTaskInstanceBody, TaskInstanceResponse


class BulkDAGRunBody(Body):
    """A run, and what to make of it."""

    dag_run_id: Text
    dag_id: Text | None = None
    state: Literal["queued", "success", "failed"] | None = None
    note: Note | None = None


class BulkCreateDAGRuns(BulkCreate[BulkDAGRunBody]):
    """Runs to make: refused, they are triggered one by one."""


class BulkUpdateDAGRuns(BulkUpdate[BulkDAGRunBody]):
    """Runs to change."""


class BulkDeleteDAGRuns(BulkRemove[BulkDAGRunBody]):
    """Runs to delete."""


class BulkDAGRuns(BulkActions[Annotated[BulkCreateDAGRuns | BulkUpdateDAGRuns | BulkDeleteDAGRuns, BY_ACTION]]):
    """Actions on runs, done in order."""


class BulkTaskInstanceBody(PatchTaskInstanceBody):
    """A task instance, and what to make of it; without `map_index` all instances of the task."""

    task_id: Text
    map_index: int | None = Field(default=None, ge=-1, le=2**31 - 1)
    dag_id: Text | None = None
    dag_run_id: Text | None = None


class BulkCreateTaskInstances(BulkCreate[BulkTaskInstanceBody]):
    """Task instances to make: refused, a run makes its own."""


class BulkUpdateTaskInstances(BulkUpdate[BulkTaskInstanceBody]):
    """Task instances to change."""


class BulkDeleteTaskInstances(BulkRemove[BulkTaskInstanceBody]):
    """Task instances to delete."""


class BulkTaskInstances(
    BulkActions[Annotated[BulkCreateTaskInstances | BulkUpdateTaskInstances | BulkDeleteTaskInstances, BY_ACTION]]
):
    """Actions on task instances, done in order."""


class _OfPartitions(Body):
    """Runs by their partition."""

    partition_key: Text | None = Field(default=None, max_length=250)
    partition_date_start: datetime | None = None
    """Without an offset it is a time of the schedule's own zone."""
    partition_date_end: datetime | None = None

    def of_partitions(self) -> bool:
        """Whether a key or a window is given."""
        return self.partition_key is not None or self._has_window()

    def _has_window(self) -> bool:
        return self.partition_date_start is not None or self.partition_date_end is not None

    def _one_way(self, other: bool, name: str) -> None:
        if [other, self.partition_key is not None, self._has_window()].count(True) != 1:
            raise ValueError(
                f"say which runs in one way: {name}, partition_key, or partition_date_start and partition_date_end"
            )
        start, end = self.partition_date_start, self.partition_date_end
        if start is not None and end is not None:
            if (start.tzinfo is None) != (end.tzinfo is None):
                raise ValueError("give both ends of the window with an offset, or both without one")
            if start > end:
                raise ValueError("partition_date_start is after partition_date_end")


class BulkDAGRunClearBody(DAGRunClearBody, _OfPartitions):
    """Which runs to clear, and how."""

    dag_runs: list[BulkDAGRunBody] = Field(default=[], max_length=MOST_ENTITIES)

    @model_validator(mode="after")
    def _selection(self) -> Self:
        self._one_way(bool(self.dag_runs), "dag_runs")
        return self


class ClearPartitionsBody(_OfPartitions):
    """Which runs are to forget their partition."""

    run_id: Text | None = None
    clear_task_instances: bool = False
    dry_run: bool = True

    @model_validator(mode="after")
    def _selection(self) -> Self:
        self._one_way(self.run_id is not None, "run_id")
        return self


class ClearPartitionsResponse(Answer):
    """How much was cleared, or would be."""

    dag_runs_cleared: int
    task_instances_cleared: int
    dry_run: bool


class NewTaskResponse(Answer):
    """A task that a run does not have yet."""

    task_id: str
    task_display_name: str


class ClearTaskInstanceCollectionResponse(Answer):
    """What a clear would let run."""

    task_instances: list[TaskInstanceResponse | NewTaskResponse]
    total_entries: int


class TaskDependencyResponse(Answer):
    """Something that keeps a task instance from being queued."""

    name: str
    reason: str


class TaskDependencyCollectionResponse(Answer):
    """All that keeps a task instance from being queued."""

    dependencies: list[TaskDependencyResponse]


class ExternalLogUrlResponse(Answer):
    """Where the log of a try lies in another system."""

    url: str
