"""A retry policy by exception: one kind fails at once, another is retried at once, the rest as usual."""

from datetime import timedelta

from airflow.sdk import DAG, ExceptionRetryPolicy, RetryAction, RetryRule, task

POLICY = ExceptionRetryPolicy(
    rules=[
        RetryRule(exception=PermissionError, action=RetryAction.FAIL, reason="credentials do not heal"),
        RetryRule(exception=ConnectionError, action=RetryAction.RETRY, retry_delay=timedelta(0)),
    ]
)

with DAG("retries_policy", schedule=None, default_args={"retries": 2, "retry_delay": timedelta(0)}):

    @task(retry_policy=POLICY)
    def fails_with(name):
        raise {"permission": PermissionError, "connection": ConnectionError, "value": ValueError}[name]("as told")

    for name in ("permission", "connection", "value"):
        fails_with.override(task_id=name)(name)
