"""A task defers to a trigger and goes on in another method with the event; that is one try."""

from datetime import timedelta

from airflow.providers.standard.triggers.temporal import TimeDeltaTrigger
from airflow.sdk import DAG, BaseOperator


class Waits(BaseOperator):
    def execute(self, context):
        self.defer(trigger=TimeDeltaTrigger(timedelta(seconds=0.5)), method_name="resume", kwargs={"given": 7})

    def resume(self, context, given, event=None):
        return {"given": given, "event": event is not None, "try": context["ti"].try_number}


with DAG("defer_simple", schedule=None):
    Waits(task_id="waits")
