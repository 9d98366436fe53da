"""`BaseHook`: the base of classes that talk to a system through a Connection.

Airflow: `airflow.hooks.base`, `airflow.sdk.BaseHook`.
"""

from __future__ import annotations

from typing import Any

from tradewind.authoring.connection import Connection
from tradewind.authoring.logging_mixin import LoggingMixin


class BaseHook(LoggingMixin):
    """Subclasses implement `get_conn`."""

    _log_config_logger_name = "airflow.task.hooks"

    def __init__(self, logger_name: str | None = None) -> None:
        super().__init__()
        self._logger_name = logger_name

    @classmethod
    def get_connection(cls, conn_id: str) -> Connection:
        """The connection.  Raises `AirflowNotFoundException` with the fix."""
        return Connection.get(conn_id)

    @classmethod
    def get_hook(cls, conn_id: str, hook_params: dict[str, Any] | None = None) -> Any:
        """The hook of the connection's type.  Raises `AirflowException` when there is none."""
        return cls.get_connection(conn_id).get_hook(hook_params=hook_params)

    def get_conn(self) -> Any:
        """The client.  Subclasses implement it."""
        raise NotImplementedError(f"{type(self).__name__} does not implement get_conn()")

    @classmethod
    def get_connection_form_widgets(cls) -> dict[str, Any]:
        """Extra fields of the connection's form."""
        return {}

    @classmethod
    def get_ui_field_behaviour(cls) -> dict[str, Any]:
        """Hidden and renamed fields of the connection's form."""
        return {}
