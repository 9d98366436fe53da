"""An async callback of a deadline runs in the triggerer; a scheduled run has its deadlines, too."""
#: drive:
#: - wait: {deadline_async: 1}
#: - wait_trace: 1

from datetime import datetime, timedelta, timezone

from _trace import wait_for
from airflow.sdk import DAG, AsyncCallback, DeadlineAlert, DeadlineReference, task
from oracle_triggers import deadline_missed

MISSED = AsyncCallback(deadline_missed, {"case": "deadline_async", "line": "async"})

with DAG(
    "deadline_async",
    schedule="@daily",
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    catchup=True,
    deadline=DeadlineAlert(
        reference=DeadlineReference.DAGRUN_LOGICAL_DATE, interval=timedelta(hours=1), callback=MISSED
    ),
):

    @task
    def waits(run_id=None):
        wait_for("deadline_async", f"async {run_id}")

    waits()
