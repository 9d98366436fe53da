"""A failed task marked success: what is below it was upstream_failed and is cleared, the run goes on by itself."""
#: drive:
#: - trigger: {run: one}
#: - wait_run: {run: one}
#: - mark_task: {run: one, task: broken, state: success}
#: - wait

from airflow.sdk import DAG, task

with DAG("mark_task_success", schedule=None):

    @task
    def broken():
        raise ValueError("no")

    @task
    def below(ti=None):
        return ti.try_number

    @task
    def further(ti=None):
        return ti.try_number

    broken() >> below() >> further()
