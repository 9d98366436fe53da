"""The base of classes that look connections and Variables up in a vault.  Airflow: `airflow.secrets`."""

from __future__ import annotations

from typing import Any

from tradewind.authoring.connection import Connection


class BaseSecretsBackend:
    """Subclasses implement `get_conn_value` and `get_variable`."""

    def __init__(self, **kwargs: Any) -> None:
        pass

    @staticmethod
    def build_path(path_prefix: str, secret_id: str, sep: str = "/") -> str:
        """The address of a secret."""
        return f"{path_prefix}{sep}{secret_id}"

    def get_conn_value(self, conn_id: str, *args: Any, **kwargs: Any) -> str | None:
        """The connection as a URI or as JSON, or None when the vault has none."""
        raise NotImplementedError(f"{type(self).__name__} does not implement get_conn_value(self, conn_id)")

    def deserialize_connection(self, conn_id: str, value: str) -> Connection:
        """The connection of such a text.  Raises `AirflowException` when it cannot be read."""
        text = value.strip()
        return Connection.from_json(text, conn_id) if text.startswith("{") else Connection.from_uri(text, conn_id)

    def get_connection(self, conn_id: str, *args: Any, **kwargs: Any) -> Connection | None:
        """The connection, or None."""
        value = self.get_conn_value(conn_id, *args, **kwargs)
        return self.deserialize_connection(conn_id, value) if value else None

    def get_variable(self, key: str, *args: Any, **kwargs: Any) -> str | None:
        """The Variable's text, or None."""
        raise NotImplementedError(f"{type(self).__name__} does not implement get_variable(self, key)")

    def get_config(self, key: str) -> str | None:
        """An option of the configuration, or None."""
        return None
