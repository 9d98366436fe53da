"""max_active_tasks of a DAG: how many of its tasks run at once over two runs."""
#: overlap: exact
#: drive:
#: - trigger: {run: d1, date: 2024-03-01}
#: - trigger: {run: d2, date: 2024-03-02}
#: - wait: {limit_active_tasks: 2}

import time

from airflow.sdk import DAG, task

with DAG("limit_active_tasks", schedule=None, max_active_tasks=1):

    @task
    def nap():
        time.sleep(2)

    nap()
    nap.override(task_id="other")()
