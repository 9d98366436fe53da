#: previous_task:
#:   tasks: {first: success, second: success, inspect: success}
#:   xcoms:
#:     inspect: {return_value: {first: success, second: success, upstream: [first, second], others: 3}}
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def inspect(ti, dag_run, task, dag):
    states = {task_id: str(dag_run.get_task_instance(task_id).state) for task_id in ("first", "second")}
    return {**states, "upstream": sorted(task.upstream_task_ids), "others": len(dag.tasks)}


with DAG("previous_task", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    first = PythonOperator(task_id="first", python_callable=print)
    second = PythonOperator(task_id="second", python_callable=print)
    [first, second] >> PythonOperator(task_id="inspect", python_callable=inspect)
