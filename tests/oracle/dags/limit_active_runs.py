"""max_active_runs=1: the second run waits for the first."""
#: overlap: exact
#: drive:
#: - trigger: {run: d1, date: 2024-03-01}
#: - trigger: {run: d2, date: 2024-03-02}
#: - wait: {limit_active_runs: 2}

import time

from airflow.sdk import DAG, task

with DAG("limit_active_runs", schedule=None, max_active_runs=1):

    @task
    def nap():
        time.sleep(1)

    nap()
