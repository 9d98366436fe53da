"""The Python operators behind `@task` and its kin.  Class names are those that Airflow's API shows.

Made by `decorators`; not meant to be used directly.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from tradewind.authoring.callables import check_call
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
