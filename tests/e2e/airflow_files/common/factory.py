"""Makes DAGs for other files."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator


def make_dag(dag_id: str) -> DAG:
    with DAG(dag_id, start_date=datetime(2023, 1, 1), schedule_interval=None, catchup=False) as dag:
        BashOperator(task_id="t", bash_command="echo made by a factory")
    return dag
