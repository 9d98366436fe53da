"""A failure after a deferral is a failure as any: the retry begins with execute again."""

from datetime import timedelta

from airflow.providers.standard.triggers.temporal import TimeDeltaTrigger
from airflow.sdk import DAG, BaseOperator


class Waits(BaseOperator):
    def execute(self, context):
        self.defer(trigger=TimeDeltaTrigger(timedelta(seconds=0.2)), method_name="resume")

    def resume(self, context, event=None):
        if context["ti"].try_number == 1:
            raise ValueError("first")
        return context["ti"].try_number


with DAG("defer_fails_after", schedule=None):
    Waits(task_id="waits", retries=1, retry_delay=timedelta(0))
