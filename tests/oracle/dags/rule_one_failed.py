"""`one_failed` runs below at least one failure (upstream_failed counts), else it is skipped.

One join below every mix of a success, a failure, a skip and an upstream_failed.
"""

from itertools import combinations

from airflow.exceptions import AirflowSkipException
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("rule_one_failed", schedule=None):
    ok = EmptyOperator(task_id="ok")

    @task
    def bad():
        raise ValueError("as intended")

    @task
    def skip():
        raise AirflowSkipException("not today")

    failed = bad()
    ends = {"ok": ok, "bad": failed, "skip": skip(), "dead": EmptyOperator(task_id="dead")}
    failed >> ends["dead"]
    for size in range(1, len(ends) + 1):
        for names in combinations(ends, size):
            join = EmptyOperator(task_id="_".join(["below", *names]), trigger_rule="one_failed")
            [ends[name] for name in names] >> join
