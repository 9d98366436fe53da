"""reprocess_behavior failed: days without a run are made, those whose run failed run again; a run that is there is cleared, not doubled."""
#: drive:
#: - trigger: {run: good, date: 2024-03-02}
#: - trigger: {run: bad, date: 2024-03-03, conf: {fail: true}}
#: - wait: {backfill_failed: 2}
#: - backfill: {from: 2024-03-02, to: 2024-03-04, reprocess: failed}
#: - wait: {backfill_failed: 3}

from datetime import datetime, timezone

from _trace import first_time
from airflow.sdk import DAG, task

with DAG(
    "backfill_failed",
    schedule="@daily",
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 10, tzinfo=timezone.utc),
    catchup=False,
):

    @task
    def maybe(ds=None, dag_run=None):
        first = first_time("backfill_failed", ds)
        if dag_run.conf.get("fail") and first:
            raise ValueError("as asked")
        return first

    @task
    def below(first, dag_run=None):
        return [first, dag_run.run_type == "backfill"]

    below(maybe())
