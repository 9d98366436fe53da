"""A policy whose default is to fail lets only what its rules name be retried, subclasses included."""

from datetime import timedelta

from airflow.sdk import DAG, ExceptionRetryPolicy, RetryAction, RetryRule, task

POLICY = ExceptionRetryPolicy(
    rules=[RetryRule(exception="builtins.OSError", action=RetryAction.RETRY, retry_delay=timedelta(0))],
    default=RetryAction.FAIL,
)

with DAG("retries_policy_default", schedule=None, default_args={"retries": 1, "retry_policy": POLICY}):

    @task
    def subclass():
        raise FileNotFoundError("gone")

    @task
    def other():
        raise KeyError("gone")

    @task
    def heals(ti=None):
        if ti.try_number == 1:
            raise TimeoutError
        return ti.try_number

    subclass()
    other()
    heals()
