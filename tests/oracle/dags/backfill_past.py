"""depends_on_past in a backfill: the days go one after the other, and a failed day holds up those after it."""
#: drive:
#: - backfill: {from: 2024-03-01, to: 2024-03-03, reprocess: failed, active: 3}
#: - wait_task: {at: 2024-03-02, task: load, state: failed}
#: - mark_task: {at: 2024-03-02, task: load, state: success}
#: - wait: {backfill_past: 3}

from datetime import datetime, timezone

from _trace import first_time
from airflow.sdk import DAG, task

with DAG(
    "backfill_past",
    schedule="@daily",
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 10, tzinfo=timezone.utc),
    catchup=False,
):

    @task(depends_on_past=True)
    def load(ds=None):
        if ds == "2024-03-02" and first_time("backfill_past", ds):
            raise ValueError("once")
        return ds

    load()
