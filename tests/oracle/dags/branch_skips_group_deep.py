"""Skipping goes through whole groups: a nested one below the skipped side, with a join inside that still runs."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, TaskGroup, task

with DAG("branch_skips_group_deep", schedule=None):

    @task.branch
    def choose():
        return "fast"

    fast = EmptyOperator(task_id="fast")
    with TaskGroup("slow") as slow:
        begin = EmptyOperator(task_id="begin")
        with TaskGroup("inner"):
            one = EmptyOperator(task_id="one")
            begin >> one
        tidy = EmptyOperator(task_id="tidy", trigger_rule="all_done")
        one >> tidy
    choose() >> [fast, slow]
    [fast, tidy] >> EmptyOperator(task_id="end")
