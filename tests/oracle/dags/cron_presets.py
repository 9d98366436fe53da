"""Each preset has its own runs: hourly, weekly, monthly, quarterly, yearly."""
#: dags: [preset_hourly, preset_weekly, preset_monthly, preset_quarterly, preset_yearly]
#: drive:
#: - wait: {preset_hourly: 3, preset_weekly: 2, preset_monthly: 2, preset_quarterly: 2, preset_yearly: 2}
#: record: [next]

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

ENDS = {
    "hourly": datetime(2022, 1, 1, 2, tzinfo=timezone.utc),
    "weekly": datetime(2022, 1, 10, tzinfo=timezone.utc),
    "monthly": datetime(2022, 2, 10, tzinfo=timezone.utc),
    "quarterly": datetime(2022, 5, 1, tzinfo=timezone.utc),
    "yearly": datetime(2023, 2, 1, tzinfo=timezone.utc),
}

for word, end in ENDS.items():
    with DAG(
        f"preset_{word}",
        schedule=f"@{word}",
        start_date=datetime(2022, 1, 1, tzinfo=timezone.utc),
        end_date=end,
        catchup=True,
    ):
        EmptyOperator(task_id="only")
