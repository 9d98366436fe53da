"""`with setup_task >> teardown_task:` - the tasks made inside run after the setup and before the teardown.

Used by `operator` and `xcom_arg`.  Airflow: setup and teardown tasks as context managers.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from tradewind.authoring.node import DependencyMixin, TaskNode
from tradewind.errors import DagAuthoringError

_open: list[SetupScope] = []


class SetupScope:
    """One open `with` of setup or teardown tasks."""

    def __init__(self, setups: Sequence[Any], teardowns: Sequence[Any]) -> None:
        self.setups, self.teardowns = list(setups), list(teardowns)
        self.tasks: list[Any] = []

    def add_task(self, task: Any) -> None:
        """Count a task that was made elsewhere among those inside."""
        self.tasks.extend(node for node in task.roots if node not in self.tasks)

    def link(self) -> None:
        """Set the dependencies of the tasks inside."""
        work = [task for task in self.tasks if not (task.is_setup or task.is_teardown)]
        first = [task for task in work if not task.upstream_task_ids]
        last = [task for task in work if not task.downstream_task_ids]
        for task in first:
            task.set_upstream(self.setups)
        for task in last:
            task.set_downstream(self.teardowns)


class InSetupScope(DependencyMixin):
    """Lets a setup or teardown task be used with `with`."""

    def __enter__(self) -> Self:
        """Open its scope.  Raises `DagAuthoringError` for a task that is neither setup nor teardown."""
        tasks: list[Any] = list(self.roots)
        setups = [task for task in tasks if task.is_setup]
        teardowns = [task for task in tasks if task.is_teardown]
        if len(setups) + len(teardowns) != len(tasks):
            raise DagAuthoringError(
                f"task {tasks[0].task_id!r} is neither a setup nor a teardown task, so it cannot be used with `with`",
                fix="call .as_setup() or .as_teardown() on it",
            )
        for teardown in list(teardowns):
            setups += [task for task in teardown.upstream_list if task.is_setup and task not in setups]
        if not teardowns:
            for setup in setups:
                teardowns += [task for task in setup.downstream_list if task.is_teardown and task not in teardowns]
        scope = SetupScope(setups, teardowns)
        if _open:  # a scope inside another one
            for task in setups:
                task.set_upstream(_open[-1].setups)
            for task in teardowns:
                task.set_downstream(_open[-1].teardowns)
        _open.append(scope)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the scope and link the tasks inside."""
        scope = _open.pop()
        if error is None:
            scope.link()

    def add_task(self, task: Any) -> None:
        """`scope.add_task(task)`: count a task that was made elsewhere among those inside.

        Raises `DagAuthoringError` outside of `with`.
        """
        if not _open:
            raise DagAuthoringError("add_task() of a setup or teardown task needs its `with`", fix="open it first")
        _open[-1].add_task(task)


def note_task(task: TaskNode) -> None:
    """A task was made: it belongs to the innermost open scope."""
    if _open and all(task is not known for known in (*_open[-1].setups, *_open[-1].teardowns)):
        _open[-1].tasks.append(task)
