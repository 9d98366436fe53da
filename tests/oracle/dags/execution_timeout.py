"""A task longer than its execution_timeout fails that try, and is retried as for any failure."""

import time
from datetime import timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("execution_timeout", schedule=None, default_args={"execution_timeout": timedelta(seconds=1)}):

    @task(retries=1, retry_delay=timedelta(0))
    def heals(ti=None):
        if ti.try_number == 1:
            time.sleep(10)
        return ti.try_number

    @task
    def never():
        time.sleep(10)

    heals()
    never() >> EmptyOperator(task_id="below")
