"""wait_for_past_depends_before_skipping: a skip waits for the run before, too; without it, the skip comes at once."""
#: drive:
#: - trigger: {run: first, date: 2024-03-01, conf: {fail: true}}
#: - wait_run: {run: first}
#: - trigger: {run: second, date: 2024-03-02, conf: {skip: true}}
#: - wait_task: {run: second, task: at_once, state: skipped}
#: - mark_task: {run: first, task: waits, state: success}
#: - wait

from airflow.exceptions import AirflowSkipException
from airflow.sdk import DAG, task

with DAG("past_wait_before_skipping", schedule=None):

    @task
    def maybe(dag_run=None):
        if dag_run.conf.get("skip"):
            raise AirflowSkipException("not this time")

    @task(depends_on_past=True, wait_for_past_depends_before_skipping=True)
    def waits(dag_run=None):
        if dag_run.conf.get("fail"):
            raise ValueError("as asked")

    @task(depends_on_past=True)
    def at_once():
        return 1

    up = maybe()
    up >> [waits(), at_once()]
