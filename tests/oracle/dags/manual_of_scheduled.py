"""A manual run of a scheduled DAG takes the last whole interval before its logical date."""
#: drive:
#: - trigger: {run: tuesday, date: "2024-03-05T13:45:00Z"}
#: - wait: {manual_of_scheduled: 1}

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

with DAG(
    "manual_of_scheduled",
    schedule="0 4 * * *",
    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 6, 1, tzinfo=timezone.utc),
    catchup=False,
):
    EmptyOperator(task_id="only")
