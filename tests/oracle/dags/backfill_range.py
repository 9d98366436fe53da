"""A backfill makes the run of each day of its range, both ends included, with the intervals of the schedule."""
#: drive:
#: - backfill: {from: 2024-03-02, to: 2024-03-04}
#: - wait: {backfill_range: 3}
#: record: [ids]

from datetime import datetime, timezone

from airflow.sdk import DAG, task

with DAG(
    "backfill_range",
    schedule="@daily",
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 10, tzinfo=timezone.utc),
    catchup=False,
):

    @task
    def day(ds=None, data_interval_end=None, dag_run=None):
        return [ds, str(data_interval_end), str(dag_run.run_type)]

    day()
