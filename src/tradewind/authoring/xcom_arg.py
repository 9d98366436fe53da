"""`XComArg`: the result of a task, not there yet, given to another task as an argument.  Airflow: `XComArg`.

Using one in a template field or as an argument of a `@task` call links the two tasks; at run time it is replaced by the
value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from tradewind.authoring.node import DependencyMixin, TaskNode
from tradewind.authoring.notset import NOTSET
from tradewind.authoring.problems import ArgumentTypeError
from tradewind.authoring.setup_scope import InSetupScope
from tradewind.errors import DagAuthoringError, XComNotFound
from tradewind.spec.ids import XCOM_RETURN_KEY


class ResolveMixin:
    """A value that is known only when the task runs."""

    def iter_references(self) -> Iterator[tuple[TaskNode, str]]:
        """The tasks whose results are needed, each with the XCom key."""
        return iter(())

    def resolve(self, context: Any) -> Any:
        """The value."""
        raise NotImplementedError


class XComArg(ResolveMixin, InSetupScope):
    """The XCom `key` of `operator`: its return value if no key is given."""

    def __init__(self, operator: Any, key: str = XCOM_RETURN_KEY) -> None:
        self.operator = operator
        self.key = key

    @property
    def roots(self) -> Sequence[TaskNode]:
        """The task that makes the value."""
        return [self.operator]

    @property
    def leaves(self) -> Sequence[TaskNode]:
        """The task that makes the value."""
        return [self.operator]

    def __getitem__(self, item: str) -> XComArg:
        """The value under a key: of a task with multiple outputs, or pushed by it.  Raises `ArgumentTypeError`."""
        if not isinstance(item, str):
            raise ArgumentTypeError(
                f"the result of task {self.operator.task_id!r} can be indexed only with the name of an XCom, "
                f"not with {item!r}",
                fix="take the element inside the downstream task",
            )
        return XComArg(self.operator, key=item)

    def __iter__(self) -> NoReturn:
        raise ArgumentTypeError(
            f"the result of task {self.operator.task_id!r} cannot be looped over while the DAG is being defined: "
            "it does not exist before the task has run",
            fix="pass it to a task and loop inside that task",
        )

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, XComArg):
            return NotImplemented
        return self.operator is other.operator and self.key == other.key

    def __hash__(self) -> int:
        return hash((id(self.operator), self.key))

    def __repr__(self) -> str:
        return f"XComArg({self.operator.task_id!r}, key={self.key!r})"

    def __str__(self) -> str:
        """As a template, so that an f-string in a template field works."""
        key = "" if self.key == XCOM_RETURN_KEY else f", key={self.key!r}"
        return (
            f"{{{{ task_instance.xcom_pull(task_ids={self.operator.task_id!r}, "
            f"dag_id={self.operator.dag_id!r}{key}) }}}}"
        )

    def iter_references(self) -> Iterator[tuple[TaskNode, str]]:
        """The task and the key."""
        yield self.operator, self.key

    @staticmethod
    def iter_xcom_references(arg: Any) -> Iterator[tuple[TaskNode, str]]:
        """All references inside a value: in lists, dicts, and objects with `template_fields`."""
        return iter_references(arg)

    def resolve(self, context: Any) -> Any:
        """Pull the value.  A return value that is missing is None; raises `XComNotFound` for any other key."""
        task_id = self.operator.task_id
        ti = context["ti"]
        value = ti.xcom_pull(task_ids=task_id, dag_id=self.operator.dag_id, key=self.key, default=NOTSET)
        if value is not NOTSET:
            return value
        if self.key == XCOM_RETURN_KEY:
            return None
        raise XComNotFound(ti.dag_id, task_id, self.key)

    def as_setup(self) -> DependencyMixin:
        """Make the task a setup task."""
        self.operator.as_setup()
        return self

    def as_teardown(self, *, setups: Any = None, on_failure_fail_dagrun: Any = NOTSET) -> DependencyMixin:
        """Make the task a teardown task."""
        self.operator.as_teardown(setups=setups, on_failure_fail_dagrun=on_failure_fail_dagrun)
        return self

    def map(self, f: Any) -> NoReturn:
        """Dynamic mapping.  Raises `DagAuthoringError`."""
        raise mapping_not_available(self.operator.task_id, "map")

    def zip(self, *others: Any, fillvalue: Any = None) -> NoReturn:
        """Dynamic mapping.  Raises `DagAuthoringError`."""
        raise mapping_not_available(self.operator.task_id, "zip")

    def concat(self, *others: Any) -> NoReturn:
        """Dynamic mapping.  Raises `DagAuthoringError`."""
        raise mapping_not_available(self.operator.task_id, "concat")


PlainXComArg = XComArg


def mapping_not_available(task_id: str, method: str) -> DagAuthoringError:
    """The error for dynamic task mapping, which this version does not have."""
    return DagAuthoringError(
        f"task {task_id!r} uses .{method}(): dynamic task mapping is not available in this version of Tradewind",
        fix="loop over the values inside one task, or make one task per value in a Python loop",
    )


def iter_references(value: Any, _seen: frozenset[int] = frozenset()) -> Iterator[tuple[TaskNode, str]]:
    """All XCom references inside a value: in lists, tuples, sets, dicts, and objects with `template_fields`."""
    if isinstance(value, ResolveMixin):
        yield from value.iter_references()
    elif isinstance(value, str | bytes | int | float | type | None) or id(value) in _seen:
        return
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from iter_references(item, _seen | {id(value)})
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from iter_references(item, _seen | {id(value)})
    elif isinstance(value, TaskNode):
        return
    else:
        for name in getattr(type(value), "template_fields", ()):
            yield from iter_references(getattr(value, name, None), _seen | {id(value)})
