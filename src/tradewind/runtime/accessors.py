"""`var` and `conn` of the template context: `var.value.name`, `var.json.name.field`, `conn.my_db.host`.

Made by `context`.
"""

from __future__ import annotations

from typing import Any

from tradewind.authoring.connection import Connection
from tradewind.authoring.notset import NOTSET
from tradewind.authoring.variable import Variable
from tradewind.errors import AirflowNotFoundException


class VariableAccessor:
    """Variables as attributes and items."""

    def __init__(self, *, deserialize_json: bool) -> None:
        self._deserialize_json = deserialize_json

    def __getattr__(self, key: str) -> Any:
        if key.startswith("__"):  # Python's own protocols (copy, pickle) are not variables
            raise AttributeError(key)
        return self[key]

    def __getitem__(self, key: str) -> Any:
        return Variable.get(key, deserialize_json=self._deserialize_json)

    def get(self, key: str, default: Any = NOTSET) -> Any:
        """The variable, or `default` when there is none.  Raises KeyError without a default."""
        if default is NOTSET:
            return self[key]
        return Variable.get(key, default, deserialize_json=self._deserialize_json)

    def __repr__(self) -> str:
        return "var.json" if self._deserialize_json else "var.value"


class VariableAccessors:
    """`var` of the context."""

    def __init__(self) -> None:
        self.value = VariableAccessor(deserialize_json=False)
        self.json = VariableAccessor(deserialize_json=True)

    def __repr__(self) -> str:
        return "var"


class ConnectionAccessor:
    """`conn` of the context: connections as attributes and items."""

    def __getattr__(self, conn_id: str) -> Any:
        if conn_id.startswith("__"):
            raise AttributeError(conn_id)
        return self[conn_id]

    def __getitem__(self, conn_id: str) -> Any:
        return Connection.get(conn_id)

    def get(self, conn_id: str, default: Any = None) -> Any:
        """The connection, or `default` when there is none."""
        try:
            return self[conn_id]
        except AirflowNotFoundException:
            return default

    def __repr__(self) -> str:
        return "conn"
