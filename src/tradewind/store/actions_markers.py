"""Whom a clear concerns besides its own runs: tasks of other DAGs that an `ExternalTaskMarker` stands for, what is
below them there, and so on.  Called by `store.actions_clear`; what a marker means is in `core.markers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from tradewind.core.clearing import concerned, select_instances
from tradewind.core.markers import RunDates, Target, target
from tradewind.core.view import RunView, TaskView
from tradewind.errors import ConflictError
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import TaskInstanceState
from tradewind.store import tables
from tradewind.store.actions_checks import chunks
from tradewind.store.actions_views import load_views
from tradewind.store.reads.versions import VersionReads

_run, _ti = tables.dag_run.c, tables.task_instance.c


@dataclass(slots=True)
class Chosen:
    """A run, and the instances of it that were chosen so far."""

    row: Row[Any]
    view: RunView
    keys: set[TaskKey] = field(default_factory=set)
    dependent: bool = False
    """Only markers led to it."""

    @property
    def tasks(self) -> list[TaskView]:
        """The chosen instances, in topological order."""
        instances = (key for task_id in self.view.graph.order for key in self.view.instances.get(task_id, ()))
        return [self.view.tasks[key] for key in instances if key in self.keys]


class Followed:
    """Follows markers from DAG to DAG, a DAG further at a time."""

    def __init__(
        self, connection: Connection, versions: VersionReads, *, lock: bool, only_failed: bool, only_running: bool
    ) -> None:
        self._connection, self._versions, self._lock = connection, versions, lock
        self._only = (only_failed, only_running)
        self._chosen: dict[int, Chosen] = {}
        self._visited: set[str] = set()
        self._depth: int | None = None
        """Of the first marker, as in Airflow: so many DAGs further at most."""

    def follow(self, start: Sequence[tuple[Row[Any], RunView, list[TaskView]]]) -> list[Chosen]:
        """What is chosen in all: first the runs of `start`, then those that markers lead to.

        Raises ConflictError behind `recursion_depth` DAGs, InvalidError for a marker that cannot be read.
        """
        reached = [(self._enter(row, view), tasks) for row, view, tasks in start]
        depth = 0
        while reached:
            markers = [found for chosen, tasks in reached for found in self._add(chosen, tasks)]
            if markers:
                self._check_depth(depth, *markers[0])
            reached = self._instances(self._targets(markers))
            depth += 1
        return list(self._chosen.values())

    def _enter(self, row: Row[Any], view: RunView) -> Chosen:
        return self._chosen.setdefault(row.id, Chosen(row, view))

    def _add(self, chosen: Chosen, tasks: Iterable[TaskView]) -> list[tuple[Chosen, TaskView]]:
        """Choose them too; the markers among them that were not seen before."""
        found = []
        for task in tasks:
            chosen.keys.add(task.key)
            if task.spec.marker is None or task.id in self._visited or task.state is TaskInstanceState.REMOVED:
                continue  # what is no part of its run marks nothing
            if concerned(task, *self._only):
                self._visited.add(task.id)
                found.append((chosen, task))
        return found

    def _check_depth(self, depth: int, chosen: Chosen, task: TaskView) -> None:
        assert task.spec.marker is not None
        if self._depth is None:
            self._depth = task.spec.marker.recursion_depth
        if depth >= self._depth:
            raise ConflictError(
                f"the marker {task.key.task_id!r} of DAG {chosen.view.dag_id!r} (run {chosen.view.run_id!r}) leads on "
                f"after {self._depth} DAGs, the recursion_depth of the first marker: too much would be cleared, or "
                "the markers go round in a circle; nothing was cleared",
                fix="raise recursion_depth of the first marker, break the circle, or clear without dependent DAGs",
            )

    def _targets(self, markers: Sequence[tuple[Chosen, TaskView]]) -> dict[Target, None]:
        ids = [task.id for _, task in markers]
        rendered: dict[str, Any] = {}
        for part in chunks(ids):
            for ti in self._connection.execute(select(_ti.id, _ti.rendered).where(_ti.id.in_(part))):
                rendered[ti.id] = ti.rendered
        found: dict[Target, None] = {}
        for chosen, task in markers:
            row = chosen.row
            dates = RunDates(row.dag_id, row.run_id, row.logical_date, row.data_interval_start, row.data_interval_end)
            assert task.spec.marker is not None
            name = f"{task.key.task_id!r} of DAG {row.dag_id!r} in run {row.run_id!r}"
            meant = target(name, task.spec.marker, rendered.get(task.id), dates)
            if meant is not None:
                found[meant] = None
        return found

    def _instances(self, targets: Iterable[Target]) -> list[tuple[Chosen, list[TaskView]]]:
        """The runs that are meant, where they exist, with the tasks and all that is below them."""
        wanted: dict[str, dict[datetime, list[str]]] = {}
        for meant in targets:
            wanted.setdefault(meant.dag_id, {}).setdefault(meant.logical_date, []).append(meant.task_id)
        tasks: dict[int, list[str]] = {}
        for dag_id, by_date in wanted.items():
            for part in chunks(list(by_date)):
                query = select(_run.id, _run.logical_date).where(_run.dag_id == dag_id, _run.logical_date.in_(part))
                for run in self._connection.execute(query):
                    tasks[run.id] = by_date[run.logical_date]
        new = load_views(self._connection, self._versions, tasks.keys() - self._chosen.keys(), lock=self._lock)
        for row, view in new:
            self._enter(row, view).dependent = True
        reached = []
        for pk, task_ids in tasks.items():
            chosen = self._chosen[pk]
            known = [task_id for task_id in task_ids if task_id in chosen.view.graph.order]
            if known:
                reached.append((chosen, select_instances(chosen.view, known, downstream=True)))
        return reached
