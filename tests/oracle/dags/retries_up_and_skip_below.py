"""What is below a task that will be retried waits; an on-failure join does not run when the retry works."""

from datetime import timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("retries_up_and_skip_below", schedule=None):

    @task(retries=1, retry_delay=timedelta(0))
    def flaky(ti=None):
        if ti.try_number == 1:
            raise ValueError("first")
        return ti.try_number

    flaked = flaky()
    flaked >> EmptyOperator(task_id="on_failure", trigger_rule="one_failed")
    flaked >> EmptyOperator(task_id="on_success")
