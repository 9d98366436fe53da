"""Without catchup only the latest of the past runs is made, and with an end date in the past the latest before it."""
#: drive:
#: - wait: {catchup_off: 1}
#: record: [next]

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

with DAG(
    "catchup_off",
    schedule="0 0 1 1 *",
    start_date=datetime(2020, 1, 1, tzinfo=timezone.utc),
    catchup=False,
):
    EmptyOperator(task_id="only")
