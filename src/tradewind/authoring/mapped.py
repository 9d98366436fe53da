"""`Operator.partial(...).expand(...)`: a task of which there will be as many instances as there are values.

The DAG holds a `MappedOperator`; a worker makes the operator of one instance from it with `unmap`.
Airflow: `OperatorPartial`, `MappedOperator`.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from tradewind.authoring import scope
from tradewind.authoring.expansion import (
    DictOfLists,
    ExpandInput,
    ListOfDicts,
    check_names,
    check_twice,
)
from tradewind.authoring.mappable import mapped_group_of
from tradewind.authoring.node import describe
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.operator_meta import merged_defaults
from tradewind.authoring.problems import ArgumentTypeError, located
from tradewind.authoring.xcom_arg import XComArg, iter_references
from tradewind.errors import DagAuthoringError
from tradewind.spec.states import TriggerRule

_MAPPABLE_BASE_ARGUMENTS = frozenset({"params"})


class OperatorPartial:
    """The arguments that all instances share; `expand` or `expand_kwargs` completes it."""

    def __init__(self, operator_class: type[BaseOperator], kwargs: Mapping[str, Any]) -> None:
        """Raises `ArgumentTypeError` for an argument that the operator does not take."""
        self.operator_class = operator_class
        self.kwargs = dict(kwargs)
        if "task_id" not in self.kwargs:
            raise ArgumentTypeError(
                f"{operator_class.__name__}.partial() lacks the argument 'task_id'", fix="write task_id=..."
            )
        self._where = f"task {self.kwargs['task_id']!r} ({operator_class.__name__})"
        check_names(self._where, "partial", self.kwargs, operator_class.argument_names())

    def expand(self, **mapped_kwargs: Any) -> MappedOperator:
        """One instance for every combination of the values.  Raises `ArgumentTypeError`."""
        return self._mapped(DictOfLists(self._where, mapped_kwargs), mapped_kwargs, strict=True)

    def expand_kwargs(self, kwargs: Any, *, strict: bool = True) -> MappedOperator:
        """One instance for every dict of arguments; `strict` refuses those that `partial` gave already."""
        expand = ListOfDicts(self._where, kwargs)
        names = {name for item in kwargs for name in item} if _all_dicts(kwargs) else set()
        return self._mapped(expand, names, strict=strict)

    def _mapped(self, expand: ExpandInput, names: Iterable[str], *, strict: bool) -> MappedOperator:
        check_mapped_names(self._where, self.operator_class, self.kwargs, names, strict=strict)
        return make_mapped(self.operator_class, self.kwargs, expand, strict=strict)

    def __repr__(self) -> str:
        return f"{self.operator_class.__name__}.partial(task_id={self.kwargs['task_id']!r})"


def check_mapped_names(
    where: str, cls: type[BaseOperator], given: Iterable[str], names: Iterable[str], *, strict: bool
) -> None:
    """Raises `ArgumentTypeError` for mapped arguments that nobody takes, are given already, or cannot differ."""
    names = list(names)
    check_names(where, "expand", names, cls.argument_names())
    fixed = BaseOperator.argument_names() - _MAPPABLE_BASE_ARGUMENTS
    for name in names:
        if name in fixed:
            raise ArgumentTypeError(
                f"{where}: {name!r} is an unmappable argument: the scheduler needs it before there are instances",
                fix=f"write .partial({name}=...)",
            )
    if strict:
        check_twice(where, set(given) - _MAPPABLE_BASE_ARGUMENTS, names, "given in partial() already")


def make_mapped(
    cls: type[BaseOperator], kwargs: Mapping[str, Any], expand: ExpandInput, *, strict: bool, field: str | None = None
) -> MappedOperator:
    """The mapped task in the open DAG.  `field`: the argument that takes the mapped ones (`op_kwargs` of `@task`)."""
    base = BaseOperator.argument_names()
    shared = {name: value for name, value in kwargs.items() if name in base}
    kind = MappedOperator if field is None else DecoratedMappedOperator
    mapped: MappedOperator = kind(
        mapped_class=cls, partial_kwargs=dict(kwargs), expand_input=expand, mapped_field=field, strict=strict, **shared
    )
    return mapped


class MappedOperator(BaseOperator):
    """A task of which there will be many instances."""

    is_mapped = True

    def __init__(
        self,
        *,
        mapped_class: type[BaseOperator],
        partial_kwargs: dict[str, Any],
        expand_input: ExpandInput,
        mapped_field: str | None,
        strict: bool,
        **kwargs: Any,
    ) -> None:
        """Raises `DagAuthoringError` inside a mapped task group, and for the trigger rule `always`."""
        self.mapped_class = mapped_class
        self.partial_kwargs = partial_kwargs
        self.expand_input = expand_input
        self._field, self._strict = mapped_field, strict
        super().__init__(**kwargs)
        self.template_fields = tuple(mapped_class.template_fields)
        self.ui_color, self.ui_fgcolor = mapped_class.ui_color, mapped_class.ui_fgcolor
        self.check()

    def check(self) -> None:
        """Raises `DagAuthoringError` where it cannot be mapped, see `__init__`.  Asked again when the DAG is compiled:
        who catches the error has the task in the DAG all the same.
        """
        where = f"task {self.task_id!r} ({self.mapped_class.__name__})"
        group = mapped_group_of(self)
        if group is not None:
            raise located(
                DagAuthoringError(
                    f"{where} is mapped and in the mapped task group {group.group_id!r}; one mapping inside another "
                    "is not supported",
                    fix="map only the group, or make the list of all combinations in a task before it",
                ),
                self._place,
            )
        if self.trigger_rule is TriggerRule.ALWAYS and next(self.expand_input.sources(), None) is not None:
            raise located(
                DagAuthoringError(
                    f"{where} is mapped over results of tasks and has the trigger rule always, but it cannot run "
                    "before they are there",
                    fix="use the trigger rule all_done",
                ),
                self._place,
            )

    # --- what it shows ----------------------------------------------------------------------------------------

    @property
    def task_type(self) -> str:
        """Class name of the operator."""
        return self.mapped_class.__name__

    @property
    def operator_class(self) -> type[BaseOperator]:
        """The class of its instances."""
        return self.mapped_class

    @property
    def operator_name(self) -> str:
        """Name to show: the decorator's, or the class name."""
        return getattr(self.mapped_class, "custom_operator_name", None) or self.mapped_class.__name__

    def argument(self, name: str, default: Any = None) -> Any:
        """An argument of the operator that all instances share: from `partial`, or from `default_args`."""
        if name in self.partial_kwargs:
            return self.partial_kwargs[name]
        return merged_defaults(self._dag, self.task_group, None).get(name, default)

    @property
    def reschedule(self) -> bool:
        """Whether it is a sensor in reschedule mode."""
        return self.mapped_class.is_sensor and self.argument("mode") == "reschedule"

    def link_arguments(self) -> None:
        """Make the tasks whose results it needs upstream tasks."""
        fields = [self.partial_kwargs.get(name) for name in self.template_fields]
        for operator, _key in (*iter_references(fields), *self.expand_input.references()):
            if operator is not self and operator.task_id not in self.upstream_task_ids:
                self.set_upstream(operator)

    # --- one instance -----------------------------------------------------------------------------------------

    def execute(self, context: Any) -> Any:
        """Raises `TypeError`: only an instance can run."""
        raise TypeError(f"{describe(self)} is mapped: only one of its instances can run")

    def unmap(self, context: Any, index: int) -> BaseOperator:
        """The operator of one instance; it knows which of its values are results of tasks: they are no templates.

        Raises what a `.map()` function raises, and `ArgumentTypeError` for arguments that do not fit the operator.
        """
        values, literal = self.expand_input.resolve(context, index)
        results = {id(value) for name, value in values.items() if name not in literal}
        values = {name: copied(value) if name in literal else value for name, value in values.items()}
        kwargs = {name: copied(value) for name, value in self.partial_kwargs.items()}
        where = f"task {self.task_id!r} ({self.mapped_class.__name__}), map index {index}"
        if self._field is not None:
            own = dict(kwargs.get(self._field) or {})
            if self._strict:
                check_twice(where, own, values, "given in partial() already")
            values = {self._field: {**own, **values}}
        else:
            check_mapped_names(where, self.mapped_class, self.partial_kwargs, values, strict=self._strict)
        params = values.pop("params", None) if self._field is None else None
        operator = self._make({**kwargs, **values}, params)
        operator._results = results
        return operator

    def _make(self, kwargs: dict[str, Any], params: Any) -> BaseOperator:
        for name in ("dag", "task_group", "params", "task_id", "default_args"):
            kwargs.pop(name, None)
        cls = self.mapped_class
        new: Any = cls.__new__
        operator: BaseOperator = new(cls)
        operator._place = self._place
        own = merged_defaults(self._dag, self.task_group, self.partial_kwargs.get("default_args"))
        own.pop("params", None)
        with scope.closed():
            # not through the class: the operator of an instance joins no DAG and links nothing
            cls.__init__(operator, task_id=self.task_id, default_args=own, **kwargs)
        operator.params = self.params if not params else copy.copy(self.params).deep_merge(params)
        operator._dag, operator.task_group, operator._label = self._dag, self.task_group, self._label
        operator.upstream_task_ids, operator.downstream_task_ids = self.upstream_task_ids, self.downstream_task_ids
        operator.is_setup, operator.is_teardown = self.is_setup, self.is_teardown
        operator.on_failure_fail_dagrun = self.on_failure_fail_dagrun
        operator.trigger_rule = self.trigger_rule
        return operator

    def __repr__(self) -> str:
        return f"<Mapped({self.task_type}): {self.task_id}>"


def copied(value: Any) -> Any:
    """A value with containers of its own, so that a task cannot change those of the loaded DAG."""
    if type(value) is dict:
        return {key: copied(item) for key, item in value.items()}
    if type(value) is list:
        return [copied(item) for item in value]
    if type(value) is tuple:
        return tuple(copied(item) for item in value)
    return set(value) if type(value) is set else value


def _all_dicts(value: Any) -> bool:
    return not isinstance(value, XComArg) and all(isinstance(item, Mapping) for item in value)


class DecoratedMappedOperator(MappedOperator):
    """A mapped `@task`: what differs between its instances are arguments of the function."""

    @property
    def op_kwargs_expand_input(self) -> ExpandInput:
        """The arguments that differ."""
        return self.expand_input
