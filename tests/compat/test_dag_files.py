"""DAG files written for Airflow 2.2 and for Airflow 3 load side by side, as they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tradewind.loading.bundle import FolderBundle
from tradewind.loading.parse import FileParser
from tradewind.spec.dag import DagSpec

AIRFLOW_2 = """\
from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowException
from airflow.hooks.base import BaseHook
from airflow.models import Variable
from airflow.operators.bash import BashOperator
from airflow.operators.dummy import DummyOperator
from airflow.operators.python import BranchPythonOperator, PythonOperator
from airflow.utils.task_group import TaskGroup
from airflow.utils.trigger_rule import TriggerRule

default_args = {
    "owner": "data",
    "depends_on_past": False,
    "email": ["data@example.com"],
    "email_on_failure": False,
    "retries": 2,
    "retry_delay": timedelta(minutes=5),
}


def extract(**context):
    context["task_instance"].xcom_push(key="rows", value=[1, 2, 3])


def choose(ti):
    return "many" if len(ti.xcom_pull(task_ids="extract", key="rows")) > 2 else "few"


dag = DAG(
    "sales_2_2",
    default_args=default_args,
    description="Written for Airflow 2.2",
    schedule_interval="0 2 * * *",
    start_date=datetime(2022, 1, 1),
    catchup=False,
    tags=["sales"],
)

start = DummyOperator(task_id="start", dag=dag)
extract_task = PythonOperator(task_id="extract", python_callable=extract, dag=dag)
choice = BranchPythonOperator(task_id="choice", python_callable=choose, dag=dag)
many = BashOperator(task_id="many", bash_command="echo {{ ds }}", dag=dag)
few = BashOperator(task_id="few", bash_command="echo {{ execution_date }}", dag=dag)

with TaskGroup("load", dag=dag) as load:
    one = DummyOperator(task_id="one", dag=dag)
    two = DummyOperator(task_id="two", dag=dag)
    one >> two

end = DummyOperator(task_id="end", trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS, dag=dag)
start >> extract_task >> choice >> [many, few] >> load >> end
"""

AIRFLOW_3 = '''\
import pendulum
from airflow.sdk import Param, chain, dag, get_current_context, task, task_group


@dag(
    schedule="@daily",
    start_date=pendulum.datetime(2025, 1, 1, tz="Europe/Berlin"),
    catchup=False,
    tags=["sales"],
    params={"limit": Param(10, type="integer", minimum=1)},
)
def sales_3():
    """Written for Airflow 3."""

    @task
    def extract() -> dict[str, int]:
        context = get_current_context()
        return {"rows": context["params"]["limit"]}

    @task(retries=3)
    def load(rows: int) -> int:
        return rows

    @task.bash
    def tell() -> str:
        return "echo {{ ds }}"

    @task_group
    def checks(rows):
        @task
        def positive(number):
            assert number > 0

        positive(rows)

    loaded = load(extract()["rows"])
    chain(loaded, [tell(), checks(loaded)])


sales_3()
'''

OLDEST = """\
from datetime import timedelta
from airflow.models import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator
from airflow.utils import timezone

with DAG(dag_id="oldest", start_date=timezone.datetime(2019, 1, 1), schedule_interval=timedelta(hours=6)) as dag:
    DummyOperator(task_id="a") >> BashOperator(task_id="b", bash_command="true") >> PythonOperator(
        task_id="c", python_callable=print, provide_context=True
    )
"""


@pytest.fixture(scope="module")
def specs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, DagSpec]]:
    root = tmp_path_factory.mktemp("dags")
    (root / "two.py").write_text(AIRFLOW_2)
    (root / "three.py").write_text(AIRFLOW_3)
    (root / "oldest.py").write_text(OLDEST)
    bundle = FolderBundle("dags", root)
    found: dict[str, DagSpec] = {}
    with FileParser() as parser:
        for name in bundle.list_files():
            file = parser.parse(bundle, name).file
            assert file.errors == (), file.errors
            found |= {spec.dag_id: spec for spec in file.dags}
    assert sorted(found) == ["oldest", "sales_2_2", "sales_3"]
    yield found


def edges(spec: DagSpec) -> set[tuple[str, str]]:
    return {(task.task_id, down) for task in spec.tasks for down in task.downstream}


def test_a_file_of_airflow_2(specs: dict[str, DagSpec]) -> None:
    spec = specs["sales_2_2"]
    assert edges(spec) == {
        ("start", "extract"),
        ("extract", "choice"),
        ("choice", "many"),
        ("choice", "few"),
        ("many", "load.one"),
        ("few", "load.one"),
        ("load.one", "load.two"),
        ("load.two", "end"),
    }
    assert spec.timetable.crons == ("0 2 * * *",)
    assert not spec.catchup
    assert {task.operator for task in spec.tasks} == {
        "EmptyOperator",
        "PythonOperator",
        "BranchPythonOperator",
        "BashOperator",
    }
    (extract,) = [task for task in spec.tasks if task.task_id == "extract"]
    assert (extract.owner, extract.retries, extract.retry_delay) == ("data", 2, 300.0)


def test_a_file_of_airflow_3(specs: dict[str, DagSpec]) -> None:
    spec = specs["sales_3"]
    assert edges(spec) == {("extract", "load"), ("load", "tell"), ("load", "checks.positive")}
    assert spec.timetable.timezone == "Europe/Berlin"
    assert spec.params["limit"]["value"] == 10
    assert {task.task_id: task.retries for task in spec.tasks}["load"] == 3


def test_a_file_of_airflow_1_10(specs: dict[str, DagSpec]) -> None:
    spec = specs["oldest"]
    assert edges(spec) == {("a", "b"), ("b", "c")}
    assert spec.timetable.delta == 6 * 3600
