"""A minimal hook for connections of type `aws`: a boto3 S3 client with the connection's credentials.

`BaseHook.get_hook("conn_id")` returns it when the Amazon provider is not installed.  Needs the extra `tradewind[s3]`.
"""

from __future__ import annotations

import importlib
from typing import Any

from tradewind.authoring.connection import Connection
from tradewind.authoring.hooks import BaseHook
from tradewind.errors import AirflowException


class S3Hook(BaseHook):
    """S3 behind a Connection: login and password are the access key and its secret; without them boto3's own chain.

    Read from `extra`: `region_name`, `endpoint_url`, `aws_session_token`.
    """

    conn_name_attr = "conn_id"

    def __init__(self, conn_id: str | Connection) -> None:
        """`conn_id`: the id of a connection, or one."""
        super().__init__()
        self.connection = BaseHook.get_connection(conn_id) if isinstance(conn_id, str) else conn_id

    def get_conn(self) -> Any:
        """A boto3 S3 client.  Raises AirflowException when boto3 is not installed."""
        try:
            boto3 = importlib.import_module("boto3")
        except ModuleNotFoundError:
            raise AirflowException(
                f"connection {self.connection.conn_id!r} needs boto3, which is not installed: "
                "pip install 'tradewind[s3]', or the Amazon provider"
            ) from None
        extra = self.connection.extra_dejson
        return boto3.client(
            "s3",
            aws_access_key_id=self.connection.login or None,
            aws_secret_access_key=self.connection.password or None,
            aws_session_token=extra.get("aws_session_token"),
            region_name=extra.get("region_name"),
            endpoint_url=extra.get("endpoint_url"),
        )
