"""Without prefixes the ids of tasks are as given, and the group still wires roots and leaves."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, TaskGroup

with DAG("groups_no_prefix", schedule=None):
    with TaskGroup("plain", prefix_group_id=False) as plain:
        EmptyOperator(task_id="one") >> EmptyOperator(task_id="two")
        with TaskGroup("deep") as deep:
            EmptyOperator(task_id="three")
    EmptyOperator(task_id="start") >> plain >> EmptyOperator(task_id="end")
