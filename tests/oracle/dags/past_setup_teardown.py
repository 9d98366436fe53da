"""depends_on_past beside a setup and its teardown: the teardown of the failed day runs, the next day waits for the mark."""
#: drive:
#: - trigger: {run: first, date: 2024-03-01, conf: {fail: true}}
#: - wait_run: {run: first}
#: - trigger: {run: second, date: 2024-03-02}
#: - wait_task: {run: second, task: make, state: success}
#: - clear: {run: first, tasks: [work], only_failed: true}
#: - wait

from _trace import first_time
from airflow.sdk import DAG, setup, task, teardown

with DAG("past_setup_teardown", schedule=None):

    @setup
    def make(ti=None):
        return ti.try_number

    @task(depends_on_past=True)
    def work(dag_run=None, ti=None):
        if dag_run.conf.get("fail") and first_time("past_setup_teardown", "work"):
            raise ValueError("as asked")
        return ti.try_number

    @teardown
    def drop(ti=None):
        return ti.try_number

    made = make()
    with drop().as_teardown(setups=made):
        made >> work()
