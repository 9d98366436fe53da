"""A start date between two ticks: the first interval is the first whole one after it."""
#: drive:
#: - wait: {catchup_cron_odd_start: 2}
#: record: [next]

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

with DAG(
    "catchup_cron_odd_start",
    schedule="0 4 * * *",
    start_date=datetime(2024, 3, 1, 10, 30, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 3, 4, tzinfo=timezone.utc),
    catchup=True,
):
    EmptyOperator(task_id="only")
