"""Two branches decide about one join: a task that one of them skips stays skipped though the other follows it."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("branch_mapped_list", schedule=None):

    @task.branch
    def first():
        return "shared"

    @task.branch
    def second():
        return "own"

    shared, own = EmptyOperator(task_id="shared"), EmptyOperator(task_id="own")
    eager = EmptyOperator(task_id="eager", trigger_rule="one_success")
    first() >> shared
    second() >> [shared, own]
    [shared, own] >> eager
