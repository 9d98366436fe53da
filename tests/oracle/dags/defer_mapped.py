"""Instances of a mapped task defer each by itself."""

from datetime import timedelta

from airflow.providers.standard.triggers.temporal import TimeDeltaTrigger
from airflow.sdk import DAG, BaseOperator


class Waits(BaseOperator):
    def __init__(self, *, number, **kwargs):
        super().__init__(**kwargs)
        self.number = number

    def execute(self, context):
        self.defer(trigger=TimeDeltaTrigger(timedelta(seconds=0.1 * self.number)), method_name="resume")

    def resume(self, context, event=None):
        return self.number


with DAG("defer_mapped", schedule=None):
    Waits.partial(task_id="waits").expand(number=[1, 2, 3])
