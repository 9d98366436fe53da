"""After a clear a task has all its retries again, and its tries are counted on."""
#: drive:
#: - trigger: {run: one}
#: - wait_run: {run: one}
#: - clear: {run: one, tasks: [never]}
#: - wait

from datetime import timedelta

from airflow.sdk import DAG, task

with DAG("clear_with_retries", schedule=None):

    @task(retries=1, retry_delay=timedelta(0))
    def never():
        raise ValueError("no")

    never()
