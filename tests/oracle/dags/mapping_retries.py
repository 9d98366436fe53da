"""Each instance has tries of its own."""

from datetime import timedelta

from airflow.sdk import DAG, task

with DAG("mapping_retries", schedule=None):

    @task(retries=2, retry_delay=timedelta(0))
    def flaky(times, ti=None):
        if ti.try_number <= times:
            raise ValueError(ti.try_number)
        return [ti.map_index, ti.try_number]

    flaky.expand(times=[0, 1, 2, 3])
