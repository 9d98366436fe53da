"""A secrets backend, and a trigger that is given a secret."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from typing import Any

from airflow.models import Connection
from airflow.triggers.base import BaseTrigger, TriggerEvent


class Vault:
    """Has one Connection and one Variable, whose values the test gives."""

    def get_connection(self, conn_id: str) -> Connection | None:
        if conn_id != "in_vault":
            return None
        return Connection(conn_id=conn_id, conn_type="http", host="h", password=os.environ["DAY_VAULT_PASSWORD"])

    def get_variable(self, key: str) -> str | None:
        return os.environ["DAY_VAULT_TOKEN"] if key == "vault_token" else None


class Given(BaseTrigger):
    """Brings back what it was given."""

    def __init__(self, password: str) -> None:
        super().__init__()
        self.password = password

    def serialize(self) -> tuple[str, dict[str, Any]]:
        return ("vault_of_tests.Given", {"password": self.password})

    async def run(self) -> AsyncIterator[TriggerEvent]:
        self.log.info("the trigger has %s", self.password)
        yield TriggerEvent(self.password)
