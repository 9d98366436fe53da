"""A deadline from the average of earlier runs: the first runs have none, the slow one after them misses its own."""
#: drive:
#: - trigger: {run: d1, date: 2024-03-01}
#: - wait_run: {run: d1}
#: - trigger: {run: d2, date: 2024-03-02}
#: - wait_run: {run: d2}
#: - trigger: {run: d3, date: 2024-03-03, conf: {slow: true}}
#: - wait_trace: 1
#: - wait

from datetime import timedelta

from _trace import wait_for
from airflow.sdk import DAG, DeadlineAlert, DeadlineReference, SyncCallback, task

MISSED = SyncCallback("_trace.deadline_missed", {"case": "deadline_average", "line": "average"})

with DAG(
    "deadline_average",
    schedule=None,
    deadline=DeadlineAlert(
        reference=DeadlineReference.AVERAGE_RUNTIME(max_runs=2), interval=timedelta(seconds=0), callback=MISSED
    ),
):

    @task
    def maybe(dag_run=None):
        if dag_run.conf.get("slow"):
            wait_for("deadline_average", "average d3")

    maybe()
