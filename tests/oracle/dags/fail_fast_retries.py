"""With fail_fast a failure counts only when no retry is left; its teardown still runs."""

from datetime import timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, setup, task, teardown

with DAG("fail_fast_retries", schedule=None, fail_fast=True):

    @task(retries=1, retry_delay=timedelta(0))
    def heals(ti=None):
        if ti.try_number == 1:
            raise ValueError
        return ti.try_number

    @setup
    def up():
        return 1

    @task
    def bad():
        raise ValueError

    @teardown
    def down():
        return 2

    healed, made = heals(), up()
    healed >> made
    made >> bad() >> down().as_teardown(setups=made)
    healed >> EmptyOperator(task_id="after_heal")
