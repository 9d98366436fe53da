"""depends_on_past over scheduled days: they run one after the other, and the first does not wait."""
#: drive:
#: - wait: {past_catchup_chain: 4}

from datetime import datetime, timezone

from airflow.sdk import DAG, task

with DAG(
    "past_catchup_chain",
    schedule="@daily",
    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 1, 4, tzinfo=timezone.utc),
    catchup=True,
    default_args={"depends_on_past": True},
):

    @task
    def count(ti=None, prev_start_date_success=None):
        return str(prev_start_date_success) != "None"

    count()
