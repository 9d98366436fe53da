"""A timedelta schedule begins at the start date, not at round times."""
#: dags: [delta_interval, delta_string]
#: drive:
#: - wait: {delta_interval: 3, delta_string: 2}
#: record: [next]

from datetime import datetime, timedelta, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, DeltaDataIntervalTimetable
from dateutil.relativedelta import relativedelta

with DAG(
    "delta_interval",
    schedule=timedelta(hours=7, minutes=30),
    start_date=datetime(2024, 3, 1, 5, 10, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 2, tzinfo=timezone.utc),
    catchup=True,
):
    EmptyOperator(task_id="only")

with DAG(
    "delta_string",
    schedule=DeltaDataIntervalTimetable(relativedelta(months=1)),
    start_date=datetime(2024, 1, 31, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    catchup=True,
):
    EmptyOperator(task_id="only")
