"""The operator behind `@task.bash`, apart from the others so that a DAG file without commands loads no subprocess."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar

from tradewind.authoring.callables import determine_kwargs, run_callable
from tradewind.authoring.notset import NOTSET
from tradewind.authoring.operators.bash import BashOperator
from tradewind.authoring.operators.decorated import check_decorated_call
from tradewind.errors import AirflowException


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
        check_decorated_call(self, python_callable, self.op_args, self.op_kwargs)

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
