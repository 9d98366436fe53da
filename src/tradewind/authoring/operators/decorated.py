"""The operators behind `@task` and its kin.  Class names are those that Airflow's API shows.

Made by `decorators`; not meant to be used directly.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar

from tradewind.authoring.callables import check_call, determine_kwargs, run_callable
from tradewind.authoring.notset import NOTSET
from tradewind.authoring.operators.bash import BashOperator
from tradewind.authoring.operators.python import BranchPythonOperator, PythonOperator, ShortCircuitOperator
from tradewind.authoring.problems import located
from tradewind.authoring.sensors import PythonSensor
from tradewind.errors import AirflowException, DagAuthoringError


class _ChecksCall(PythonOperator):
    """A Python operator whose arguments come from a call of its function."""

    def __init__(
        self, *, python_callable: Callable[..., Any], op_args: Any = (), op_kwargs: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(python_callable=python_callable, op_args=op_args, op_kwargs=op_kwargs, **kwargs)
        _check(self, python_callable, op_args, op_kwargs or {})


def _check(operator: Any, function: Callable[..., Any], args: Collection[Any], kwargs: Mapping[str, Any]) -> None:
    name = getattr(function, "__name__", "the function")
    try:
        check_call(f"{name}() of task {operator.task_id!r}", function, args, kwargs)
    except DagAuthoringError as error:
        raise located(error, operator.place) from None


class _PythonDecoratedOperator(_ChecksCall):
    """`@task`."""

    custom_operator_name = "@task"


class BranchPythonDecoratedOperator(_ChecksCall, BranchPythonOperator):
    """`@task.branch`."""

    custom_operator_name = "@task.branch"


class ShortCircuitDecoratedOperator(_ChecksCall, ShortCircuitOperator):
    """`@task.short_circuit`."""

    custom_operator_name = "@task.short_circuit"


class DecoratedSensorOperator(PythonSensor):
    """`@task.sensor`."""

    custom_operator_name = "@task.sensor"

    def __init__(
        self, *, python_callable: Callable[..., Any], op_args: Any = (), op_kwargs: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(python_callable=python_callable, op_args=op_args, op_kwargs=op_kwargs, **kwargs)
        _check(self, python_callable, op_args, op_kwargs or {})


class _BashDecoratedOperator(BashOperator):
    """`@task.bash`: the function returns the command."""

    custom_operator_name = "@task.bash"
    template_fields: Collection[str] = ("op_args", "op_kwargs", "env", "cwd")
    template_fields_renderers: ClassVar[dict[str, str]] = {
        **BashOperator.template_fields_renderers,
        "op_args": "py",
        "op_kwargs": "py",
    }

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        op_args: Collection[Any] = (),
        op_kwargs: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(bash_command=NOTSET, **kwargs)
        self.python_callable = python_callable
        self.op_args, self.op_kwargs = op_args, dict(op_kwargs or {})
        _check(self, python_callable, self.op_args, self.op_kwargs)

    def execute(self, context: Any) -> Any:
        """Call the function, render what it returns, and run that."""
        arguments = determine_kwargs(self.python_callable, self.op_args, self.op_kwargs, context)
        command = run_callable(self.python_callable, self.op_args, arguments)
        if not isinstance(command, str) or not command.strip():
            raise AirflowException(
                f"the function of the @task.bash task {self.task_id!r} must return a command as text, not {command!r}"
            )
        self.bash_command = self.render_template(command, context)
        return super().execute(context)
