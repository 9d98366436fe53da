"""A run by hand after the end date of the DAG, and one before it."""
#: drive:
#: - trigger: {run: between, date: 2024-03-02}
#: - trigger: {run: after, date: 2024-04-01}

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

with DAG(
    "manual_outside_dates",
    schedule=None,
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 10, tzinfo=timezone.utc),
):
    EmptyOperator(task_id="only")
