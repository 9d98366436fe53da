"""Callbacks in default_args are of each task, those of a task replace them, a mapped task has them per instance."""
#: trace: sorted

from _trace import leave
from airflow.sdk import DAG, task


def told(context):
    ti = context["ti"]
    leave("callbacks_default_args", f"all {ti.task_id}[{ti.map_index}]")


def own(context):
    leave("callbacks_default_args", f"own {context['ti'].task_id}")


with DAG("callbacks_default_args", schedule=None, default_args={"on_success_callback": told}):

    @task
    def plain():
        return 1

    @task(on_success_callback=own)
    def replaced():
        return 1

    @task
    def mapped(n):
        return n

    plain()
    replaced()
    mapped.expand(n=[1, 2])
