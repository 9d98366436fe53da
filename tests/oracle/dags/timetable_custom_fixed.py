"""A timetable of a plugin with moments of its own: those between start and end date, each with the interval it says."""
#: drive:
#: - wait: {timetable_custom_fixed: 2}
#: record: [next]

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG
from oracle_timetables import Fixed

MOMENTS = [(2024, 2, 28, 6), (2024, 3, 1, 6), (2024, 3, 4, 18), (2024, 3, 9, 1)]

with DAG(
    "timetable_custom_fixed",
    schedule=Fixed([datetime(*moment, tzinfo=timezone.utc) for moment in MOMENTS]),
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 5, tzinfo=timezone.utc),
    catchup=True,
):
    EmptyOperator(task_id="only")
