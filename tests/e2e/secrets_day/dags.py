"""Tasks that are careless with secrets: they print them, render them, fail with them, return them."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

from vault_of_tests import Given

from airflow.hooks.base import BaseHook
from airflow.models import BaseOperator, Variable
from airflow.operators.bash import BashOperator
from airflow.sdk import DAG, task
from airflow.sdk.log import mask_secret


def secrets() -> dict[str, Any]:
    lake, in_vault, in_env = (BaseHook.get_connection(conn_id) for conn_id in ("lake", "in_vault", "in_env"))
    made = os.environ["DAY_MADE_TOKEN"]
    mask_secret(made)
    values = [
        lake.password,
        lake.extra_dejson["api_token"],
        Variable.get("api_key"),
        in_vault.password,
        Variable.get("vault_token"),
        in_env.password,
        made,
    ]
    return {"found": values, "text": " and ".join(map(str, values))}


class Waits(BaseOperator):
    template_fields = ("words",)

    def __init__(self, words: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = words

    def execute(self, context: Any) -> None:
        self.defer(trigger=Given(password=secrets()["found"][0]), method_name="back")

    def back(self, context: Any, event: Any) -> None:
        print("back with", event)  # noqa: T201


with DAG("day", start_date=datetime(2024, 1, 1), schedule=None, params={"password": ""}):

    @task
    def leaks(**context: Any) -> dict[str, Any]:
        told = secrets()
        print(told["text"], context["params"]["password"])  # noqa: T201
        context["ti"].xcom_push("early", told["found"])
        return told

    @task
    def fails(**context: Any) -> None:
        raise ValueError(secrets()["text"])

    @task
    def prints(told: dict[str, Any]) -> None:
        """Asked for no secret itself."""
        print(told["found"], told["text"])  # noqa: T201

    prints(leaks())
    fails()
    BashOperator(
        task_id="renders",
        bash_command="echo {{ conn.lake.password }} $KEY",
        env={"KEY": "{{ var.value.api_key }}", "OTHER": "{{ conn.in_vault.password }} {{ var.value.vault_token }}"},
        append_env=True,
    )
    BashOperator(
        task_id="environment",
        bash_command="printenv TRADEWIND_SECRET_KEY TRADEWIND_JWT_SECRET TRADEWIND_OIDC_CLIENT_SECRET",
        do_xcom_push=True,
    )
    Waits(task_id="waits", words="{{ conn.lake.password }} {{ params.password }}")
