"""Several callbacks of one event run in their order; one that fails stops neither the others nor the task."""

from _trace import leave
from airflow.sdk import DAG, task


def first(context):
    leave("callbacks_lists", f"first {context.get('reason', '')}".strip())


def broken(context):
    leave("callbacks_lists", "broken")
    raise RuntimeError("callback")


def last(context):
    leave("callbacks_lists", "last")


with DAG("callbacks_lists", schedule=None):

    @task(on_success_callback=[first, broken, last])
    def good():
        return 1

    good()
