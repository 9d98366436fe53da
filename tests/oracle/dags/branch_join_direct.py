"""A branch that returns the join beside a side path: the side path is skipped, the join is followed directly."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("branch_join_direct", schedule=None):

    @task.branch
    def choose():
        return "join"

    chosen = choose()
    side = EmptyOperator(task_id="side")
    join = EmptyOperator(task_id="join", trigger_rule="none_failed")
    chosen >> [side, join]
    side >> join >> EmptyOperator(task_id="last")
