"""What a branch decided against, with depends_on_past and wait_for_past_depends_before_skipping."""
#: drive:
#: - trigger: {run: first, date: 2024-03-01, conf: {to: waits, fail: true}}
#: - wait_run: {run: first}
#: - trigger: {run: second, date: 2024-03-02, conf: {to: other}}
#: - wait_task: {run: second, task: other, state: success}
#: - mark_task: {run: first, task: waits, state: success}
#: - wait

from airflow.sdk import DAG, task

with DAG("past_wait_branch", schedule=None):

    @task.branch
    def choose(dag_run=None):
        return dag_run.conf["to"]

    @task(depends_on_past=True, wait_for_past_depends_before_skipping=True)
    def waits(dag_run=None):
        if dag_run.conf.get("fail"):
            raise ValueError("as asked")

    @task
    def other():
        return 1

    choose() >> [waits(), other()]
