"""A setup that fails: the work is upstream_failed, and so is its teardown, since nothing was set up."""

from airflow.sdk import DAG, setup, task, teardown

with DAG("setup_teardown_failing_setup", schedule=None):

    @setup
    def create():
        raise RuntimeError("no cluster")

    @task
    def work():
        return 1

    @teardown
    def delete():
        return 2

    created = create()
    created >> work() >> delete().as_teardown(setups=created)
