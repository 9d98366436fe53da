"""catchup makes a run for each day between start and end date, with its data interval."""
#: drive:
#: - wait: {catchup_daily: 4}
#: record: [next]

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

with DAG(
    "catchup_daily",
    schedule="@daily",
    start_date=datetime(2024, 2, 27, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    catchup=True,
):
    EmptyOperator(task_id="only")
