"""A task may defer again where it goes on."""

from datetime import timedelta

from airflow.providers.standard.triggers.temporal import TimeDeltaTrigger
from airflow.sdk import DAG, BaseOperator


class Waits(BaseOperator):
    def execute(self, context):
        self.again(context, round=1)

    def again(self, context, round, event=None):
        if round < 3:
            self.defer(
                trigger=TimeDeltaTrigger(timedelta(seconds=0.2)), method_name="again", kwargs={"round": round + 1}
            )
        return round


with DAG("defer_twice", schedule=None):
    Waits(task_id="waits")
