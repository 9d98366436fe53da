"""LatestOnlyOperator skips what is below it in a run of the past that the schedule made; a manual run goes on."""
#: drive:
#: - wait: {latest_only_old_run: 2}
#: - trigger: {run: by_hand, date: "2024-01-01T12:00:00Z"}
#: - wait: {latest_only_old_run: 3}

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.latest_only import LatestOnlyOperator
from airflow.sdk import DAG

with DAG(
    "latest_only_old_run",
    schedule="@daily",
    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 1, 2, tzinfo=timezone.utc),
    catchup=True,
):
    latest = LatestOnlyOperator(task_id="latest")
    below = EmptyOperator(task_id="below")
    latest >> below >> EmptyOperator(task_id="far")
    below >> EmptyOperator(task_id="lenient", trigger_rule="all_done")
    EmptyOperator(task_id="beside")
