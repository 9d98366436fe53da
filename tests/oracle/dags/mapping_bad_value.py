"""Expanding over something that is no list fails the task that gave it."""

from airflow.sdk import DAG, task

with DAG("mapping_bad_value", schedule=None):

    @task
    def number():
        return 5

    @task
    def text():
        return "abc"

    @task
    def work(n):
        return n

    work.expand(n=number())
    work.override(task_id="over_text").expand(n=text())
