"""Backwards, one run at a time: the latest day is first."""
#: drive:
#: - backfill: {from: 2024-03-02, to: 2024-03-05, backwards: true, active: 1}
#: - wait: {backfill_backwards: 4}
#: record: [run_order]

from datetime import datetime, timezone

from airflow.sdk import DAG, task

with DAG(
    "backfill_backwards",
    schedule="@daily",
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 10, tzinfo=timezone.utc),
    catchup=False,
):

    @task
    def day(ds=None):
        return ds

    day()
