"""A branch that works at its second try decides as one that works at once."""

from datetime import timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("branch_retry", schedule=None):

    @task.branch(retries=1, retry_delay=timedelta(0))
    def choose(ti=None):
        if ti.try_number == 1:
            raise ConnectionError("not now")
        return "a"

    choose() >> [EmptyOperator(task_id="a"), EmptyOperator(task_id="b")]
