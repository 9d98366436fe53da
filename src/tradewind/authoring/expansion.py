"""What a mapped task or group is mapped over: the arguments of `expand` and `expand_kwargs`, and one instance's share.

Made by `mapped`, `decorators` and `taskgroup`; `lengths` says how many instances they make, a worker asks `resolve` for
the arguments of one of them.  Airflow: `DictOfListsExpandInput`, `ListOfDictsExpandInput`, `MappedArgument`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from tradewind.authoring.context import KNOWN_CONTEXT_KEYS
from tradewind.authoring.mappable import element, is_mappable
from tradewind.authoring.node import TaskNode
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError, nearest
from tradewind.authoring.xcom_arg import ResolveMixin, XComArg, iter_references
from tradewind.errors import UnmappableXComTypePushed
from tradewind.spec.ids import XCOM_RETURN_KEY


class DictOfLists:
    """`expand(a=..., b=...)`: every combination, the last argument changing fastest."""

    def __init__(self, where: str, value: Mapping[str, Any]) -> None:
        """Raises `ArgumentTypeError` for what cannot be mapped over."""
        if not value:
            raise ArgumentTypeError(
                f"{where}: expand() got no arguments to expand against", fix="name the argument: .expand(x=[1, 2, 3])"
            )
        for name, item in value.items():
            if isinstance(item, XComArg):
                check_return_value(where, item)
            elif not is_mappable(item):
                raise ArgumentTypeError(
                    f"{where}: expand() got {item!r} of type {type(item).__name__} for {name!r}, which cannot be "
                    "mapped over",
                    fix=f"give a list, a dict or the result of a task; one value for all instances goes to "
                    f".partial({name}=...)",
                )
        self.value = dict(value)

    def parts(self) -> list[Any]:
        """What is combined: lists, dicts and results of tasks."""
        return list(self.value.values())

    def sources(self) -> Iterator[TaskNode]:
        """The tasks whose results decide the number of instances."""
        for value in self.value.values():
            if isinstance(value, XComArg):
                yield from (operator for operator, _ in value.iter_references())

    def references(self) -> Iterator[tuple[TaskNode, str]]:
        """All results that are needed, also those that are single elements of a list."""
        return iter_references(self.value)

    def resolve(self, context: Any, index: int) -> tuple[dict[str, Any], set[str]]:
        """The arguments of one instance, and which of them were written in the DAG file."""
        resolved = {
            name: value.elements(context) if isinstance(value, XComArg) else value for name, value in self.value.items()
        }
        for name, value in resolved.items():
            if not is_mappable(value):
                raise UnmappableXComTypePushed(value, about=f"the argument {name!r}")
        found: dict[str, Any] = {}
        slowest = next(iter(self.value))
        for name in reversed(self.value):
            value = resolved[name]
            # how many values the slowest one has does not matter, and may cost a question
            index, place = (0, index) if name == slowest else divmod(index, len(value))
            found[name] = element(value, place)
        literal = {name for name, value in self.value.items() if not isinstance(value, XComArg)}
        return {name: found[name] for name in self.value}, literal


class ListOfDicts:
    """`expand_kwargs([{...}, {...}])`: one instance for each dict."""

    def __init__(self, where: str, value: Any) -> None:
        """Raises `ArgumentTypeError` unless it is a list of dicts or the result of a task."""
        if isinstance(value, XComArg):
            check_return_value(where, value)
        elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
            for item in value:
                if not isinstance(item, Mapping | XComArg):
                    raise ArgumentTypeError(
                        f"{where}: expand_kwargs() expects a list of dicts, but the list has {item!r}",
                        fix='write expand_kwargs([{"x": 1}, {"x": 2}])',
                    )
        else:
            raise ArgumentTypeError(
                f"{where}: expand_kwargs() expects a list of dicts or the result of a task, not {value!r}",
                fix='write expand_kwargs([{"x": 1}, {"x": 2}])',
            )
        self.value = value

    def parts(self) -> list[Any]:
        """The one list."""
        return [self.value]

    def sources(self) -> Iterator[TaskNode]:
        """The tasks whose results decide the number of instances."""
        if isinstance(self.value, XComArg):
            yield from (operator for operator, _ in self.value.iter_references())

    def references(self) -> Iterator[tuple[TaskNode, str]]:
        """All results that are needed."""
        return iter_references(self.value)

    def resolve(self, context: Any, index: int) -> tuple[dict[str, Any], set[str]]:
        """The arguments of one instance, and which of them were written in the DAG file."""
        literal = not isinstance(self.value, XComArg)
        value = self.value if literal else self.value.elements(context)
        if not literal and (isinstance(value, str | bytes | Mapping) or not isinstance(value, Sequence)):
            raise ArgumentValueError(
                f"expand_kwargs() expects a list of dicts, and the task gave a {type(value).__name__}",
                fix="return a list of dicts",
            )
        item = value[index]
        if isinstance(item, XComArg):
            item, literal = item.resolve(context), False
        if not isinstance(item, Mapping):
            raise ArgumentValueError(
                f"expand_kwargs() expects a list of dicts, but element {index} is a {type(item).__name__}",
                fix="return a list of dicts",
            )
        for name in item:
            if not isinstance(name, str):
                raise ArgumentValueError(
                    f"expand_kwargs() needs names of arguments as keys, but element {index} has the key {name!r}",
                    fix="make the keys texts",
                )
        return dict(item), set(item) if literal else set()


ExpandInput = DictOfLists | ListOfDicts
_MISSING = object()


class MappedArgument(ResolveMixin):
    """Stands for an argument of a mapped task group: each instance of the group has its own value."""

    def __init__(self, group: str, expand: ExpandInput, name: str, default: Any = _MISSING) -> None:
        self._group = group
        self._expand = expand
        self._name = name
        self._default = default

    def iter_references(self) -> Iterator[tuple[TaskNode, str]]:
        """What the group is mapped over."""
        return self._expand.references()

    def resolve(self, context: Any) -> Any:
        """The value for the running instance.  Raises `ArgumentTypeError` when its dict lacks the argument."""
        found, _ = self._expand.resolve(context, context["ti"].map_index)
        value = found.get(self._name, self._default)
        if value is _MISSING:
            raise ArgumentTypeError(
                f"the values for map index {context['ti'].map_index} of task group {self._group!r} lack the argument "
                f"{self._name!r}",
                fix="add it to the dict that is given to expand_kwargs()",
            )
        return value.resolve(context) if isinstance(value, ResolveMixin) else value

    def __iter__(self) -> Iterator[Any]:
        raise ArgumentTypeError(
            f"the argument {self._name!r} of the mapped task group {self._group!r} cannot be looped over while the DAG "
            "is being defined: each instance of the group has its own",
            fix="pass it to a task and loop inside that task",
        )

    def __repr__(self) -> str:
        return f"MappedArgument({self._name!r} of task group {self._group!r})"


def check_return_value(where: str, value: XComArg) -> None:
    """Raises `ArgumentValueError` for `expand(x=task["key"])`: only a whole result has a known length."""
    for operator, key in value.iter_references():
        if key != XCOM_RETURN_KEY:
            raise ArgumentValueError(
                f"{where} cannot be mapped over the XCom {key!r} of task {operator.task_id!r}",
                fix="map over the whole result of a task: return the list from a task of its own",
            )


def check_names(where: str, verb: str, names: Iterable[str], known: Iterable[str] | None) -> None:
    """Raises `ArgumentTypeError` for an argument that the function or operator does not take (known None: any)."""
    if known is None:
        return
    known = set(known)
    for name in names:
        if name not in known:
            guess = nearest(name, known, cutoff=0.6)
            raise ArgumentTypeError(
                f"{where}: {verb}() got an unexpected keyword argument {name!r}",
                fix=f"write {guess!r}" if guess else f"it takes {', '.join(sorted(known)) or 'none'}",
            )


def check_twice(where: str, one: Iterable[str], other: Iterable[str], why: str) -> None:
    """Raises `ArgumentTypeError` for arguments that are given in two places."""
    both = sorted(set(one) & set(other))
    if both:
        raise ArgumentTypeError(
            f"{where}: {', '.join(map(repr, both))} {'is' if len(both) == 1 else 'are'} {why}",
            fix="give each argument once",
        )


def parameters_of(function: Callable[..., Any]) -> set[str] | None:
    """The names of a function's parameters; None when it takes any."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (ValueError, TypeError):
        return None
    if any(p.kind is p.VAR_KEYWORD for p in parameters):
        return None
    return {p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)}


def check_function_names(where: str, verb: str, function: Callable[..., Any], names: Iterable[str]) -> None:
    """As `check_names`, for a decorated function; names of the context cannot be given."""
    names = list(names)
    check_names(where, verb, names, parameters_of(function))
    for name in names:
        if name in KNOWN_CONTEXT_KEYS:
            raise ArgumentValueError(
                f"{where}: {verb}() cannot give the context variable {name!r}", fix="rename the parameter"
            )


def mapped_over(dag: Any) -> frozenset[str]:
    """The ids of the tasks whose results mapped tasks and groups of the DAG are mapped over."""
    known = dag.__dict__.get("_mapped_over")
    if known is None:
        inputs = [task.expand_input for task in dag.tasks if task.is_mapped]
        inputs += [group.expand_input for group in dag.task_group.iter_groups() if group.expand_input is not None]
        known = dag.__dict__["_mapped_over"] = frozenset(
            source.task_id for expand in inputs for source in expand.sources()
        )
    return frozenset(known)
