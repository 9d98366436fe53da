"""`none_failed_min_one_success` wants no failure and one success: all skipped skips it.

One join below every mix of a success, a failure, a skip and an upstream_failed; once the failure comes before the
skip, once after it, since a rule may decide as soon as it has seen enough.
"""
#: dags: [rule_none_failed_min_one_success, rule_none_failed_min_one_success_skip_first]

from itertools import combinations

from airflow.exceptions import AirflowSkipException
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task


@task
def bad():
    raise ValueError("as intended")


@task
def skip():
    raise AirflowSkipException("not today")


def joins(ok, failed, skipped):
    ends = {"ok": ok, "bad": failed, "skip": skipped, "dead": EmptyOperator(task_id="dead")}
    failed >> ends["dead"]
    for size in range(1, len(ends) + 1):
        for names in combinations(ends, size):
            join = EmptyOperator(task_id="_".join(["below", *names]), trigger_rule="none_failed_min_one_success")
            [ends[name] for name in names] >> join


with DAG("rule_none_failed_min_one_success", schedule=None):
    failed, skipped = bad(), skip.override(trigger_rule="all_done")()
    failed >> skipped
    joins(EmptyOperator(task_id="ok"), failed, skipped)

with DAG("rule_none_failed_min_one_success_skip_first", schedule=None):
    failed, skipped = bad.override(trigger_rule="all_done")(), skip()
    skipped >> failed
    joins(EmptyOperator(task_id="ok"), failed, skipped)
