"""What the tests of the command line share: DAG files and the result of a command."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tradewind.store import Store

FIRST = """
from datetime import datetime

from tradewind import DAG, BashOperator, EmptyOperator, PythonOperator


def hello(ds=None, **context):
    print("hello on", ds)


with DAG(
    "my_first_dag",
    start_date=datetime(2022, 5, 1),
    schedule="0 2 * * *",
    catchup=False,
    tags=["first", "example"],
    params={"name": "world"},
) as dag:
    PythonOperator(task_id="print_hello", python_callable=hello) >> BashOperator(
        task_id="say", bash_command="echo hello {{ params.name }} on {{ ds }}"
    ) >> EmptyOperator(task_id="end")

with DAG("second_dag", start_date=datetime(2022, 5, 1), schedule=None):
    EmptyOperator(task_id="only")
"""
BROKEN = "from tradewind import DAG\n\nimport a_package_that_is_missing\n"


@dataclass
class Result:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Result]


def opened(home: Path) -> Store:
    """The store of a home folder."""
    return Store(f"sqlite:///{home}/tradewind.db", (home / "secret.key").read_text().strip())
