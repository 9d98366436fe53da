"""A timetable of a plugin: catchup asks it for one run after the other, up to the end date."""
#: drive:
#: - wait: {timetable_custom: 3}
#: record: [next]

from datetime import datetime, timezone

from airflow.sdk import DAG, task
from oracle_timetables import EveryNthDay

with DAG(
    "timetable_custom",
    schedule=EveryNthDay(3),
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 9, tzinfo=timezone.utc),
    catchup=True,
):

    @task
    def span(data_interval_start=None, data_interval_end=None):
        return (data_interval_end - data_interval_start).days

    span()
