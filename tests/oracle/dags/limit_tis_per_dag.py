"""max_active_tis_per_dag counts a task over all runs of its DAG."""
#: overlap: exact
#: drive:
#: - trigger: {run: d1, date: 2024-03-01}
#: - trigger: {run: d2, date: 2024-03-02}
#: - wait: {limit_tis_per_dag: 2}

import time

from airflow.sdk import DAG, task

with DAG("limit_tis_per_dag", schedule=None):

    @task(max_active_tis_per_dag=1)
    def nap():
        time.sleep(1.5)

    nap()
