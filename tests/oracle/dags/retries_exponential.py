"""Exponential delays do not change how often a task is tried."""

from datetime import timedelta

from airflow.sdk import DAG, task

with DAG("retries_exponential", schedule=None):

    @task(
        retries=2,
        retry_delay=timedelta(seconds=0.2),
        retry_exponential_backoff=True,
        max_retry_delay=timedelta(seconds=0.5),
    )
    def flaky(ti=None):
        if ti.try_number <= 2:
            raise ValueError
        return [ti.try_number, ti.max_tries]

    flaky()
