"""@continuous: the next run follows the last; the end date ends it; never two at once."""
#: dates: false
#: overlap: true
#: drive:
#: - wait_count: {schedule_continuous: 3}
#: - pause: [schedule_continuous]
#: runs: 2

from datetime import datetime, timezone

from airflow.sdk import DAG, task

with DAG(
    "schedule_continuous",
    schedule="@continuous",
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    max_active_runs=1,
    catchup=False,
):

    @task
    def only():
        return 1

    only()
