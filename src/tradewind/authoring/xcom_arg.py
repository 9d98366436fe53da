"""`XComArg`: the result of a task, not there yet, given to another task as an argument.  Airflow: `XComArg`.

Using one in a template field or as an argument of a `@task` call links the two tasks; at run time it is replaced by the
value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NoReturn, overload

from tradewind.authoring.mappable import element, is_mappable, mapped_group_of
from tradewind.authoring.node import DependencyMixin, TaskNode
from tradewind.authoring.notset import NOTSET
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError
from tradewind.authoring.setup_scope import InSetupScope
from tradewind.errors import UnmappableXComTypePushed, XComNotFound
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
        """Pull the value.  A return value that is missing is None; raises `XComNotFound` for any other key.

        The results of a mapped task are a sequence of them all; in one mapped group each instance takes its own.
        """
        operator, ti = self.operator, context["ti"]
        pull = {"task_ids": operator.task_id, "dag_id": operator.dag_id, "key": self.key, "default": NOTSET}
        group = mapped_group_of(operator)
        if group is not None and group is mapped_group_of(ti.task):
            value = ti.xcom_pull(**pull, map_indexes=ti.map_index)
        elif group is not None or operator.is_mapped:
            return ti.xcom_sequence(operator.task_id, self.key)
        else:
            value = ti.xcom_pull(**pull)
        if value is not NOTSET:
            return value
        if self.key == XCOM_RETURN_KEY:
            return None
        raise XComNotFound(ti.dag_id, operator.task_id, self.key)

    def elements(self, context: Any) -> Any:
        """As `resolve`, for whoever needs single elements: those of a list or dict are fetched when they are needed."""
        if self.operator.is_mapped or mapped_group_of(self.operator) is not None:
            return self.resolve(context)
        value = context["ti"].xcom_elements(self.operator.task_id, self.key, default=NOTSET)
        if value is not NOTSET:
            return value
        return self.resolve(context)

    def as_setup(self) -> DependencyMixin:
        """Make the task a setup task."""
        self.operator.as_setup()
        return self

    def as_teardown(self, *, setups: Any = None, on_failure_fail_dagrun: Any = NOTSET) -> DependencyMixin:
        """Make the task a teardown task."""
        self.operator.as_teardown(setups=setups, on_failure_fail_dagrun=on_failure_fail_dagrun)
        return self

    def map(self, f: Any) -> XComArg:
        """Every element handed through `f`, a plain function that runs in the downstream task."""
        return MapXComArg(self, f)

    def zip(self, *others: Any, fillvalue: Any = NOTSET) -> XComArg:
        """Tuples of the first elements, the second ones ...; as many as the shortest has, with `fillvalue` the
        longest."""
        return ZipXComArg((self, *others), fillvalue)

    def concat(self, *others: Any) -> XComArg:
        """The elements of this result, then those of the others."""
        return ConcatXComArg((self, *others))


PlainXComArg = XComArg


class _Combined(XComArg):
    """A value made of several results."""

    def __init__(self, method: str, parts: Sequence[Any]) -> None:
        for part in parts:
            if not isinstance(part, XComArg):
                raise ArgumentTypeError(
                    f".{method}() takes results of tasks, not {part!r}", fix="return the values from a task"
                )
        super().__init__(parts[0].operator, parts[0].key)
        self.method, self.parts = method, tuple(parts)

    def iter_references(self) -> Iterator[tuple[TaskNode, str]]:
        """The tasks and keys of all parts."""
        for part in self.parts:
            yield from part.iter_references()

    def elements(self, context: Any) -> Any:
        """As `resolve`, whose elements are made when they are needed."""
        return self.resolve(context)

    @property
    def roots(self) -> Sequence[TaskNode]:
        """The tasks that make the values."""
        return list(dict.fromkeys(operator for operator, _ in self.iter_references()))

    @property
    def leaves(self) -> Sequence[TaskNode]:
        """The tasks that make the values."""
        return self.roots

    def __getitem__(self, item: str) -> XComArg:
        raise ArgumentTypeError(
            f"what .{self.method}() gives cannot be indexed while the DAG is being defined",
            fix="take the element inside the downstream task",
        )

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__

    def __str__(self) -> str:
        return repr(self)

    def __repr__(self) -> str:
        return f"{self.parts[0]!r}.{self.method}({', '.join(map(repr, self.parts[1:]))})"

    def _values(self, context: Any) -> list[Any]:
        values = [part.elements(context) for part in self.parts]
        for part, value in zip(self.parts, values, strict=True):
            if not is_mappable(value):
                raise UnmappableXComTypePushed(value, about=f".{self.method}() of {part!r}")
        return values


class MapXComArg(_Combined):
    """Every element handed through a function, when it is needed."""

    def __init__(self, arg: XComArg, function: Callable[[Any], Any]) -> None:
        """Raises `ArgumentValueError` for a `@task` function: it runs inside the downstream task."""
        super().__init__("map", [arg])
        if hasattr(function, "override") and hasattr(function, "expand"):
            raise ArgumentValueError(
                "the argument of .map() must be a plain function, not a @task", fix="take the @task decorator away"
            )
        if not callable(function):
            raise ArgumentTypeError(f"the argument of .map() must be a function, not {function!r}", fix="give one")
        self.function = function

    def resolve(self, context: Any) -> Any:
        """The elements; the function is called for those that are asked for."""
        [value] = self._values(context)
        return _Mapped(value, self.function)

    def __repr__(self) -> str:
        return f"{self.parts[0]!r}.map({getattr(self.function, '__name__', self.function)})"


class ZipXComArg(_Combined):
    """The first elements together, the second ones, and so on."""

    def __init__(self, parts: Sequence[Any], fillvalue: Any) -> None:
        super().__init__("zip", parts)
        self.fillvalue = fillvalue

    def resolve(self, context: Any) -> Any:
        """Tuples of elements."""
        return _Zipped(self._values(context), self.fillvalue)


class ConcatXComArg(_Combined):
    """One list after the other."""

    def __init__(self, parts: Sequence[Any]) -> None:
        super().__init__("concat", parts)

    def resolve(self, context: Any) -> Any:
        """All elements."""
        return _Joined(self._values(context))


class _Lazy(Sequence[Any]):
    """Elements that are made when they are asked for."""

    def _at(self, index: int) -> Any:
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [self._at(place) for place in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        return self._at(place)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and not isinstance(other, str) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} values>"


class _Mapped(_Lazy):
    def __init__(self, value: Sequence[Any] | Mapping[Any, Any], function: Callable[[Any], Any]) -> None:
        self._value, self._function = value, function

    def __len__(self) -> int:
        return len(self._value)

    def _at(self, index: int) -> Any:
        return self._function(element(self._value, index))


class _Zipped(_Lazy):
    def __init__(self, values: list[Any], fillvalue: Any) -> None:
        self._values, self._fill = values, fillvalue
        self._length = (min if fillvalue is NOTSET else max)(map(len, values))

    def __len__(self) -> int:
        return self._length

    def _at(self, index: int) -> Any:
        return tuple(element(value, index) if index < len(value) else self._fill for value in self._values)


class _Joined(_Lazy):
    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def __len__(self) -> int:
        return sum(map(len, self._values))

    def _at(self, index: int) -> Any:
        for value in self._values:
            if index < len(value):
                return element(value, index)
            index -= len(value)
        raise IndexError(index)


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
