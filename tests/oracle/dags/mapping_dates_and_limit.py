"""max_active_tis_per_dagrun lets so many instances run at once, and no more."""
#: overlap: exact

import time

from airflow.sdk import DAG, task

with DAG("mapping_dates_and_limit", schedule=None):

    @task(max_active_tis_per_dagrun=2)
    def nap(n):
        time.sleep(1.5)

    nap.expand(n=[1, 2, 3, 4])
