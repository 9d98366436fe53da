"""A branch below a branch: the skipped one does not decide, its whole side is skipped."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("branch_nested", schedule=None):

    @task.branch
    def outer(target):
        return target

    @task.branch
    def inner():
        return "north_warm"

    @task.branch
    def other():
        return "south_warm"

    north, south = inner.override(task_id="north")(), other.override(task_id="south")()
    leaves = [EmptyOperator(task_id=f"{side}_{kind}") for side in ("north", "south") for kind in ("warm", "cold")]
    outer("north") >> [north, south]
    north >> leaves[:2]
    south >> leaves[2:]
    leaves >> EmptyOperator(task_id="end", trigger_rule="one_success")
