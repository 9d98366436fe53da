"""A teardown that fails leaves the run green."""

from airflow.sdk import DAG, setup, task, teardown

with DAG("setup_teardown_failing_teardown", schedule=None):

    @setup
    def create():
        return 1

    @task
    def work():
        return 2

    @teardown
    def delete():
        raise RuntimeError("cannot delete")

    created = create()
    created >> work() >> delete().as_teardown(setups=created)
