"""A setup that skips itself: work is skipped, and so is the teardown."""

from airflow.exceptions import AirflowSkipException
from airflow.sdk import DAG, setup, task, teardown

with DAG("setup_skipped", schedule=None):

    @setup
    def create():
        raise AirflowSkipException("exists already")

    @task
    def work():
        return 2

    @teardown
    def delete():
        return 3

    created = create()
    created >> work() >> delete().as_teardown(setups=created)
