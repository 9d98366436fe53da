"""A group over expand_kwargs with a partial argument."""

from airflow.sdk import DAG, task, task_group

with DAG("mapping_group_kwargs", schedule=None):

    @task
    def rows():
        return [{"a": 1, "b": 2}, {"a": 3, "b": 4}]

    @task
    def add(a, b, c):
        return a + b + c

    @task_group
    def summed(a, b, c):
        return add(a, b, c)

    summed.partial(c=100).expand_kwargs(rows())
