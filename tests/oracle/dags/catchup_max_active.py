"""max_active_runs=1 lets the runs of a catchup happen one after the other, oldest first."""
#: overlap: true
#: drive:
#: - wait: {catchup_max_active: 3}

import time
from datetime import datetime, timezone

from airflow.sdk import DAG, task

with DAG(
    "catchup_max_active",
    schedule="@daily",
    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 1, 3, tzinfo=timezone.utc),
    catchup=True,
    max_active_runs=1,
):

    @task
    def nap():
        time.sleep(1)

    nap()
