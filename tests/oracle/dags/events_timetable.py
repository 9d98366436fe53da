"""EventsTimetable: exactly the dates that it names, sorted and once each."""
#: drive:
#: - wait: {events_timetable: 3}
#: record: [next]

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG
from airflow.timetables.events import EventsTimetable

DATES = [datetime(2024, 3, 5, 8, tzinfo=timezone.utc), datetime(2024, 3, 1, tzinfo=timezone.utc)]

with DAG(
    "events_timetable",
    schedule=EventsTimetable(event_dates=[*DATES, datetime(2024, 4, 1, tzinfo=timezone.utc)], description="releases"),
    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
    catchup=True,
):
    EmptyOperator(task_id="only")
