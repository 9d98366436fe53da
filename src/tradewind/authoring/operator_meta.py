"""The metaclass of operators: it fills arguments that were not given from `default_args`, also for users' subclasses.

Every `__init__` in the class hierarchy is wrapped, because an author's own operator may take arguments of its own that
`default_args` name, and need not hand on the rest.  Called by Python when an operator class is made.
"""

from __future__ import annotations

import functools
import inspect
from abc import ABCMeta
from collections.abc import Callable, Mapping
from typing import Any

from tradewind.authoring import scope
from tradewind.authoring.problems import ArgumentTypeError, place_of_caller
from tradewind.authoring.templates import check_template_fields

_KEPT_APART = frozenset({"self", "params", "default_args", "dag", "task_group", "task_id"})
"""Arguments that are merged elsewhere, or that no default may give."""


class OperatorMeta(ABCMeta):
    """Class of operator classes."""

    _own_arguments: frozenset[str]

    def __new__(mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kwargs: Any) -> OperatorMeta:
        """Wrap the class's `__init__` and check its template fields."""
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        check_template_fields(cls)
        own: frozenset[str] = frozenset()
        init = namespace.get("__init__")
        if init is not None:
            wrapped, own = _with_defaults(init)
            type.__setattr__(cls, "__init__", wrapped)
        cls._own_arguments = own
        return cls

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Make an operator; then link it with the tasks whose results it was given."""
        if args:
            raise ArgumentTypeError(
                f"{cls.__name__} got the positional argument {args[0]!r}; operators take keyword arguments only",
                fix=f"write {cls.__name__}(task_id={args[0]!r})" if isinstance(args[0], str) else "name each argument",
            )
        new: Any = cls.__new__
        operator: Any = new(cls)
        operator._place = place_of_caller()
        type(operator).__init__(operator, **kwargs)
        operator.after_init()
        return operator

    def argument_names(cls) -> frozenset[str]:
        """Every argument that this class or one of its bases takes."""
        names: set[str] = set()
        for base in cls.__mro__:
            names.update(base.__dict__.get("_own_arguments", ()))
        return frozenset(names)


def merged_defaults(dag: Any, group: Any, own: Mapping[str, Any] | None) -> dict[str, Any]:
    """`default_args` of the DAG, then of the task groups (inner ones win), then the operator's own."""
    merged = dict(dag.default_args) if dag is not None else {}
    if group is not None:
        merged.update(group.default_args)
    merged.update(own or {})
    return merged


def _with_defaults(init: Callable[..., None]) -> tuple[Callable[..., None], frozenset[str]]:
    parameters = [
        parameter
        for name, parameter in inspect.signature(init).parameters.items()
        if name != "self" and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    ]
    fillable = [parameter.name for parameter in parameters if parameter.name not in _KEPT_APART]
    required = [parameter.name for parameter in parameters if parameter.default is parameter.empty]

    @functools.wraps(init)
    def wrapper(self: Any, *args: Any, **kwargs: Any) -> None:
        if args:
            raise ArgumentTypeError(
                f"{type(self).__name__}.__init__ got the positional argument {args[0]!r}; operators take keyword "
                "arguments only",
                fix="name each argument, also in super().__init__(...)",
            )
        dag = kwargs.get("dag") or scope.current_dag()
        group = kwargs.get("task_group") or scope.current_group(dag)
        if dag is None and group is not None:
            dag = group.dag
        own = kwargs.get("default_args")
        if own:
            self.__dict__["_own_default_args"] = own
        else:  # a subclass may have kept them to itself
            own = self.__dict__.get("_own_default_args")
        defaults = merged_defaults(dag, group, own)
        for name in fillable:
            if name not in kwargs and name in defaults:
                kwargs[name] = defaults[name]
        missing = [name for name in required if name not in kwargs]
        if missing:
            which = f"{type(self).__name__} {kwargs['task_id']!r}" if "task_id" in kwargs else type(self).__name__
            raise ArgumentTypeError(
                f"{which} lacks the argument{'s' * (len(missing) > 1)} {', '.join(map(repr, missing))}",
                fix=f"write {missing[0]}=...",
            )
        init(self, **kwargs)

    return wrapper, frozenset(parameter.name for parameter in parameters)
