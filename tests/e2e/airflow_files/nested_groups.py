#: nested_groups:
#:   tasks:
#:     start: success
#:     load.prepare: success
#:     load.tables.users: success
#:     load.tables.orders: success
#:     load.done: success
#:     plain_id: success
#:     end: success
#:   xcoms:
#:     load.tables.users: {return_value: "load.tables.users"}
#:     end: {return_value: ["load.tables.users", "load.tables.orders"]}
from datetime import datetime

from airflow.models.dag import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.edgemodifier import Label
from airflow.utils.task_group import TaskGroup


def name(ti):
    return ti.task_id


with DAG(dag_id="nested_groups", start_date=datetime(2023, 1, 1), schedule_interval="@daily", catchup=False) as dag:
    start = EmptyOperator(task_id="start")
    with TaskGroup("load", tooltip="Loads all") as load:
        prepare = EmptyOperator(task_id="prepare")
        with TaskGroup(group_id="tables", default_args={"retries": 2}) as tables:
            for table in ("users", "orders"):
                PythonOperator(task_id=table, python_callable=name)
        prepare >> Label("each table") >> tables >> EmptyOperator(task_id="done")
    with TaskGroup("flat", prefix_group_id=False) as flat:
        EmptyOperator(task_id="plain_id")
    end = PythonOperator(
        task_id="end",
        python_callable=lambda ti: list(ti.xcom_pull(task_ids=["load.tables.users", "load.tables.orders"])),
    )
    start >> load >> flat >> end
