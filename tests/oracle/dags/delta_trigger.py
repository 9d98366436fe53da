"""DeltaTriggerTimetable: runs of the moment, as far apart as the delta."""
#: drive:
#: - wait: {delta_trigger: 3}
#: record: [next]

from datetime import datetime, timedelta, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, DeltaTriggerTimetable

with DAG(
    "delta_trigger",
    schedule=DeltaTriggerTimetable(timedelta(hours=6), interval=timedelta(hours=1)),
    start_date=datetime(2024, 3, 1, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 1, 14, tzinfo=timezone.utc),
    catchup=True,
):
    EmptyOperator(task_id="only")
