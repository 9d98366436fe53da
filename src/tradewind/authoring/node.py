"""Things that `>>` and `<<` can link: the base of operators, task groups, XCom arguments and edge labels.

A link always ends in a pair of tasks: a group stands for its first or last tasks.
Airflow: `DependencyMixin`, `DAGNode`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from tradewind.authoring.problems import ArgumentTypeError
from tradewind.errors import DagAuthoringError

Other = TypeVar("Other")


class DependencyMixin(ABC):
    """Something with first tasks (`roots`) and last tasks (`leaves`)."""

    @property
    @abstractmethod
    def roots(self) -> Sequence[TaskNode]:
        """Tasks that an upstream is linked to."""

    @property
    @abstractmethod
    def leaves(self) -> Sequence[TaskNode]:
        """Tasks that a downstream is linked to."""

    def link_from(self, upstream: DependencyMixin, label: str | None = None) -> None:
        """Run after `upstream`.  An edge label overrides this to remember its ends."""
        connect(upstream, self, label)

    def link_to(self, downstream: DependencyMixin, label: str | None = None) -> None:
        """Run before `downstream`."""
        connect(self, downstream, label)

    def set_upstream(self, task_or_task_list: Any, edge_modifier: Any = None) -> None:
        """Run after this task, group, or list of them.  Raises `DagAuthoringError`."""
        for other in each_node(self, task_or_task_list):
            if edge_modifier is None:
                other.link_to(self)
            else:
                connect(other, self, edge_modifier.label)

    def set_downstream(self, task_or_task_list: Any, edge_modifier: Any = None) -> None:
        """Run before this task, group, or list of them.  Raises `DagAuthoringError`."""
        for other in each_node(self, task_or_task_list):
            if edge_modifier is None:
                other.link_from(self)
            else:
                connect(self, other, edge_modifier.label)

    def __rshift__(self, other: Other) -> Other:
        """`self >> other`."""
        self.set_downstream(other)
        return other

    def __lshift__(self, other: Other) -> Other:
        """`self << other`."""
        self.set_upstream(other)
        return other

    def __rrshift__(self, other: Any) -> DependencyMixin:
        """`[a, b] >> self`."""
        self.set_upstream(other)
        return self

    def __rlshift__(self, other: Any) -> DependencyMixin:
        """`[a, b] << self`."""
        self.set_downstream(other)
        return self


class TaskNode(DependencyMixin):
    """A task: the ends of every link.  Its subclass is `BaseOperator`."""

    task_id: str
    upstream_task_ids: set[str]
    downstream_task_ids: set[str]
    _dag: Any

    @property
    def roots(self) -> Sequence[TaskNode]:
        """The task itself."""
        return [self]

    @property
    def leaves(self) -> Sequence[TaskNode]:
        """The task itself."""
        return [self]

    def join_dag(self, dag: Any) -> None:
        """Become a task of `dag`, because it was linked with a task of it."""
        dag.add_task(self)

    @property
    def node_id(self) -> str:
        """The task id."""
        return self.task_id

    def get_dag(self) -> Any:
        """The DAG, or None."""
        return self._dag

    def has_dag(self) -> bool:
        """Whether the task belongs to a DAG."""
        return self._dag is not None

    @property
    def dag_id(self) -> str:
        """Id of the DAG; a task without one names its owner as Airflow does."""
        return self._dag.dag_id if self._dag is not None else f"adhoc_{getattr(self, 'owner', 'airflow')}"

    @property
    def upstream_list(self) -> list[Any]:
        """The direct upstream tasks."""
        return [self._dag.task_dict[task_id] for task_id in self._ordered(self.upstream_task_ids)]

    @property
    def downstream_list(self) -> list[Any]:
        """The direct downstream tasks."""
        return [self._dag.task_dict[task_id] for task_id in self._ordered(self.downstream_task_ids)]

    def _ordered(self, task_ids: set[str]) -> list[str]:
        return [task_id for task_id in self._dag.task_dict if task_id in task_ids] if task_ids else []

    def get_direct_relative_ids(self, upstream: bool = False) -> set[str]:
        """Ids of the direct downstream (or upstream) tasks."""
        return self.upstream_task_ids if upstream else self.downstream_task_ids

    def get_direct_relatives(self, upstream: bool = False) -> list[Any]:
        """The direct downstream (or upstream) tasks."""
        return self.upstream_list if upstream else self.downstream_list

    def get_flat_relative_ids(self, upstream: bool = False) -> set[str]:
        """Ids of all downstream (or upstream) tasks, direct or not."""
        found: set[str] = set()
        todo = list(self.get_direct_relative_ids(upstream))
        while todo:
            task_id = todo.pop()
            if task_id not in found:
                found.add(task_id)
                todo.extend(self._dag.task_dict[task_id].get_direct_relative_ids(upstream))
        return found

    def get_flat_relatives(self, upstream: bool = False) -> list[Any]:
        """All downstream (or upstream) tasks, in order of definition."""
        return [self._dag.task_dict[task_id] for task_id in self._ordered(self.get_flat_relative_ids(upstream))]


def each_node(subject: object, value: Any) -> Iterator[DependencyMixin]:
    """The nodes of a task, or of a list of them.  Raises `ArgumentTypeError` for what cannot be linked."""
    if isinstance(value, DependencyMixin):
        yield value
        return
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | dict):
        for item in value:
            yield from each_node(subject, item)
        return
    name = getattr(value, "__name__", None) or repr(value)
    if hasattr(value, "override") or callable(value):
        raise ArgumentTypeError(
            f"{describe(subject)} cannot be linked with the function {name}",
            fix=f"call it: {name}()" if hasattr(value, "override") else f"decorate {name} with @task and call it",
        )
    raise ArgumentTypeError(
        f"{describe(subject)} cannot be linked with {value!r} of type {type(value).__name__}",
        fix="link tasks, task groups, labels, results of @task calls, or lists of them",
    )


def describe(node: object) -> str:
    """How an error names a node."""
    for attribute, kind in (("task_id", "task"), ("group_id", "task group")):
        name = getattr(node, attribute, None)
        if name:
            return f"{kind} {name!r}"
    return repr(node)


def connect(upstream: DependencyMixin, downstream: DependencyMixin, label: str | None = None) -> None:
    """Link every last task of `upstream` with every first task of `downstream`.  Raises `DagAuthoringError`."""
    for up in upstream.leaves:
        for down in downstream.roots:
            _link(up, down, label)


def _link(up: TaskNode, down: TaskNode, label: str | None) -> None:
    dag = up._dag if up._dag is not None else down._dag
    if dag is None:
        raise DagAuthoringError(
            f"tasks {up.task_id!r} and {down.task_id!r} are linked, but neither belongs to a DAG",
            fix="make them inside `with DAG(...):` or pass dag=dag",
        )
    for task in (up, down):
        if task._dag is None:
            task.join_dag(dag)
    if up._dag is not down._dag:
        raise DagAuthoringError(
            f"task {up.task_id!r} of DAG {up.dag_id!r} cannot be linked with task {down.task_id!r} of DAG "
            f"{down.dag_id!r}",
            fix="link tasks of one DAG only; between DAGs use an asset, a sensor or a trigger task",
        )
    up.downstream_task_ids.add(down.task_id)
    down.upstream_task_ids.add(up.task_id)
    if label is not None:
        dag.set_edge_info(up.task_id, down.task_id, {"label": label})
