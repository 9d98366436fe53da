"""Deadlines counted from when the run was queued: one that passes while it runs is missed once, a late one is met."""
#: drive:
#: - trigger
#: - wait_trace: 2
#: - wait

from datetime import timedelta

from _trace import leave, wait_for
from airflow.sdk import DAG, DeadlineAlert, DeadlineReference, SyncCallback, task

QUEUED = DeadlineReference.DAGRUN_QUEUED_AT


def alert(seconds, line):
    called = SyncCallback("_trace.deadline_missed", {"case": "deadline_queued", "line": line})
    return DeadlineAlert(reference=QUEUED, interval=timedelta(seconds=seconds), callback=called)


with DAG("deadline_queued", schedule=None, deadline=[alert(1, "missed"), alert(3600, "must not be")]):

    @task
    def slow():
        wait_for("deadline_queued", "missed run")
        leave("deadline_queued", "goes on")

    slow()
