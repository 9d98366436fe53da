"""Dates of an EventsTimetable before the start date make no run."""
#: drive:
#: - wait: {events_start_date: 1}
#: record: [next]

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG
from airflow.timetables.events import EventsTimetable

with DAG(
    "events_start_date",
    schedule=EventsTimetable(
        event_dates=[datetime(2024, 3, 1, tzinfo=timezone.utc), datetime(2024, 4, 1, tzinfo=timezone.utc)]
    ),
    start_date=datetime(2024, 3, 15, tzinfo=timezone.utc),
    catchup=True,
):
    EmptyOperator(task_id="only")
