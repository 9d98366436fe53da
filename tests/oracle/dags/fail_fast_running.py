"""fail_fast fails a task that still runs, and skips the one that waits for it."""

import time

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("fail_fast_running", schedule=None, fail_fast=True):

    @task
    def bad(ti=None):
        time.sleep(2)
        raise ValueError("no")

    @task
    def long():
        time.sleep(15)

    bad()
    long() >> EmptyOperator(task_id="after_long")
