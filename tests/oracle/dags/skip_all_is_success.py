"""A run whose leaves are all skipped succeeded."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import ShortCircuitOperator
from airflow.sdk import DAG

with DAG("skip_all_is_success", schedule=None):
    ShortCircuitOperator(task_id="never", python_callable=lambda: None) >> [
        EmptyOperator(task_id="a"),
        EmptyOperator(task_id="b"),
    ]
