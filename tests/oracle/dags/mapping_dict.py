"""Expanding over a mapping gives one instance per item, as a pair; two mappings multiply."""

from airflow.sdk import DAG, task

with DAG("mapping_dict", schedule=None):

    @task
    def prices():
        return {"apple": 1, "grape": 2}

    @task
    def show(item):
        return list(item)

    @task
    def pair(a, b):
        return [list(a), list(b)]

    show.expand(item=prices())
    pair.expand(a={"x": 1, "y": 2}, b=prices())
