"""A backfill has no more runs at once than it allows, whatever the DAG allows, and starts the earliest first."""
#: drive:
#: - backfill: {from: 2024-03-01, to: 2024-03-05, active: 2}
#: - wait: {backfill_max_active: 5}
#: overlap: true

import time
from datetime import datetime, timezone

from airflow.sdk import DAG, task

with DAG(
    "backfill_max_active",
    schedule="@daily",
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 10, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
):

    @task
    def slow():
        time.sleep(0.5)

    slow()
