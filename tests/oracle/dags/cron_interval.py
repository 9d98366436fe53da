"""CronDataIntervalTimetable: a run covers the time from one tick to the next and starts after it."""
#: drive:
#: - wait: {cron_interval: 3}
#: record: [next]

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, CronDataIntervalTimetable

with DAG(
    "cron_interval",
    schedule=CronDataIntervalTimetable("30 6 * * 1-5", timezone="UTC"),
    start_date=datetime(2024, 3, 7, 12, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 12, 12, tzinfo=timezone.utc),
    catchup=True,
):
    EmptyOperator(task_id="only")
