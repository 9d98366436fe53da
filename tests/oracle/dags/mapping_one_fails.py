"""One failed instance: default joins are upstream_failed, one_success and all_done run, the values of the others stay."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("mapping_one_fails", schedule=None):

    @task
    def work(n):
        if n == 2:
            raise ValueError("two")
        return n

    @task
    def total(values):
        return sum(values)

    worked = work.expand(n=[1, 2, 3])
    total(worked)
    total.override(task_id="total_done", trigger_rule="all_done")(worked)
    for rule in ("one_success", "one_failed", "none_failed", "all_failed", "none_skipped"):
        worked >> EmptyOperator(task_id=rule, trigger_rule=rule)
