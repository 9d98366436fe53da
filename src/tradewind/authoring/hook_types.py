"""Which hook serves a connection type: the one of an installed provider package, or one of the few built in.

Called by `Connection.get_hook`.  Classes are named as text and imported at first use: most DAG files need none of them.
"""

from __future__ import annotations

import importlib
from typing import Any

from tradewind.authoring.providers import declared
from tradewind.errors import AirflowException

BUILT_IN = {
    **dict.fromkeys(("duckdb", "postgres", "postgresql", "redshift", "sqlite"), "tradewind.authoring.sql.SqlHook"),
    "aws": "tradewind.authoring.s3.S3Hook",
}


def make_hook(connection: Any, hook_params: dict[str, Any] | None = None) -> Any:
    """The hook for a `Connection`, made with `hook_params`.

    Raises AirflowException naming the type when neither a provider nor Tradewind serves it.
    """
    conn_type = (connection.conn_type or "").lower()
    path = provider_hook(conn_type)
    built_in = BUILT_IN.get(conn_type)
    if path is None and built_in is None:
        raise AirflowException(
            f"no hook for the type {conn_type!r} of connection {connection.conn_id!r}: install the provider package "
            f"that brings it; built in are {', '.join(sorted(BUILT_IN))}"
        )
    module, _, name = (path or built_in or "").rpartition(".")
    hook = getattr(importlib.import_module(module), name)
    # a provider's hook looks the connection up by its id; ours take the one at hand
    about = {"conn_id": connection} if path is None else {hook.conn_name_attr: connection.conn_id}
    return hook(**about, **(hook_params or {}))


def provider_hook(conn_type: str) -> str | None:
    """Dotted name of the hook that an installed provider package declares for the type, or None."""
    for _, entry in declared("connection-types"):
        if entry.get("connection-type") == conn_type:
            return str(entry["hook-class-name"])
    return None
