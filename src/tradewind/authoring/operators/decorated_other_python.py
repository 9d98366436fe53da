"""The operators behind `@task.virtualenv`, `@task.external_python` and their branches.

Apart from the others, so that a DAG file without them loads no subprocess.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tradewind.authoring.operators.decorated import check_decorated_call
from tradewind.authoring.operators.other_python import (
    BasePythonVirtualenvOperator,
    BranchExternalPythonOperator,
    BranchPythonVirtualenvOperator,
    ExternalPythonOperator,
    PythonVirtualenvOperator,
)


class _ChecksCall(BasePythonVirtualenvOperator):
    """An operator whose arguments come from a call of its function."""

    def __init__(
        self, *, python_callable: Callable[..., Any], op_args: Any = (), op_kwargs: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(python_callable=python_callable, op_args=op_args, op_kwargs=op_kwargs, **kwargs)
        check_decorated_call(self, python_callable, op_args, op_kwargs or {})


class _PythonVirtualenvDecoratedOperator(_ChecksCall, PythonVirtualenvOperator):
    """`@task.virtualenv`."""

    custom_operator_name = "@task.virtualenv"
    infers_outputs = True


class _PythonExternalDecoratedOperator(_ChecksCall, ExternalPythonOperator):
    """`@task.external_python`."""

    custom_operator_name = "@task.external_python"
    infers_outputs = True


class _BranchPythonVirtualenvDecoratedOperator(_ChecksCall, BranchPythonVirtualenvOperator):
    """`@task.branch_virtualenv`."""

    custom_operator_name = "@task.branch_virtualenv"


class _BranchExternalPythonDecoratedOperator(_ChecksCall, BranchExternalPythonOperator):
    """`@task.branch_external_python`."""

    custom_operator_name = "@task.branch_external_python"
