"""Deadlines counted from the logical date, and a date that is fixed: what lies in the past is missed at once."""
#: drive:
#: - trigger
#: - wait_trace: 2
#: - wait
#: trace: sorted

from datetime import datetime, timedelta, timezone

from _trace import wait_for
from airflow.sdk import DAG, DeadlineAlert, DeadlineReference, SyncCallback, task

PAST, FUTURE = datetime(2024, 1, 1, tzinfo=timezone.utc), datetime(2100, 1, 1, tzinfo=timezone.utc)


def alert(reference, line, hours=1):
    called = SyncCallback("_trace.deadline_missed", {"case": "deadline_logical", "line": line})
    return DeadlineAlert(reference=reference, interval=timedelta(hours=hours), callback=called)


with DAG(
    "deadline_logical",
    schedule=None,
    deadline=[
        alert(DeadlineReference.DAGRUN_LOGICAL_DATE, "logical"),
        alert(DeadlineReference.DAGRUN_LOGICAL_DATE, "must not be", hours=24 * 365 * 100),
        alert(DeadlineReference.FIXED_DATETIME(PAST), "fixed"),
        alert(DeadlineReference.FIXED_DATETIME(FUTURE), "must not be"),
    ],
):

    @task
    def waits():
        wait_for("deadline_logical", "logical run")
        wait_for("deadline_logical", "fixed run")

    waits()
