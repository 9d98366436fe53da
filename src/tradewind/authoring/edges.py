"""Labels on dependencies and the functions that link many tasks at once.

Airflow: `Label`, `EdgeModifier`, `chain`, `chain_linear`, `cross_downstream`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from tradewind.authoring.node import DependencyMixin, TaskNode, connect, each_node
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError


class EdgeModifier(DependencyMixin):
    """Stands between two ends of `a >> Label("text") >> b` and puts its text on every link between them."""

    def __init__(self, label: str | None = None) -> None:
        self.label = label
        self._upstream: list[DependencyMixin] = []
        self._downstream: list[DependencyMixin] = []

    @property
    def roots(self) -> Sequence[TaskNode]:
        """First tasks of what comes before."""
        return [task for node in self._upstream for task in node.roots]

    @property
    def leaves(self) -> Sequence[TaskNode]:
        """Last tasks of what comes after."""
        return [task for node in self._downstream for task in node.leaves]

    def link_from(self, upstream: DependencyMixin, label: str | None = None) -> None:
        """Remember the upstream end, and link it with the downstream ends that are known."""
        self._upstream.append(upstream)
        for node in self._downstream:
            connect(upstream, node, self.label)

    def link_to(self, downstream: DependencyMixin, label: str | None = None) -> None:
        """Remember the downstream end, and link it with the upstream ends that are known."""
        self._downstream.append(downstream)
        for node in self._upstream:
            connect(node, downstream, self.label)

    def set_upstream(self, task_or_task_list: Any, edge_modifier: Any = None) -> None:
        """`label << a`, `a >> label`."""
        for node in each_node(self, task_or_task_list):
            self.link_from(node)

    def set_downstream(self, task_or_task_list: Any, edge_modifier: Any = None) -> None:
        """`label >> b`, `b << label`."""
        for node in each_node(self, task_or_task_list):
            self.link_to(node)

    def __repr__(self) -> str:
        return f"Label({self.label!r})"


def Label(label: str) -> EdgeModifier:  # noqa: N802 - Airflow's public name
    """A label for `a >> Label("text") >> b`."""
    return EdgeModifier(label=label)


def chain(*tasks: Any) -> None:
    """Link each element with the next one: task with task, task with list, list with list of the same length pairwise.

    Raises `ArgumentValueError` for neighbouring lists of different lengths.
    """
    for index, (up, down) in enumerate(pairwise(tasks)):
        many = isinstance(up, list | tuple), isinstance(down, list | tuple)
        if not all(many):
            _one(up).set_downstream(down) if not many[0] else _one(down).set_upstream(up)
            continue
        if len(up) != len(down):
            raise ArgumentValueError(
                f"chain() got lists of different lengths next to each other: {len(up)} tasks at position {index}, "
                f"{len(down)} at position {index + 1}",
                fix="make the lists equally long, or use chain_linear() to link all with all",
            )
        for one, other in zip(up, down, strict=True):
            _one(one).set_downstream(other)


def chain_linear(*elements: Any) -> None:
    """Link all tasks of each element with all tasks of the next one.  Raises `ArgumentValueError` without a link."""
    if len(elements) < 2:
        raise ArgumentValueError(
            f"chain_linear() needs two or more elements, got {len(elements)}",
            fix="give it what is to be linked",
        )
    groups = [list(each_node("chain_linear()", element)) for element in elements]
    if not all(groups):
        raise ArgumentValueError("chain_linear() got an empty list", fix="leave empty lists out")
    for ups, downs in pairwise(groups):
        for up in ups:
            up.set_downstream(downs)


def cross_downstream(from_tasks: Any, to_tasks: Any) -> None:
    """Link each of `from_tasks` with each of `to_tasks`."""
    for node in each_node("cross_downstream()", from_tasks):
        node.set_downstream(to_tasks)


def _one(value: Any) -> DependencyMixin:
    nodes = list(each_node("chain()", value))
    if len(nodes) != 1 or nodes[0] is not value:
        raise ArgumentTypeError(f"expected one task, got {value!r}", fix="give a task, not a nested list")
    [node] = nodes
    return node
