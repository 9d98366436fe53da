"""A branch may return the id of a task group: its roots run, the other group is skipped whole."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, TaskGroup, task

with DAG("branch_group", schedule=None):

    @task.branch
    def choose():
        return "daily"

    with TaskGroup("daily") as daily:
        EmptyOperator(task_id="load") >> EmptyOperator(task_id="check")
        EmptyOperator(task_id="extra")
    with TaskGroup("monthly") as monthly:
        EmptyOperator(task_id="load") >> EmptyOperator(task_id="check")
    done = EmptyOperator(task_id="done", trigger_rule="none_failed_min_one_success")
    choose() >> [daily, monthly] >> done
