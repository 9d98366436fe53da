"""The operator behind `@task.sensor`, apart from the others so that a DAG file without sensors loads none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tradewind.authoring.operators.decorated import check_decorated_call
from tradewind.authoring.sensors import PythonSensor


class DecoratedSensorOperator(PythonSensor):
    """`@task.sensor`."""

    custom_operator_name = "@task.sensor"

    def __init__(
        self, *, python_callable: Callable[..., Any], op_args: Any = (), op_kwargs: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(python_callable=python_callable, op_args=op_args, op_kwargs=op_kwargs, **kwargs)
        check_decorated_call(self, python_callable, op_args, op_kwargs or {})
