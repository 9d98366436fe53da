"""A branch that follows everything skips nothing and keeps its choice as an XCom."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("branch_to_all", schedule=None):

    @task.branch
    def choose():
        return ["a", "b"]

    choose() >> [EmptyOperator(task_id="a"), EmptyOperator(task_id="b")] >> EmptyOperator(task_id="join")
