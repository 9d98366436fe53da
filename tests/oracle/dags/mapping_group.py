"""A mapped group: each value goes through all tasks of the group by itself; what follows sees all results."""

from airflow.sdk import DAG, task, task_group

with DAG("mapping_group", schedule=None):

    @task
    def files():
        return ["a", "bb", "ccc"]

    @task
    def read(name):
        return name * 2

    @task
    def size(text):
        return len(text)

    @task_group
    def handle(name):
        return size(read(name))

    @task
    def total(sizes):
        return sum(sizes)

    total(handle.expand(name=files()))
