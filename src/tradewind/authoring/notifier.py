"""`BaseNotifier` and `BaseOperatorLink`: objects for callbacks and for links.  Airflow: the same names."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any

from tradewind.authoring.templates import Templater, make_environment


class BaseNotifier(Templater):
    """A message sent by a callback: `on_failure_callback=MyNotifier(...)`.  Its template fields are rendered first."""

    template_fields: Collection[str] = ()

    def __init__(self, context: Any = None) -> None:
        self.context = context or {}

    @property
    def log(self) -> logging.Logger:
        """The notifier's logger."""
        return logging.getLogger(f"airflow.task.notifier.{type(self).__module__}.{type(self).__qualname__}")

    def notify(self, context: Any) -> None:
        """Send the message.  Subclasses implement this, or `async_notify`."""
        if type(self).async_notify is BaseNotifier.async_notify:
            raise NotImplementedError(f"{type(self).__name__} does not implement notify(self, context)")
        import asyncio  # 50 ms that a DAG file should not pay

        asyncio.run(self.async_notify(context))

    async def async_notify(self, context: Any) -> None:
        """Send the message from a coroutine."""
        raise NotImplementedError(f"{type(self).__name__} does not implement async_notify(self, context)")

    def render_template_fields(self, context: Any, jinja_env: Any = None) -> None:
        """Render the template fields in place."""
        dag = context.get("dag") if hasattr(context, "get") else None
        env = jinja_env or (dag.get_template_env() if dag is not None else make_environment())
        self.render_fields(self, self.template_fields, context, env)

    def __call__(self, *args: Any) -> None:
        """Render and send: a callback gets the context; an SLA callback of Airflow 2 gets five values."""
        names = ("dag", "task_list", "blocking_task_list", "slas", "blocking_tis")
        context = args[0] if len(args) == 1 else dict(zip(names, args, strict=False))
        self.context = context
        kept = {name: getattr(self, name) for name in self.template_fields if hasattr(self, name)}
        self.render_template_fields(context)
        try:
            self.notify(context)
        finally:  # the same notifier serves the next failure, whose context is another
            for name, value in kept.items():
                setattr(self, name, value)


class BaseOperatorLink:
    """A link to another system shown with a task instance."""

    name: str = ""
    operators: Collection[type] = ()

    @property
    def xcom_key(self) -> str:
        """Under which XCom key the link is kept."""
        return f"_link_{type(self).__name__}"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """The URL.  Subclasses implement it."""
        raise NotImplementedError(f"{type(self).__name__} does not implement get_link(self, operator, *, ti_key)")
