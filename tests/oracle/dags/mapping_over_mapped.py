"""Instances over the outputs of instances, and a task that takes one instance's value by its index."""

from airflow.sdk import DAG, task

with DAG("mapping_over_mapped", schedule=None):

    @task
    def double(value):
        return value * 2

    @task
    def add_one(value):
        return value + 1

    @task
    def pick(ti=None):
        return [
            ti.xcom_pull(task_ids="double", map_indexes=1),
            list(ti.xcom_pull(task_ids="double", map_indexes=[0, 2])),
            list(ti.xcom_pull(task_ids="double")),
        ]

    doubled = double.expand(value=[1, 2, 3])
    add_one.expand(value=doubled)
    doubled >> pick()
