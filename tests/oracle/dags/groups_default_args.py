"""default_args of a group go over those of the DAG, and a task's own go over both."""
#: record: [weights]

from datetime import timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, TaskGroup, task

with DAG("groups_default_args", schedule=None, default_args={"retries": 1, "retry_delay": timedelta(0)}):
    with TaskGroup("patient", default_args={"retries": 3, "priority_weight": 5}):

        @task
        def third(ti=None):
            if ti.try_number < 3:
                raise ValueError
            return ti.max_tries

        @task(retries=0)
        def never():
            raise ValueError

        third()
        never()
    EmptyOperator(task_id="plain")
