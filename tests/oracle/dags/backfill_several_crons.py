"""A backfill of a schedule of moments without intervals: MultipleCronTriggerTimetable."""
#: drive:
#: - backfill: {from: "2024-03-01T00:00:00Z", to: "2024-03-02T00:00:00Z"}
#: - wait: {backfill_several_crons: 4}

from datetime import datetime, timezone

from airflow.sdk import DAG, MultipleCronTriggerTimetable, task

with DAG(
    "backfill_several_crons",
    schedule=MultipleCronTriggerTimetable("0 6 * * *", "0 */9 * * *", timezone="UTC"),
    start_date=datetime(2024, 2, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 10, tzinfo=timezone.utc),
    catchup=False,
):

    @task
    def at(ts=None):
        return ts

    at()
