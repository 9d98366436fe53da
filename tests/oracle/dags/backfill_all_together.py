"""A backfill of a DAG with a mapped group, a branch, a setup with its teardown, and retries."""
#: drive:
#: - backfill: {from: 2024-03-02, to: 2024-03-03, active: 1, conf: {odd: true}}
#: - wait: {backfill_all_together: 2}

from datetime import datetime, timedelta, timezone

from airflow.sdk import DAG, setup, task, task_group, teardown

with DAG(
    "backfill_all_together",
    schedule="@daily",
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 10, tzinfo=timezone.utc),
    catchup=False,
    default_args={"retries": 1, "retry_delay": timedelta(0)},
):

    @setup
    def make(ds=None):
        return ds

    @teardown
    def drop(made):
        return made

    @task.branch
    def by_day(ds=None):
        return "even" if int(ds[-2:]) % 2 == 0 else "odd"

    @task
    def even(dag_run=None):
        return dag_run.conf["odd"]

    @task
    def odd():
        return 1

    @task
    def flaky(n, ti=None):
        if ti.try_number == 1 and n == 2:
            raise ValueError("once")
        return n * ti.try_number

    @task_group
    def one(n):
        @task(trigger_rule="none_failed_min_one_success")
        def twice(m):
            return m * 2

        twice(flaky(n))

    made = make()
    with drop(made):
        chosen = by_day()
        sides = [even(), odd()]
        made >> chosen >> sides >> one.expand(n=[1, 2])
