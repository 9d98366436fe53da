#: callables_all:
#:   tasks: {typed: success, partial: success, lambda: success, method: success, callable_object: success,
#:           coroutine: success, async_task: success, generator_user: success, static: success}
#:   xcoms:
#:     typed: {return_value: ["2024-03-05", 3]}
#:     partial: {return_value: [1, 2, "2024-03-05"]}
#:     method: {return_value: "lake/2024-03-05"}
#:     callable_object: {return_value: "called 7"}
#:     coroutine: {return_value: [0, 1, 4]}
#:     async_task: {return_value: async 2024-03-05}
#:     generator_user: {return_value: 10}
from __future__ import annotations

import asyncio
import functools
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Optional, Union

from airflow import DAG
from airflow.decorators import task
from airflow.operators.python import PythonOperator

if TYPE_CHECKING:
    from airflow.models import DagRun, TaskInstance
    from airflow.utils.context import Context


@dataclass
class Row:
    number: int
    text: Optional[str] = None


def typed(ds: str, ti: TaskInstance, rows: list[Row], dag_run: DagRun, limit: Union[int, None] = 3) -> list:
    assert asdict(rows[0]) == {"number": 1, "text": None}
    assert dag_run.run_id == ti.run_id
    return [ds, limit]


def three(a, b, ds):
    return [a, b, ds]


class Lake:
    def __init__(self, name):
        self.name = name

    def path(self, ds):
        return f"{self.name}/{ds}"

    @staticmethod
    def check(**context: Context):
        assert context["ti"].task_id == "static"


class Counter:
    def __init__(self, number):
        self.number = number

    def __call__(self):
        return f"called {self.number}"


async def gather():
    async def square(number):
        await asyncio.sleep(0)
        return number * number

    return await asyncio.gather(*(square(number) for number in range(3)))


with DAG("callables_all", start_date=datetime(2023, 1, 1), schedule_interval=None) as dag:
    PythonOperator(task_id="typed", python_callable=typed, op_kwargs={"rows": [Row(1)]})
    PythonOperator(task_id="partial", python_callable=functools.partial(three, 1, b=2))
    PythonOperator(task_id="lambda", python_callable=lambda **kwargs: print(sorted(kwargs)))
    PythonOperator(task_id="method", python_callable=Lake("lake").path)
    PythonOperator(task_id="static", python_callable=Lake.check)
    PythonOperator(task_id="callable_object", python_callable=Counter(7))
    PythonOperator(task_id="coroutine", python_callable=gather)

    @task
    async def async_task(ds=None):
        await asyncio.sleep(0)
        return f"async {ds}"

    @task
    def generator_user():
        return sum(number for number in range(5))

    async_task()
    generator_user()
