"""Nested groups: ids with prefixes, edges from roots to leaves, a failure inside stops what follows the outer group."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, TaskGroup, task

with DAG("groups_nested", schedule=None):

    @task
    def fail():
        raise ValueError("no")

    with TaskGroup("outer") as outer:
        first = EmptyOperator(task_id="first")
        with TaskGroup("left") as left:
            EmptyOperator(task_id="a") >> EmptyOperator(task_id="b")
        with TaskGroup("right") as right:
            fail() >> EmptyOperator(task_id="never")
        first >> [left, right]
    outer >> EmptyOperator(task_id="after")
    left >> EmptyOperator(task_id="after_left")
