"""A run longer than dagrun_timeout is failed, what runs and what waits with it."""
#: seconds: 90

import time
from datetime import timedelta

from _trace import pace
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("dagrun_timeout", schedule=None, dagrun_timeout=timedelta(seconds=pace(6))):

    @task
    def quick():
        return 1

    @task
    def long():
        time.sleep(pace(25))

    quick() >> long() >> EmptyOperator(task_id="after")
