"""Days outside the start and end date of the DAG: what a backfill makes of them."""
#: drive:
#: - backfill: {from: 2024-02-27, to: 2024-03-03}
#: - wait: {backfill_outside: 1}
#: seconds: 30

from datetime import datetime, timezone

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG

with DAG(
    "backfill_outside",
    schedule="@daily",
    start_date=datetime(2024, 2, 29, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 2, tzinfo=timezone.utc),
    catchup=False,
):
    PythonOperator(task_id="only", python_callable=lambda ds: ds)
