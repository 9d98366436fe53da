"""Clearing the work clears its setup and its teardown with it."""
#: drive:
#: - trigger: {run: one}
#: - wait_run: {run: one}
#: - clear: {run: one, tasks: [work]}
#: - wait

from airflow.sdk import DAG, setup, task, teardown

with DAG("setup_cleared", schedule=None):

    @setup
    def create(ti=None):
        return ti.try_number

    @task
    def work(ti=None):
        return ti.try_number

    @task
    def beside(ti=None):
        return ti.try_number

    @teardown
    def delete(ti=None):
        return ti.try_number

    created = create()
    created >> work() >> delete().as_teardown(setups=created)
    beside()
