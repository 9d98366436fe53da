"""fail_fast: at the first failure what runs is failed and what waits is skipped."""

import time

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("fail_fast", schedule=None, fail_fast=True):

    @task
    def bad():
        time.sleep(1)
        raise ValueError("no")

    @task
    def done():
        return 1

    finished = done()
    failed = bad()
    finished >> failed
    failed >> EmptyOperator(task_id="below") >> EmptyOperator(task_id="further")
    [failed, finished] >> EmptyOperator(task_id="mixed")
