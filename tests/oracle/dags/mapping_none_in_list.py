"""None and falsy values are values: each has its instance."""

from airflow.sdk import DAG, task

with DAG("mapping_none_in_list", schedule=None):

    @task
    def values():
        return [None, 0, "", [], False]

    @task
    def show(value):
        return repr(value)

    show.expand(value=values())
