"""`@task`, `@task.bash`, `@task_group`, `@setup` ...: functions as tasks and groups.

Airflow: `airflow.decorators`, `task`, `task_group`, `setup`, `teardown` of `airflow.sdk`.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import re
import typing
from collections.abc import Callable, Mapping
from typing import Any

from tradewind.authoring import providers, scope
from tradewind.authoring.expansion import (
    DictOfLists,
    ExpandInput,
    ListOfDicts,
    MappedArgument,
    check_function_names,
    check_names,
    check_twice,
    parameters_of,
)
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.problems import ArgumentTypeError
from tradewind.authoring.taskgroup import TaskGroup
from tradewind.authoring.xcom_arg import XComArg
from tradewind.errors import AirflowSkipException, DagAuthoringError

OPERATORS: dict[str, str] = {
    "python": "decorated:_PythonDecoratedOperator",
    "bash": "decorated_bash:_BashDecoratedOperator",
    "branch": "decorated:BranchPythonDecoratedOperator",
    "short_circuit": "decorated:ShortCircuitDecoratedOperator",
    "sensor": "decorated_sensor:DecoratedSensorOperator",
    "virtualenv": "decorated_other_python:_PythonVirtualenvDecoratedOperator",
    "external_python": "decorated_other_python:_PythonExternalDecoratedOperator",
    "branch_virtualenv": "decorated_other_python:_BranchPythonVirtualenvDecoratedOperator",
    "branch_external_python": "decorated_other_python:_BranchExternalPythonDecoratedOperator",
}
"""`@task.<name>` and its operator, as module of `operators` and class; loaded when the decorator is used.

More names come with provider packages.
"""


def operator_of(name: str) -> type[BaseOperator]:
    """The operator behind `@task.<name>`.  Raises `UnknownDecoratorError`."""
    if name not in OPERATORS:
        raise UnknownDecoratorError(
            f"there is no decorator @task.{name}",
            fix=f"`pip install` the provider package that brings it, or use one of "
            f"{', '.join(f'@task.{known}' for known in OPERATORS)}",
        )
    module, _, cls = OPERATORS[name].partition(":")
    found: type[BaseOperator] = getattr(importlib.import_module(f"tradewind.authoring.operators.{module}"), cls)
    return found


class TaskFunction:
    """A decorated function: calling it makes a task and gives the task's result, an `XComArg`."""

    def __init__(
        self,
        function: Callable[..., Any],
        operator_class: type[BaseOperator],
        kwargs: Mapping[str, Any],
        *,
        is_setup: bool = False,
        is_teardown: bool = False,
        on_failure_fail_dagrun: bool = False,
    ) -> None:
        if isinstance(function, TaskFunction | TaskGroupFunction):
            raise ArgumentTypeError(f"{function!r} is decorated already", fix="use one decorator only")
        if not callable(function):
            raise ArgumentTypeError(f"@task needs a function, not {function!r}", fix="write @task above `def`")
        if isinstance(function, type):
            raise ArgumentTypeError(f"@task cannot decorate the class {function.__name__}", fix="decorate a function")
        functools.update_wrapper(self, function)
        self.function = function
        self.operator_class = operator_class
        self.kwargs = dict(kwargs)
        self.kwargs.setdefault("task_id", getattr(function, "__name__", "task"))
        self.is_setup, self.is_teardown = is_setup, is_teardown
        self.on_failure_fail_dagrun = on_failure_fail_dagrun
        self.shared: dict[str, Any] = {}
        """Arguments of the function that `partial` gave."""

    def __call__(self, *args: Any, **kwargs: Any) -> XComArg:
        """Make the task.  Raises `ArgumentTypeError` when the arguments do not fit the function."""
        options = self._options()
        operator = self.operator_class(
            python_callable=self.function, op_args=args, op_kwargs={**self.shared, **kwargs}, **options
        )
        return self._finished(operator)

    def _options(self) -> dict[str, Any]:
        """The operator's arguments, with an id that is free."""
        options = dict(self.kwargs)
        dag = options.get("dag") or scope.current_dag()
        group = options.get("task_group") or scope.current_group(dag)
        options["task_id"] = unique_task_id(options["task_id"], dag, group)
        if "multiple_outputs" not in options and getattr(self.operator_class, "infers_outputs", False):
            options["multiple_outputs"] = returns_mapping(self.function)
        if self.function.__doc__ and not any(
            name in options for name in ("doc", "doc_md", "doc_json", "doc_yaml", "doc_rst")
        ):
            options["doc_md"] = inspect.cleandoc(self.function.__doc__)
        return options

    def _finished(self, operator: BaseOperator) -> XComArg:
        if self.is_setup:
            operator.as_setup()
        if self.is_teardown:
            operator.as_teardown(on_failure_fail_dagrun=self.on_failure_fail_dagrun)
        return operator.output

    def _replaced(self, **changes: Any) -> TaskFunction:
        fields: dict[str, Any] = {
            "kwargs": self.kwargs,
            "is_setup": self.is_setup,
            "is_teardown": self.is_teardown,
            "on_failure_fail_dagrun": self.on_failure_fail_dagrun,
            **changes,
        }
        made = TaskFunction(self.function, self.operator_class, **fields)
        made.shared = self.shared
        return made

    def override(self, **kwargs: Any) -> TaskFunction:
        """The same function with other arguments for the operator."""
        return self._replaced(kwargs={**self.kwargs, **kwargs})

    def partial(self, **kwargs: Any) -> TaskFunction:
        """Arguments that all instances share; go on with `.expand(...)`.  Raises `ArgumentTypeError`."""
        check_function_names(self._where, "partial", self.function, kwargs)
        check_twice(self._where, self.shared, kwargs, "given in partial() already")
        made = self._replaced()
        made.shared = {**self.shared, **kwargs}
        return made

    def expand(self, **kwargs: Any) -> XComArg:
        """Make a task with one instance for every combination of the values.  Raises `ArgumentTypeError`."""
        expand = DictOfLists(self._where, kwargs)
        check_function_names(self._where, "expand", self.function, kwargs)
        check_twice(self._where, self.shared, kwargs, "given in partial() already")
        return self._mapped(expand, strict=True)

    def expand_kwargs(self, kwargs: Any, *, strict: bool = True) -> XComArg:
        """Make a task with one instance for every dict of arguments.  Raises `ArgumentTypeError`."""
        expand = ListOfDicts(self._where, kwargs)
        for item in kwargs if not isinstance(kwargs, XComArg) else ():
            if not isinstance(item, XComArg):
                check_function_names(self._where, "expand_kwargs", self.function, item)
                if strict:
                    check_twice(self._where, self.shared, item, "given in partial() already")
        return self._mapped(expand, strict=strict)

    @property
    def _where(self) -> str:
        return f"task {self.kwargs['task_id']!r}"

    def _mapped(self, expand: ExpandInput, *, strict: bool) -> XComArg:
        from tradewind.authoring.mapped import make_mapped

        kwargs = {**self._options(), "python_callable": self.function, "op_args": (), "op_kwargs": self.shared}
        return self._finished(make_mapped(self.operator_class, kwargs, expand, strict=strict, field="op_kwargs"))

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        """As a method the function gets its object."""
        if instance is None:
            return self
        bound = self._replaced()
        bound.function = functools.partial(self.function, instance)
        for name in ("__name__", "__qualname__", "__doc__", "__module__"):  # no __wrapped__: it has one argument more
            setattr(bound.function, name, getattr(self.function, name, None))
        return bound


def _decorated(function: Callable[..., Any] | None, operator_class: type[BaseOperator], options: Any) -> Any:
    if function is not None:
        return TaskFunction(function, operator_class, options)
    return functools.partial(TaskFunction, operator_class=operator_class, kwargs=options)


def task_decorator_factory(
    python_callable: Callable[..., Any] | None = None,
    *,
    multiple_outputs: bool | None = None,
    decorated_operator_class: type[BaseOperator],
    **kwargs: Any,
) -> Any:
    """A decorator of a provider package: `@task.name` and `@task.name(...)` around an operator of its own.

    Airflow: `airflow.sdk.bases.decorator`.
    """
    if multiple_outputs is not None:
        kwargs["multiple_outputs"] = multiple_outputs
    return _decorated(python_callable, decorated_operator_class, kwargs)


class TaskDecorators:
    """`task`: callable as `@task`, and with the other decorators as attributes."""

    def __init__(self, dag: Any = None) -> None:
        self._options = {} if dag is None else {"dag": dag}

    def __call__(
        self,
        python_callable: Callable[..., Any] | None = None,
        multiple_outputs: bool | None = None,
        **kwargs: Any,
    ) -> Any:
        """`@task` and `@task(...)`: the function becomes a Python task."""
        return self._decorate("python", python_callable, multiple_outputs, kwargs)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in OPERATORS:
            brought = providers.task_decorator(name)
            if brought is None:
                operator_of(name)  # says what there is
            else:
                return functools.partial(brought, **self._options)

        def decorator(
            python_callable: Callable[..., Any] | None = None,
            multiple_outputs: bool | None = None,
            **kwargs: Any,
        ) -> Any:
            return self._decorate(name, python_callable, multiple_outputs, kwargs)

        return decorator

    def _decorate(
        self,
        name: str,
        function: Callable[..., Any] | None,
        multiple_outputs: bool | None,
        kwargs: dict[str, Any],
    ) -> Any:
        options = {**self._options, **kwargs}
        if multiple_outputs is not None:
            options["multiple_outputs"] = multiple_outputs
        return _decorated(function, operator_of(name), options)

    def run_if(
        self, condition: Callable[[Any], Any], skip_message: str | None = None
    ) -> Callable[[TaskFunction], TaskFunction]:
        """`@task.run_if(condition)` above `@task`: the task is skipped unless `condition(context)` holds."""
        return _conditional(condition, skip_message, wanted=True)

    def skip_if(
        self, condition: Callable[[Any], Any], skip_message: str | None = None
    ) -> Callable[[TaskFunction], TaskFunction]:
        """`@task.skip_if(condition)` above `@task`: the task is skipped if `condition(context)` holds."""
        return _conditional(condition, skip_message, wanted=False)


class UnknownDecoratorError(DagAuthoringError, AttributeError):
    """`@task.<name>` that does not exist."""


def _conditional(
    condition: Callable[[Any], Any], message: str | None, *, wanted: bool
) -> Callable[[TaskFunction], TaskFunction]:
    def wrap(function: TaskFunction) -> TaskFunction:
        if not isinstance(function, TaskFunction):
            raise ArgumentTypeError("@task.run_if and @task.skip_if go above @task", fix="swap the two decorators")
        earlier = function.kwargs.get("pre_execute")

        def check(context: Any) -> None:
            answer = condition(context)
            holds, why = answer if isinstance(answer, tuple) else (answer, None)  # Airflow 3 lets it say why
            if bool(holds) is not wanted:
                raise AirflowSkipException(why or message or f"skipped by @task.{'run_if' if wanted else 'skip_if'}")
            if earlier is not None:
                earlier(context)

        return function.override(pre_execute=check)

    return wrap


task = TaskDecorators()


def get_unique_task_id(task_id: str, dag: Any = None, task_group: Any = None) -> str:
    """As `unique_task_id`, of the DAG and group at hand.  Airflow: `airflow.sdk.bases.decorator`."""
    dag = dag or scope.current_dag()
    return unique_task_id(task_id, dag, task_group or scope.current_group(dag))


def unique_task_id(task_id: str, dag: Any, group: Any) -> str:
    """The id, or, when the DAG has it, the next free of `id__1`, `id__2`, ..."""
    if dag is None:
        return task_id

    def full(label: str) -> str:
        return str(group.child_id(label)) if group is not None else label

    if full(task_id) not in dag.taken:
        return task_id
    core = re.split(r"__\d+$", task_id)[0]
    return f"{core}__{dag.taken.next_number(full(core))}"


def returns_mapping(function: Callable[..., Any]) -> bool:
    """Whether the annotation says that the function returns a dict: then each of its keys is an XCom of its own."""
    while isinstance(function, functools.partial):
        function = function.func
    try:
        returned = typing.get_type_hints(function).get("return", Any)
    except (NameError, TypeError, AttributeError):  # an annotation that exists only for type checkers
        return False
    origin = typing.get_origin(returned) or returned
    return isinstance(origin, type) and issubclass(origin, Mapping)


class TaskGroupFunction:
    """A function decorated with `@task_group`: calling it makes a task group of the tasks it makes."""

    def __init__(self, function: Callable[..., Any], kwargs: Mapping[str, Any]) -> None:
        functools.update_wrapper(self, function)
        self.function = function
        self.kwargs = dict(kwargs)
        self.kwargs.setdefault("group_id", function.__name__)
        if function.__doc__:
            self.kwargs.setdefault("tooltip", inspect.cleandoc(function.__doc__))
        self.shared: dict[str, Any] = {}
        """Arguments of the function that `partial` gave."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Make the group; gives what the function returns, or the group."""
        with TaskGroup(**{"add_suffix_on_collision": True, **self.kwargs}) as group:
            result = self.function(*args, **{**self.shared, **kwargs})
        return group if result is None else result

    def override(self, **kwargs: Any) -> TaskGroupFunction:
        """The same function with other arguments for the group."""
        made = TaskGroupFunction(self.function, {**self.kwargs, **kwargs})
        made.shared = self.shared
        return made

    def partial(self, **kwargs: Any) -> TaskGroupFunction:
        """Arguments that all instances share; go on with `.expand(...)`.  Raises `ArgumentTypeError`."""
        check_names(self._where, "partial", kwargs, parameters_of(self.function))
        check_twice(self._where, self.shared, kwargs, "given in partial() already")
        made = self.override()
        made.shared = {**self.shared, **kwargs}
        return made

    def expand(self, **kwargs: Any) -> Any:
        """Make a group that exists once for every combination of the values; gives what the function returns, or the
        group.  Raises `ArgumentTypeError`."""
        expand = DictOfLists(self._where, kwargs)
        check_names(self._where, "expand", kwargs, parameters_of(self.function))
        check_twice(self._where, self.shared, kwargs, "given in partial() already")
        return self._mapped(expand, dict.fromkeys(kwargs))

    def expand_kwargs(self, kwargs: Any) -> Any:
        """Make a group that exists once for every dict of arguments; gives what the function returns, or the group.
        Raises `ArgumentTypeError`."""
        expand = ListOfDicts(self._where, kwargs)
        parameters = inspect.signature(self.function).parameters
        if any(p.kind in (p.VAR_KEYWORD, p.VAR_POSITIONAL) for p in parameters.values()):
            raise ArgumentTypeError(
                f"{self._where}: expand_kwargs() of a function with * or ** parameters is not supported",
                fix="name the parameters",
            )
        for item in kwargs if not isinstance(kwargs, XComArg) else ():
            if not isinstance(item, XComArg):
                check_names(self._where, "expand_kwargs", item, parameters)
                check_twice(self._where, self.shared, item, "given in partial() already")
        return self._mapped(expand, {name: p for name, p in parameters.items() if name not in self.shared})

    @property
    def _where(self) -> str:
        return f"task group {self.kwargs['group_id']!r}"

    def _mapped(self, expand: ExpandInput, names: Mapping[str, Any]) -> Any:
        with TaskGroup(**{"add_suffix_on_collision": True, **self.kwargs}) as group:
            group.map_over(expand)
            stubs = {}
            for name, parameter in names.items():
                stub = functools.partial(MappedArgument, str(group.group_id), expand, name)
                known = parameter is not None and parameter.default is not parameter.empty
                stubs[name] = stub(parameter.default) if known else stub()
            result = self.function(**self.shared, **stubs)
        group.link_map()
        return group if result is None else result


def task_group(group_id: Any = None, **kwargs: Any) -> Any:
    """`@task_group` and `@task_group(group_id="x", ...)`."""
    if callable(group_id):
        return TaskGroupFunction(group_id, kwargs)
    if group_id is not None:
        kwargs["group_id"] = group_id
    return functools.partial(TaskGroupFunction, kwargs=kwargs)


def setup(function: Any) -> Any:
    """`@setup`: a setup task; above `@task`, or alone."""
    made = function if isinstance(function, TaskFunction) else task(function)
    return made._replaced(is_setup=True)


def teardown(function: Any = None, *, on_failure_fail_dagrun: bool = False) -> Any:
    """`@teardown`, `@teardown(on_failure_fail_dagrun=True)`: a teardown task; above `@task`, or alone."""
    if function is None:
        return functools.partial(teardown, on_failure_fail_dagrun=on_failure_fail_dagrun)
    made = function if isinstance(function, TaskFunction) else task(function)
    return made._replaced(is_teardown=True, on_failure_fail_dagrun=on_failure_fail_dagrun)
