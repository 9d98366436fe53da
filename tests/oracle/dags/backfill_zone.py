"""Days of a backfill in a zone whose clocks are put forward: the intervals are days there, not 24 hours."""
#: drive:
#: - backfill: {from: "2024-03-29T23:00:00Z", to: "2024-03-31T22:00:00Z"}
#: - wait: {backfill_zone: 3}

from airflow.sdk import DAG, task
from pendulum import datetime

with DAG(
    "backfill_zone",
    schedule="@daily",
    start_date=datetime(2024, 3, 25, tz="Europe/Berlin"),
    end_date=datetime(2024, 4, 2, tz="Europe/Berlin"),
    catchup=False,
):

    @task
    def day(data_interval_start=None, data_interval_end=None):
        return (data_interval_end - data_interval_start).total_seconds() / 3600

    day()
