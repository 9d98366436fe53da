"""A task that starts from its trigger never occupies a worker before the event."""

from datetime import timedelta

from airflow.providers.standard.sensors.time_delta import TimeDeltaSensorAsync
from airflow.sdk import DAG
from airflow.triggers.base import StartTriggerArgs


class FromTrigger(TimeDeltaSensorAsync):
    start_from_trigger = True
    start_trigger_args = StartTriggerArgs(
        trigger_cls="airflow.providers.standard.triggers.temporal.TimeDeltaTrigger",
        trigger_kwargs={"delta": timedelta(seconds=0.3)},
        next_method="execute_complete",
        next_kwargs=None,
        timeout=None,
    )

    def execute(self, context):
        raise AssertionError("never called")

    def execute_complete(self, context, event=None):
        return context["ti"].try_number


with DAG("defer_from_start", schedule=None):
    FromTrigger(task_id="waits", delta=timedelta(seconds=0.3))
