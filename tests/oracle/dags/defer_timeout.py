"""A deferral longer than its timeout fails the try; without a next_kwargs trick the retry defers again."""

from datetime import timedelta

from airflow.providers.standard.triggers.temporal import TimeDeltaTrigger
from airflow.sdk import DAG, BaseOperator


class Waits(BaseOperator):
    def execute(self, context):
        seconds, limit = (60, 1) if context["ti"].try_number == 1 else (0.2, 60)
        self.defer(
            trigger=TimeDeltaTrigger(timedelta(seconds=seconds)),
            method_name="resume",
            timeout=timedelta(seconds=limit),
        )

    def resume(self, context, event=None):
        return context["ti"].try_number


with DAG("defer_timeout", schedule=None):
    Waits(task_id="heals", retries=1, retry_delay=timedelta(0))
    Waits(task_id="fails")
