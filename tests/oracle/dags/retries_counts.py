"""Tries are counted: success at the third, none left, no retry for AirflowFailException, none for a skip."""

from datetime import timedelta

from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.sdk import DAG, task

with DAG("retries_counts", schedule=None, default_args={"retries": 2, "retry_delay": timedelta(seconds=0)}):

    @task
    def third_time(ti=None):
        if ti.try_number < 3:
            raise ValueError(f"try {ti.try_number}")
        return ti.try_number

    @task
    def never():
        raise ValueError("no")

    @task
    def at_once():
        raise AirflowFailException("no use")

    @task
    def skip_at_second(ti=None):
        if ti.try_number == 1:
            raise ValueError("once")
        raise AirflowSkipException("enough")

    @task(retries=0)
    def none_left():
        raise ValueError("no retry")

    third_time()
    never()
    at_once()
    skip_at_second()
    none_left()
