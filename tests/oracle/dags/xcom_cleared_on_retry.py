"""A try that fails loses the XComs that it pushed; a clear as well."""
#: drive:
#: - trigger: {run: one}
#: - wait_run: {run: one}
#: - clear: {run: one, tasks: [push]}
#: - wait

from datetime import timedelta

from airflow.sdk import DAG, task

with DAG("xcom_cleared_on_retry", schedule=None):

    @task(retries=1, retry_delay=timedelta(0))
    def push(ti=None):
        ti.xcom_push(f"try_{ti.try_number}", ti.try_number)
        if ti.try_number == 1:
            raise ValueError("first")

    push()
