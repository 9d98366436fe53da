"""With on_failure_fail_dagrun a failing teardown fails the run."""

from airflow.sdk import DAG, setup, task, teardown

with DAG("teardown_fails_run", schedule=None):

    @setup
    def create():
        return 1

    @task
    def work():
        return 2

    @teardown(on_failure_fail_dagrun=True)
    def delete():
        raise RuntimeError("cannot delete")

    created = create()
    created >> work() >> delete().as_teardown(setups=created, on_failure_fail_dagrun=True)
