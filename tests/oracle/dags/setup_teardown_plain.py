"""A teardown runs though the work failed, and does not decide the run; what is below the work is upstream_failed."""

from airflow.sdk import DAG, setup, task, teardown

with DAG("setup_teardown_plain", schedule=None):

    @setup
    def create():
        return "cluster"

    @task
    def work():
        raise ValueError("broken")

    @task
    def publish():
        return "never"

    @teardown
    def delete():
        return "gone"

    created = create()
    created >> work() >> publish() >> delete().as_teardown(setups=created)
