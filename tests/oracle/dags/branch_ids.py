"""A branch follows the ids it returns; the others are skipped, and so is what hangs on them alone.

A join with the default rule is skipped with its skipped side, one with none_failed_min_one_success runs.
"""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("branch_ids", schedule=None):

    @task.branch
    def choose():
        return ["left", "middle"]

    left, middle, right = (EmptyOperator(task_id=name) for name in ("left", "middle", "right"))
    after_right = EmptyOperator(task_id="after_right")
    strict = EmptyOperator(task_id="strict_join")
    lenient = EmptyOperator(task_id="lenient_join", trigger_rule="none_failed_min_one_success")
    choose() >> [left, middle, right]
    right >> after_right
    [left, middle, after_right] >> strict
    [left, middle, after_right] >> lenient
