"""`BaseAsyncOperator`: an operator whose work is a coroutine.  Airflow: `airflow.sdk`, `airflow.sdk.bases.operator`."""

from __future__ import annotations

from typing import Any

from tradewind.authoring.callables import run_awaitable
from tradewind.authoring.operator import BaseOperator


class BaseAsyncOperator(BaseOperator):
    """Runs `aexecute(context)` in an event loop of its own, in the worker: many requests wait side by side."""

    @property
    def is_async(self) -> bool:
        """Whether the work is a coroutine."""
        return True

    async def aexecute(self, context: Any) -> Any:
        """Do the work; what it returns is the task's result.  Subclasses implement it."""
        raise NotImplementedError(f"{type(self).__name__} does not implement `async def aexecute(self, context)`")

    def execute(self, context: Any) -> Any:
        """Run the coroutine to its end."""
        return run_awaitable(self.aexecute(context))
