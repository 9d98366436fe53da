"""Callbacks of a DAG: success or failure, once per run, with a reason; a cleared run has them again."""
#: drive:
#: - trigger: {run: good, date: 2024-03-01}
#: - wait_run: {run: good}
#: - wait_trace: 1
#: - trigger: {run: bad, date: 2024-03-02, conf: {fail: true}}
#: - wait_run: {run: bad}
#: - wait_trace: 2
#: - clear_run: {run: bad}
#: - wait
#: - wait_trace: 3

from _trace import leave
from airflow.sdk import DAG, task


def told(word):
    def callback(context):
        leave("callbacks_dag", f"{context['dag_run'].run_id} {word} {context.get('reason')}")

    return callback


with DAG("callbacks_dag", schedule=None, on_success_callback=told("success"), on_failure_callback=told("failure")):

    @task
    def maybe(dag_run=None):
        if dag_run.conf.get("fail"):
            raise ValueError("as asked")

    maybe()
