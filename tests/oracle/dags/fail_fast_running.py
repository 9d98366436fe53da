"""fail_fast fails a task that still runs, and skips the one that waits for it."""

import time

from _trace import leave, wait_for
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("fail_fast_running", schedule=None, fail_fast=True):

    @task
    def bad():
        wait_for("fail_fast_running", "long runs")
        raise ValueError("no")

    @task
    def long():
        leave("fail_fast_running", "long runs")
        time.sleep(30)

    bad()
    long() >> EmptyOperator(task_id="after_long")
