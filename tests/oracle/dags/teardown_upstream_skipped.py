"""A teardown runs though its work was skipped, as long as its setup worked."""

from airflow.exceptions import AirflowSkipException
from airflow.sdk import DAG, setup, task, teardown

with DAG("teardown_upstream_skipped", schedule=None):

    @setup
    def create():
        return 1

    @task
    def work():
        raise AirflowSkipException

    @teardown
    def delete():
        return 2

    created = create()
    created >> work() >> delete().as_teardown(setups=created)
