"""The conf of a backfill is that of each of its runs; params of the DAG are merged with it."""
#: drive:
#: - backfill: {from: 2024-03-02, to: 2024-03-03, conf: {size: 5, more: [1]}}
#: - wait: {backfill_conf: 2}

from datetime import datetime, timezone

from airflow.sdk import DAG, Param, task

with DAG(
    "backfill_conf",
    schedule="@daily",
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 10, tzinfo=timezone.utc),
    catchup=False,
    params={"size": Param(1, type="integer"), "name": "n"},
):

    @task
    def sees(params=None, dag_run=None):
        return [dict(params), dag_run.conf]

    sees()
