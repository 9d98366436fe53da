"""The Python operators behind `@task` and its kin.  Class names are those that Airflow's API shows.

Made by `decorators`; not meant to be used directly.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar

from tradewind.authoring.callables import check_call
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.operators.python import BranchPythonOperator, PythonOperator, ShortCircuitOperator
from tradewind.authoring.problems import located
from tradewind.errors import DagAuthoringError


class _ChecksCall(PythonOperator):
    """A Python operator whose arguments come from a call of its function."""

    def __init__(
        self, *, python_callable: Callable[..., Any], op_args: Any = (), op_kwargs: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(python_callable=python_callable, op_args=op_args, op_kwargs=op_kwargs, **kwargs)
        check_decorated_call(self, python_callable, op_args, op_kwargs or {})


def check_decorated_call(
    operator: Any, function: Callable[..., Any], args: Collection[Any], kwargs: Mapping[str, Any]
) -> None:
    name = getattr(function, "__name__", "the function")
    try:
        check_call(f"{name}() of task {operator.task_id!r}", function, args, kwargs)
    except DagAuthoringError as error:
        raise located(error, operator.place) from None


class DecoratedOperator(BaseOperator):
    """Base of the operators behind the task decorators of provider packages: holds the function and its arguments.

    Airflow: `airflow.sdk.bases.decorator`.  It stands first among the bases; the other one, the operator proper, is
    given the rest of the arguments and does the work.
    """

    template_fields: Collection[str] = ("op_args", "op_kwargs")
    template_fields_renderers: ClassVar[dict[str, str]] = {"op_args": "py", "op_kwargs": "py"}

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        task_id: str,
        op_args: Collection[Any] | None = None,
        op_kwargs: Mapping[str, Any] | None = None,
        kwargs_to_upstream: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(task_id=task_id, **{**kwargs, **(kwargs_to_upstream or {})})
        self.python_callable = python_callable
        self.op_args, self.op_kwargs = op_args or (), dict(op_kwargs or {})
        check_decorated_call(self, python_callable, self.op_args, self.op_kwargs)


class _PythonDecoratedOperator(_ChecksCall):
    """`@task`."""

    custom_operator_name = "@task"
    infers_outputs = True


class BranchPythonDecoratedOperator(_ChecksCall, BranchPythonOperator):
    """`@task.branch`."""

    custom_operator_name = "@task.branch"


class ShortCircuitDecoratedOperator(_ChecksCall, ShortCircuitOperator):
    """`@task.short_circuit`."""

    custom_operator_name = "@task.short_circuit"
