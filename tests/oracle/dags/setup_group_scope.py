"""A group with a setup and a teardown: what follows the group waits for the work, not for the teardown."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, TaskGroup

with DAG("setup_group_scope", schedule=None):
    with TaskGroup("stage") as stage:
        create = EmptyOperator(task_id="create").as_setup()
        work = EmptyOperator(task_id="work")
        delete = EmptyOperator(task_id="delete").as_teardown(setups=create)
        create >> work >> delete
    stage >> EmptyOperator(task_id="after")
    EmptyOperator(task_id="before") >> stage
