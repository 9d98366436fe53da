"""Operators that call a Python function.

Airflow: `airflow.operators.python`, `airflow.providers.standard.operators.python`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, ClassVar

from tradewind.authoring.callables import determine_kwargs, run_callable
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.operators.branch import BranchMixIn, downstream_of
from tradewind.authoring.problems import ArgumentTypeError, located


class PythonOperator(BaseOperator):
    """Calls `python_callable(*op_args, **op_kwargs)`; the context's values that it has parameters for are added."""

    template_fields: Collection[str] = ("templates_dict", "op_args", "op_kwargs")
    template_fields_renderers: ClassVar[dict[str, str]] = {
        "templates_dict": "json",
        "op_args": "py",
        "op_kwargs": "py",
    }
    ui_color = "#ffefeb"
    shallow_copy_attrs = ("python_callable", "op_kwargs")

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        op_args: Any = None,
        op_kwargs: Any = None,
        templates_dict: dict[str, Any] | None = None,
        templates_exts: Sequence[str] | None = None,
        show_return_value_in_logs: bool = True,
        provide_context: bool | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        where = f"task {self.task_id!r} ({type(self).__name__})"
        if not callable(python_callable):
            raise located(
                ArgumentTypeError(
                    f"{where}: python_callable must be a function, not {python_callable!r}",
                    fix="write python_callable=my_function, without calling it",
                ),
                self._place,
            )
        if hasattr(python_callable, "override") and hasattr(python_callable, "function"):
            raise located(
                ArgumentTypeError(
                    f"{where}: python_callable is already decorated with @task",
                    fix=f"call {getattr(python_callable, '__name__', 'it')}() instead of making a PythonOperator",
                ),
                self._place,
            )
        self.python_callable = python_callable
        self.op_args = op_args if op_args is not None else ()
        self.op_kwargs: Any = dict(op_kwargs) if isinstance(op_kwargs, Mapping) else op_kwargs or {}
        self.templates_dict = templates_dict
        if templates_exts is not None:
            self.template_ext = templates_exts
        self.show_return_value_in_logs = show_return_value_in_logs
        if provide_context is not None:
            self.note("argument_ignored", f"{where}: provide_context is not needed any more; remove it.")

    def execute(self, context: Any) -> Any:
        """Call the function and log what it returned."""
        if self.templates_dict is not None:
            context["templates_dict"] = self.templates_dict
        self.op_kwargs = self.determine_kwargs(context)
        result = self.execute_callable()
        if not self.show_return_value_in_logs:
            self.log.info("Done. The returned value is not shown.")
        else:
            self.log.info("Done. Returned value was: %s", result)
        return result

    def determine_kwargs(self, context: Any) -> Mapping[str, Any]:
        """The keyword arguments of the call."""
        return determine_kwargs(self.python_callable, self.op_args, self.op_kwargs, context)

    def execute_callable(self) -> Any:
        """Call the function with the arguments that `execute` prepared."""
        return run_callable(self.python_callable, self.op_args, self.op_kwargs)


class BranchPythonOperator(PythonOperator, BranchMixIn):
    """Calls a function that returns the id, or ids, of the tasks or groups to go on with; skips the other ones."""

    def execute(self, context: Any) -> Any:
        """Call the function and skip what it did not choose."""
        return self.do_branch(context, super().execute(context))


class ShortCircuitOperator(PythonOperator):
    """Calls a function; when its result is falsy, what comes after is skipped.

    With `ignore_downstream_trigger_rules` (the default) all tasks after it are skipped, teardowns excepted; without,
    only the direct ones, and the trigger rules decide about the rest.
    """

    def __init__(self, *, ignore_downstream_trigger_rules: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ignore_downstream_trigger_rules = ignore_downstream_trigger_rules

    def execute(self, context: Any) -> Any:
        """Call the function and skip, or go on."""
        condition = super().execute(context)
        self.log.info("Condition result is %s", condition)
        if condition:
            return condition
        skipped = downstream_of(self, direct_only=not self.ignore_downstream_trigger_rules)
        if skipped:
            self.log.info("Skipping downstream tasks %s", ", ".join(skipped))
            context["ti"].skip_downstream(skipped)
        return condition
